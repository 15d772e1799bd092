//! Conversations over sockets: for the two parties alone, whole states after each commit, on every server.

use market::{
    AuctionId, Money, Refusal, UserId,
    live::{ChatState, LISTED_IN_FRAME},
    store::{Market, accounts::SessionToken},
    talk::Say,
};
use server::live::{Settings, hub::Feed, relay};

use crate::{
    SOON, Scene,
    browser::{Browser, Site, sign_up},
    db::opening,
    redis::Redis,
};

/// A sale between two people who are signed in.
struct Sale {
    scene: Scene,
    id: AuctionId,
    seller: (UserId, SessionToken),
    buyer: (UserId, SessionToken),
}

impl Sale {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let market = &scene.books.market;
        let (seller, buyer) = (sign_up(market, "haneul").await, sign_up(market, "bada").await);
        market.deposit(buyer.0, Money::won(50_000), "once").await.expect("a deposit");
        let mut goods = opening(market.now().await.expect("the time"), 60);
        goods.terms.buy_now = Some(Money::won(50_000));
        let id = scene.books.auction(seller.0, "goods", &goods).await;
        market.buy_now(buyer.0, id, None, None).await.expect("bought");
        Self { scene, id, seller, buyer }
    }

    fn market(&self) -> &Market {
        &self.scene.books.market
    }

    fn topic(&self) -> String {
        format!("chat:{}", self.id)
    }

    async fn say(&self, market: &Market, user: UserId, text: &str) -> ChatState {
        let say = Say::check(text, None).expect("a message");
        market.send_message(user, self.id, &say, text).await.expect("sent")
    }

    async fn listen(&self, site: &Site, token: &SessionToken) -> Browser {
        let mut browser = site.browse(Some(token)).await;
        browser.subscribe(&self.topic()).await;
        browser
    }
}

#[tokio::test]
async fn only_the_two_parties_hear_a_conversation() {
    let sale = Sale::new().await;
    let site = Site::open(sale.market(), Settings::default()).await;
    let (_, stranger) = sign_up(sale.market(), "stranger").await;
    let nowhere = format!("chat:{}", sale.scene.auction);
    for (token, topic, expected) in [
        (None, sale.topic(), Refusal::NoSession),
        (Some(&stranger), sale.topic(), Refusal::NotYours),
        (Some(&sale.seller.1), nowhere, Refusal::NotFound),
        (Some(&sale.seller.1), "chat:-1".to_owned(), Refusal::NotFound),
    ] {
        let mut browser = site.browse(token).await;
        browser.subscribe(&topic).await;
        assert_eq!(browser.refused().await, (Some(topic), expected));
    }
    assert_eq!(site.live.hub().feeds(), [], "who is refused listens to nothing");
    // Not even while the conversation is at hand, because somebody who may listens.
    let mut party = sale.listen(&site, &sale.seller.1).await;
    party.chat().await;
    let mut other = sale.listen(&site, &stranger).await;
    assert_eq!(other.refused().await.1, Refusal::NotYours);
    sale.say(sale.market(), sale.buyer.0, "하나").await;
    assert_eq!(party.chat().await.last_number, 1);
    other.subscribe("me").await;
    other.me_where(|_| true).await;
    assert_eq!(site.live.hub().feeds().iter().filter(|feed| **feed == Feed::Chat(sale.id)).count(), 1);
}

#[tokio::test]
async fn k3_both_see_the_whole_state_first_and_each_message_after_its_commit() {
    let sale = Sale::new().await;
    let site = Site::open(sale.market(), Settings::default()).await;
    let mut seller = sale.listen(&site, &sale.seller.1).await;
    let mut buyer = sale.listen(&site, &sale.buyer.1).await;
    for browser in [&mut seller, &mut buyer] {
        assert_eq!(browser.chat().await.last_number, 0);
    }
    let said = sale.say(sale.market(), sale.seller.0, "하나").await;
    assert_eq!(seller.chat().await, said);
    assert_eq!(buyer.chat().await, said);
    sale.market().read_chat(sale.buyer.0, sale.id, 1).await.expect("read");
    let read = seller.chat().await;
    assert_eq!((read.winner_read, read.seq), (1, said.seq + 1));
    assert_eq!(buyer.chat().await, read);
}

#[tokio::test]
async fn k3_who_comes_back_gets_the_whole_state_whatever_he_missed() {
    let sale = Sale::new().await;
    let site = Site::open(sale.market(), Settings::default()).await;
    let mut buyer = sale.listen(&site, &sale.buyer.1).await;
    buyer.chat().await;
    drop(buyer);
    for number in 1..=25 {
        sale.say(sale.market(), sale.seller.0, &number.to_string()).await;
    }
    let mut buyer = sale.listen(&site, &sale.buyer.1).await;
    let state = buyer.chat().await;
    assert_eq!((state.last_number, state.messages.len()), (25, LISTED_IN_FRAME));
    assert_eq!(state.messages.last().map(|message| message.text.as_str()), Some("25"));
    assert_eq!(state.messages.first().map(|message| message.number), Some(6), "the others are read");
}

#[tokio::test]
async fn k4_what_is_unread_moves_in_the_header() {
    let sale = Sale::new().await;
    let site = Site::open(sale.market(), Settings::default()).await;
    let mut buyer = site.browse(Some(&sale.buyer.1)).await;
    buyer.subscribe("me").await;
    buyer.me_where(|me| me.unread_messages == 0).await;
    sale.say(sale.market(), sale.seller.0, "하나").await;
    sale.say(sale.market(), sale.seller.0, "둘").await;
    buyer.me_where(|me| me.unread_messages == 2).await;
    sale.market().read_chat(sale.buyer.0, sale.id, 2).await.expect("read");
    buyer.me_where(|me| me.unread_messages == 0).await;
}

#[tokio::test]
async fn a_message_at_one_server_reaches_the_sockets_of_the_other() {
    let Some(redis) = Redis::start().await else { return };
    let sale = Sale::new().await;
    let other = sale.scene.books.another_server(4).await;
    let (here, there) = (server(sale.market(), &redis).await, server(&other, &redis).await);
    let mut seller = sale.listen(&here, &sale.seller.1).await;
    let mut buyer = sale.listen(&there, &sale.buyer.1).await;
    for browser in [&mut seller, &mut buyer] {
        browser.chat().await;
    }
    for number in 1..=6 {
        let (market, user) =
            if number % 2 == 0 { (&other, sale.buyer.0) } else { (sale.market(), sale.seller.0) };
        sale.say(market, user, &number.to_string()).await;
        for browser in [&mut seller, &mut buyer] {
            browser.chat_where(|state| state.last_number == number).await;
        }
    }
    other.read_chat(sale.buyer.0, sale.id, 6).await.expect("read");
    let read = tokio::time::timeout(SOON, seller.chat_where(|state| state.winner_read == 6)).await;
    assert_eq!(read.expect("the mark comes over, too").last_number, 6);
}

/// A server whose news go over `redis`.
async fn server(market: &Market, redis: &Redis) -> Site {
    let site = Site::open(market, Settings::default()).await;
    let alarm = server::closer::Alarm::default();
    relay::start(&redis.url(), market, site.live.hub(), &alarm, &site.stop).expect("a relay");
    site
}
