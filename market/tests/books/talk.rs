//! Talk between the two parties of a sale: who may, what is counted, what is told; blocks and reports.

use futures::future::join_all;
use market::{
    AuctionId, Money, PictureId, Refusal, Settlement, UserId,
    live::{ChatState, LISTED_IN_FRAME, Party},
    store::{Change, Market, Result, chat_pages::CHATS_PAGE, chat_pages::MESSAGES_PAGE},
    talk::{Report, Say},
    view::{NoticeKind, Picture, ReportSubject},
};

use crate::{
    Scene,
    db::{plain, refusal},
    end,
};

fn say(text: &str) -> Say {
    Say::check(text, None).expect("a message")
}

pub async fn send(market: &Market, user: UserId, sale: AuctionId, text: &str) -> Result<ChatState> {
    market.send_message(user, sale, &say(text), &format!("{user}-{sale}-{text}")).await
}

/// A scene with a sale that Minji won; Junho has nothing to do with it.
pub async fn sold() -> (Scene, AuctionId) {
    let scene = Scene::new().await;
    let sale = won(&scene, "a").await;
    scene.end();
    scene.market().close(sale).await.expect("closed");
    (scene, sale)
}

pub async fn won(scene: &Scene, key: &str) -> AuctionId {
    let auction = scene.open(key, |terms| terms.settlement = Settlement::OnHandover).await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    auction
}

async fn picture(scene: &Scene, owner: UserId) -> PictureId {
    let id: PictureId = "0123456789abcdef".repeat(4).parse().expect("a name");
    let picture = Picture { id: id.clone(), width: 800, height: 600 };
    scene.market().record_picture(owner, &picture).await.expect("recorded");
    id
}

async fn unread(scene: &Scene, user: UserId) -> (i64, Vec<i32>) {
    let state = scene.market().my_state(user).await.expect("my state");
    let chats = scene.market().chats(user, "").await.expect("my conversations");
    (state.unread_messages, chats.conversations.iter().map(|chat| chat.unread).collect())
}

/// The unread notices of messages in the inbox of `user`: how often each counts.
async fn notices(scene: &Scene, user: UserId) -> Vec<i32> {
    let notices = scene.market().notices(user, 50).await.expect("notices");
    let messages = notices.into_iter().filter(|notice| notice.kind == NoticeKind::Message && !notice.read);
    messages.map(|notice| notice.times).collect()
}

#[tokio::test]
async fn a_conversation_opens_the_moment_there_is_a_winner_however_he_became_it() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (live, unsold) = (won(&scene, "live").await, scene.auction("unsold").await);
    let bought = scene.open("bought", |terms| terms.buy_now = Some(Money::won(50_000))).await;
    assert_eq!(refusal(send(market, scene.seller, live, "안녕하세요").await), Refusal::NotFound);
    market.buy_now(scene.junho, bought, None, None).await.expect("bought");
    assert_eq!(market.chat_party(bought, scene.junho).await.expect("open"), Some(Party::Winner));
    scene.end();
    for auction in market.due(10).await.expect("asked") {
        market.close(auction).await.expect("closed");
    }
    assert_eq!(market.chat_party(live, scene.seller).await.expect("open"), Some(Party::Seller));
    assert_eq!(refusal(market.chat_party(unsold, scene.seller).await), Refusal::NotFound);
    let mine = market.chats(scene.seller, "").await.expect("my conversations").conversations;
    assert_eq!(mine.iter().map(|chat| chat.sale.id).collect::<Vec<_>>(), [live, bought]);
    assert_eq!((mine[0].last.as_ref(), mine[0].at, mine[0].me), (None, end(), Party::Seller));
}

#[tokio::test]
async fn only_the_two_parties_talk_and_read() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let staff = scene.staff().await;
    let nowhere = AuctionId(sale.0 + 1_000);
    for (user, id, expected) in [
        (scene.junho, sale, Refusal::NotYours),
        (staff, sale, Refusal::NotYours),
        (scene.minji, nowhere, Refusal::NotFound),
        (scene.minji, AuctionId(-1), Refusal::NotFound),
    ] {
        assert_eq!(refusal(send(market, user, id, "안녕하세요").await), expected);
        assert_eq!(refusal(market.read_chat(user, id, 1).await), expected);
        assert_eq!(refusal(market.chat_page(user, id, None).await), expected);
    }
    assert_eq!(market.chat_party(sale, scene.junho).await.expect("asked"), None);
    assert_eq!(market.chat_state(sale).await.expect("a state").last_number, 0, "nothing was said");
    for (user, party) in [(scene.seller, Party::Seller), (scene.minji, Party::Winner)] {
        let page = market.chat_page(user, sale, None).await.expect("a page");
        assert_eq!((page.me, page.sale.price_paid), (Some(party), Money::won(10_000)));
    }
}

#[tokio::test]
async fn staff_read_a_conversation_when_one_of_the_two_calls_them_and_never_write() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let staff = scene.staff().await;
    send(market, scene.seller, sale, "돈부터 보내세요").await.expect("sent");
    let message = market.chat_state(sale).await.expect("a state").messages[0].id;
    let report = |subject| Report::check(subject, "fraud", "").expect("a report");
    // Somebody who is no party calls nobody into this conversation.
    let about = report(ReportSubject::User(scene.seller));
    market.report(scene.junho, &about, "j").await.expect("reported");
    assert_eq!(refusal(market.chat_page(staff, sale, None).await), Refusal::NotYours);
    market.report(scene.minji, &report(ReportSubject::Message(message)), "m").await.expect("reported");
    let page = market.chat_page(staff, sale, None).await.expect("a page");
    assert_eq!((page.me, page.messages.len()), (None, 1));
    assert_eq!(refusal(send(market, staff, sale, "안녕하세요").await), Refusal::NotYours);
    assert_eq!(refusal(market.read_chat(staff, sale, 1).await), Refusal::NotYours);
    assert_eq!(refusal(market.chat_page(scene.junho, sale, None).await), Refusal::NotYours);
}

#[tokio::test]
async fn k6_the_same_key_says_it_once_and_another_message_under_it_is_refused() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let own = picture(&scene, scene.minji).await;
    let first = market.send_message(scene.minji, sale, &say("하나"), "k").await.expect("sent");
    let again = market.send_message(scene.minji, sale, &say("하나"), "k").await.expect("the same");
    assert_eq!((first.last_number, &again), (1, &first));
    let with_picture = Say::check("하나", Some(own)).expect("a message");
    for other in [&say("둘"), &with_picture] {
        assert_eq!(refusal(market.send_message(scene.minji, sale, other, "k").await), Refusal::KeyReused);
    }
    for key in ["", "a\0b", &"k".repeat(101)] {
        assert_eq!(
            refusal(market.send_message(scene.minji, sale, &say("둘"), key).await),
            Refusal::Malformed
        );
    }
    // The key of somebody else is another one.
    let other = market.send_message(scene.seller, sale, &say("둘"), "k").await.expect("sent");
    assert_eq!(other.last_number, 2);
    assert_eq!(notices(&scene, scene.seller).await, [1]);
}

#[tokio::test]
async fn k6_a_key_is_not_used_in_two_conversations_at_once() {
    let scene = Scene::new().await;
    let market = scene.market();
    let sales = [won(&scene, "a").await, won(&scene, "b").await];
    scene.end();
    for sale in sales {
        market.close(sale).await.expect("closed");
    }
    let text = say("안녕하세요");
    let outcomes = join_all(sales.map(|id| market.send_message(scene.minji, id, &text, "k"))).await;
    let sent = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(sent, 1, "{outcomes:?}");
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(refused), Refusal::KeyReused);
    }
}

#[tokio::test]
async fn two_who_talk_at_once_are_numbered_without_gaps_and_each_keeps_his_order() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let talk = |user: UserId| async move {
        for number in 0..20 {
            send(market, user, sale, &format!("{number:02}")).await.expect("sent");
        }
    };
    tokio::join!(talk(scene.seller), talk(scene.minji));
    let mut shown = Vec::new();
    let mut before = None;
    loop {
        let page = market.chat_page(scene.minji, sale, before).await.expect("a page");
        let Some(oldest) = page.messages.first() else { break };
        before = Some(oldest.number);
        shown.splice(0..0, page.messages);
    }
    assert_eq!(shown.iter().map(|message| message.number).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
    for party in [Party::Seller, Party::Winner] {
        let said: Vec<_> = shown.iter().filter(|m| m.from == party).map(|m| m.text.clone()).collect();
        assert_eq!(said, (0..20).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    }
    assert_eq!(unread(&scene, scene.seller).await, (20, vec![20]));
    let state = market.chat_state(sale).await.expect("a state");
    assert_eq!((state.last_number, state.seq, state.messages.len()), (40, 41, LISTED_IN_FRAME));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn what_is_unread_is_counted_for_each_and_reading_moves_only_forward() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    for (user, text) in
        [(scene.seller, "하나"), (scene.seller, "둘"), (scene.minji, "셋"), (scene.seller, "넷")]
    {
        send(market, user, sale, text).await.expect("sent");
    }
    assert_eq!(unread(&scene, scene.minji).await, (3, vec![3]));
    assert_eq!(unread(&scene, scene.seller).await, (1, vec![1]));
    assert_eq!(notices(&scene, scene.minji).await, [3], "grouped");
    market.read_chat(scene.minji, sale, 2).await.expect("read");
    assert_eq!(unread(&scene, scene.minji).await, (1, vec![1]));
    assert_eq!(notices(&scene, scene.minji).await, [3], "there is more to read");
    for up_to in [1, -5, i32::MIN] {
        market.read_chat(scene.minji, sale, up_to).await.expect("nothing");
    }
    assert_eq!(market.chat_state(sale).await.expect("a state").winner_read, 2);
    market.read_chat(scene.minji, sale, i32::MAX).await.expect("read");
    assert_eq!(unread(&scene, scene.minji).await, (0, vec![0]));
    assert_eq!(notices(&scene, scene.minji).await, [0_i32; 0], "reading the chat reads its notice");
    let state = market.chat_state(sale).await.expect("a state");
    assert_eq!((state.seller_read, state.winner_read), (0, 4));
    assert_eq!(unread(&scene, scene.seller).await, (1, vec![1]));
    assert_eq!(notices(&scene, scene.seller).await, [1]);
}

#[tokio::test]
async fn k4_a_message_its_count_and_its_notice_are_one_and_news_come_after_the_commit() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    // A message that cannot be counted is not there either.
    let forbid = "ALTER TABLE notices ADD CONSTRAINT no_messages CHECK (kind <> 'message')";
    sqlx::query(forbid).execute(&scene.database.pool).await.expect("forbidden");
    let mut changes = market.changes();
    send(market, scene.seller, sale, "하나").await.expect_err("it fails");
    assert_eq!(market.chat_state(sale).await.expect("a state").last_number, 0);
    assert!(changes.try_recv().is_err(), "nothing is told");
    let allow = "ALTER TABLE notices DROP CONSTRAINT no_messages";
    sqlx::query(allow).execute(&scene.database.pool).await.expect("allowed");
    send(market, scene.seller, sale, "하나").await.expect("sent");
    assert!(matches!(changes.try_recv(), Ok(Change::Chat(id)) if id == sale));
    let told = changes.try_recv().expect("news");
    assert!(matches!(&told, Change::People(people) if **people == [scene.minji]), "{told:?}");
}

#[tokio::test]
async fn a_picture_is_said_by_who_has_sent_it_himself() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    let own = picture(&scene, scene.minji).await;
    let shown = Say::check("", Some(own.clone())).expect("a message");
    assert_eq!(refusal(market.send_message(scene.seller, sale, &shown, "s").await), Refusal::NotYours);
    let state = market.send_message(scene.minji, sale, &shown, "m").await.expect("sent");
    assert_eq!((state.messages[0].picture.as_ref(), state.messages[0].text.as_str()), (Some(&own), ""));
    picture(&scene, scene.seller).await;
    let state = market.send_message(scene.seller, sale, &shown, "s").await.expect("now it is his, too");
    assert_eq!(state.messages.len(), 2);
}

#[tokio::test]
async fn s10_what_is_said_is_kept_as_it_is_but_for_what_no_page_can_show() {
    let (scene, sale) = sold().await;
    let typed = "\0 <script>alert(1)</script>&amp; \r\n\u{1b}</textarea> ";
    let state = scene.market().send_message(scene.minji, sale, &say(typed), "k").await.expect("sent");
    assert_eq!(state.messages[0].text, "<script>alert(1)</script>&amp; \n</textarea>");
}

#[tokio::test]
async fn s12_conversations_come_in_pages_newest_first_and_none_twice() {
    let scene = Scene::new().await;
    let market = scene.market();
    let mut sales = Vec::new();
    for number in 0..CHATS_PAGE + 5 {
        sales.push(scene.open(&number.to_string(), |terms| terms.buy_now = Some(Money::won(20_000))).await);
    }
    let rich = scene.database.person("rich", 10_000_000).await;
    for sale in &sales {
        market.buy_now(rich, *sale, None, None).await.expect("bought");
    }
    scene.end();
    send(market, rich, sales[3], "먼저").await.expect("sent");
    let first = market.chats(scene.seller, "").await.expect("a page");
    assert_eq!(first.conversations.len(), CHATS_PAGE);
    assert_eq!((first.conversations[0].sale.id, first.conversations[0].unread), (sales[3], 1));
    let next = first.next.expect("there is more");
    let second = market.chats(scene.seller, &next).await.expect("a page");
    assert_eq!((second.conversations.len(), second.next), (5, None));
    let mut seen: Vec<_> =
        first.conversations.iter().chain(&second.conversations).map(|chat| chat.sale.id).collect();
    seen.sort_unstable();
    assert_eq!(seen, sales);
    // Of a cursor that is none the page begins at the newest.
    for senseless in ["abc", "1.x", ".", "99999999999999999999.1"] {
        let page = market.chats(scene.seller, senseless).await.expect("a page");
        assert_eq!(page.conversations.len(), CHATS_PAGE, "{senseless}");
    }
    for extreme in [format!("{}.1", i64::MIN), format!("{}.1", i64::MAX)] {
        market.chats(scene.seller, &extreme).await.expect("a page");
    }
}

#[tokio::test]
async fn older_messages_are_read_by_their_numbers() {
    let (scene, sale) = sold().await;
    let market = scene.market();
    for number in 1..=MESSAGES_PAGE + 4 {
        send(market, scene.minji, sale, &number.to_string()).await.expect("sent");
    }
    let page = market.chat_page(scene.seller, sale, None).await.expect("a page");
    assert_eq!((page.messages[0].number, page.messages.len()), (5, 30));
    let page = market.chat_page(scene.seller, sale, Some(5)).await.expect("a page");
    assert_eq!(page.messages.iter().map(|message| message.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    for none in [Some(1), Some(0), Some(i32::MIN)] {
        assert!(market.chat_page(scene.seller, sale, none).await.expect("a page").messages.is_empty());
    }
}
