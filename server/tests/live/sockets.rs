//! One server and its sockets.

use std::time::Duration;

use axum::http::StatusCode;
use market::{
    Refusal,
    auction::StatusCode as Status,
    live::{CLOSE_POLICY, CLOSE_RESTART, CLOSE_SESSION_ENDED},
    opening::Reach,
};
use server::live::{Settings, hub::Feed};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    Scene,
    browser::{PASSWORD, Site, sign_up},
    db::opening,
};

#[tokio::test]
async fn k3_the_whole_state_comes_first_and_then_each_newer_one() {
    let scene = Scene::new().await;
    scene.bid(scene.minji, 10_000).await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    let first = browser.auction().await;
    assert_eq!((first.price.to_won(), first.bid_count, first.bids.len()), (10_000, 1, 1));
    scene.bid(scene.junho, 12_000).await;
    let second = browser.auction().await;
    assert_eq!((second.price.to_won(), second.seq), (12_000, first.seq + 1));
    assert_ne!(second.leader, first.leader);
    scene.bid(scene.minji, 13_000).await;
    assert_eq!(browser.auction().await.seq, first.seq + 2);
}

#[tokio::test]
async fn everybody_hears_of_a_bid_and_an_alias_is_all_they_hear_of_the_bidder() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let (mut one, mut other) = (site.browse(None).await, site.browse(None).await);
    for browser in [&mut one, &mut other] {
        browser.subscribe(&scene.topic()).await;
        assert_eq!(browser.auction().await.bid_count, 0);
    }
    scene.bid(scene.minji, 10_000).await;
    let heard = one.auction().await;
    assert_eq!(heard, other.auction().await);
    let text = serde_json::to_string(&heard).expect("text");
    assert!(!text.contains("minji"), "S11: {text}");
}

#[tokio::test]
async fn k2_a_slow_phone_skips_prices_and_never_sees_an_older_one() {
    let scene = Scene::new().await;
    let site =
        Site::open(&scene.books.market, Settings { pace: Duration::from_millis(400), ..Settings::default() })
            .await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    let mut last = browser.auction().await.seq;
    let first = last;
    for step in 0..20 {
        let who = if step % 2 == 0 { scene.minji } else { scene.junho };
        scene.bid(who, 10_000 + step * 1_000).await;
    }
    let mut frames = 0;
    while last < first + 20 {
        let state = browser.auction().await;
        assert!(state.seq > last, "{} after {last}", state.seq);
        last = state.seq;
        frames += 1;
    }
    assert!(frames < 20, "{frames} frames for 20 bids");
}

#[tokio::test]
async fn s2_broken_frames_are_refused_and_the_socket_stays() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    for broken in ["{bad", "[]", "\"abc\"", "null", "{}", "", r#"{"type":"bid","amount":null}"#] {
        browser.say(broken).await;
        assert_eq!(browser.refused().await, (None, Refusal::Malformed), "{broken}");
    }
    browser.send(Message::binary(vec![0, 159, 146, 150])).await;
    assert_eq!(browser.refused().await, (None, Refusal::Malformed));
    browser.subscribe("gossip:1").await;
    assert_eq!(browser.refused().await, (Some("gossip:1".to_owned()), Refusal::NotFound));
    browser.subscribe(&scene.topic()).await;
    assert_eq!(browser.auction().await.id, scene.auction);
}

#[tokio::test]
async fn s2_a_frame_over_the_limit_and_a_flood_of_frames_close_the_socket() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut large = site.browse(None).await;
    large.say(&"x".repeat(16 * 1024 + 1)).await;
    assert_eq!(large.close_code().await, Some(CLOSE_POLICY));
    let mut flood = site.browse(None).await;
    for _ in 0..200 {
        flood.say(r#"{"type":"unsubscribe","topic":"me"}"#).await;
    }
    assert_eq!(flood.close_code().await, Some(CLOSE_POLICY));
}

#[tokio::test]
async fn v6_what_is_missing_or_of_the_neighbourhood_has_no_topic() {
    let scene = Scene::new().await;
    let mut local = opening(scene.books.market.now().await.expect("the time"), 60);
    local.listing.reach = Reach::Neighbourhood;
    let local = scene.books.auction(scene.seller, "local", &local).await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    for topic in [format!("auction:{local}"), "auction:999999".to_owned(), "auction:0".to_owned()] {
        browser.subscribe(&topic).await;
        assert_eq!(browser.refused().await, (Some(topic), Refusal::NotFound));
    }
    scene.books.market.make_national(scene.seller, local).await.expect("national");
    browser.subscribe(&format!("auction:{local}")).await;
    assert_eq!(browser.auction().await.id, local);
}

#[tokio::test]
async fn v6_an_auction_that_ended_tells_its_end_to_who_comes_back() {
    let scene = Scene::new().await;
    scene.books.market.cancel(scene.seller, scene.auction).await.expect("cancelled");
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    assert_eq!(browser.auction().await.status, Status::Cancelled);
}

#[tokio::test]
async fn a_topic_lives_as_long_as_somebody_listens() {
    let scene = Scene::new().await;
    let now = scene.books.market.now().await.expect("the time");
    let other = scene.books.auction(scene.seller, "other", &opening(now, 60)).await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    assert_eq!(site.live.hub().feeds(), [Feed::Auction(scene.auction)]);
    browser.unsubscribe(&scene.topic()).await;
    browser.subscribe(&format!("auction:{other}")).await;
    assert_eq!(browser.auction().await.id, other);
    assert_eq!(site.live.hub().feeds(), [Feed::Auction(other)]);
    scene.bid(scene.minji, 10_000).await;
    scene.books.market.bid(scene.minji, other, crate::db::plain(10_000), None).await.expect("a bid");
    assert_eq!(browser.auction().await.id, other, "nothing of the topic that was left");
}

#[tokio::test]
async fn topics_of_a_socket_are_bounded_and_one_that_was_refused_takes_no_place() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings { topics: 1, ..Settings::default() }).await;
    let mut browser = site.browse(None).await;
    browser.subscribe("auction:999999").await;
    assert_eq!(browser.refused().await.1, Refusal::NotFound);
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    browser.subscribe("auction:999998").await;
    assert_eq!(browser.refused().await.1, Refusal::TooMany { retry_after: 1 });
}

#[tokio::test]
async fn s4_a_page_of_another_site_opens_no_socket_and_neither_does_who_hides_his() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    for origin in [None, Some("https://evil.example"), Some("null")] {
        assert_eq!(site.try_browse(origin, None).await.err(), Some(StatusCode::FORBIDDEN), "{origin:?}");
    }
}

#[tokio::test]
async fn s2_sockets_of_one_address_and_of_one_person_are_bounded() {
    let scene = Scene::new().await;
    let (_, token) = sign_up(&scene.books.market, "haneul").await;
    let settings = Settings { per_address: 3, per_person: 1, ..Settings::default() };
    let site = Site::open(&scene.books.market, settings).await;
    let _mine = site.browse(Some(&token)).await;
    let again = site.try_browse(Some(&site.origin()), Some(&token)).await;
    assert_eq!(again.err(), Some(StatusCode::TOO_MANY_REQUESTS), "one for each person");
    let _visitor = site.browse(None).await;
    let often = site.try_browse(Some(&site.origin()), None).await;
    assert_eq!(often.err(), Some(StatusCode::TOO_MANY_REQUESTS), "three arrivals at once");
}

#[tokio::test]
async fn me_is_for_who_is_signed_in() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut visitor = site.browse(None).await;
    visitor.subscribe("me").await;
    assert_eq!(visitor.refused().await, (Some("me".to_owned()), Refusal::NoSession));
    visitor.subscribe(&scene.topic()).await;
    visitor.auction().await;
}

#[tokio::test]
async fn k4_my_wallet_and_inbox_follow_what_others_do() {
    let scene = Scene::new().await;
    let market = &scene.books.market;
    let (haneul, token) = sign_up(market, "haneul").await;
    let site = Site::open(market, Settings::default()).await;
    let mut browser = site.browse(Some(&token)).await;
    browser.subscribe("me").await;
    let first = browser.me_where(|_| true).await;
    assert_eq!((first.user, first.available.to_won(), first.unread), (haneul, 0, 0));
    market.deposit(haneul, market::Money::won(50_000), "once").await.expect("a deposit");
    browser.me_where(|me| me.available.to_won() == 50_000).await;
    scene.bid(haneul, 10_000).await;
    browser.me_where(|me| (me.available.to_won(), me.held.to_won()) == (40_000, 10_000)).await;
    scene.bid(scene.minji, 20_000).await;
    let outbid = browser.me_where(|me| me.unread == 1 && me.held.is_zero()).await;
    assert_eq!(outbid.outbid.len(), 1);
    market.read_notices(haneul, outbid.inbox_seq).await.expect("read");
    browser.me_where(|me| me.unread == 0).await;
}

#[tokio::test]
async fn s5_a_socket_does_not_outlive_its_session() {
    let scene = Scene::new().await;
    let market = &scene.books.market;
    let (_, token) = sign_up(market, "haneul").await;
    let settings = Settings { ping: Duration::from_millis(100), ..Settings::default() };
    let site = Site::open(market, settings).await;
    let mut browser = site.browse(Some(&token)).await;
    browser.time().await;
    browser.time().await;
    market.sign_out(&token).await.expect("signed out");
    assert_eq!(browser.close_code().await, Some(CLOSE_SESSION_ENDED));
    let mut after = site.browse(Some(&token)).await;
    after.subscribe("me").await;
    assert_eq!(after.refused().await.1, Refusal::NoSession);
}

#[tokio::test]
async fn s5_a_session_that_is_ended_elsewhere_closes_its_sockets_at_once_and_no_others() {
    let scene = Scene::new().await;
    let market = &scene.books.market;
    let (user, phone) = sign_up(market, "haneul").await;
    let (_, desktop) = market.sign_in("haneul", PASSWORD, "a desktop").await.expect("signed in");
    let hour = Duration::from_hours(1);
    let site = Site::open(market, Settings { ping: hour, dead: hour * 2, ..Settings::default() }).await;
    let (mut on_phone, mut on_desktop) = (site.browse(Some(&phone)).await, site.browse(Some(&desktop)).await);
    let mut visitor = site.browse(None).await;
    for browser in [&mut on_phone, &mut on_desktop] {
        browser.subscribe("me").await;
        assert_eq!(browser.me_where(|_| true).await.user, user);
    }
    let account = market.account(user, &desktop).await.expect("the account");
    let other = account.sessions.iter().find(|session| !session.is_this).expect("the phone's");
    market.end_session(user, other.id).await.expect("ended");
    assert_eq!(on_phone.close_code().await, Some(CLOSE_SESSION_ENDED));
    on_desktop.subscribe("me").await;
    assert_eq!(on_desktop.me_where(|_| true).await.user, user, "this one stays");
    market.sign_out_everywhere(user).await.expect("signed out");
    assert_eq!(on_desktop.close_code().await, Some(CLOSE_SESSION_ENDED));
    visitor.subscribe(&scene.topic()).await;
    assert_eq!(visitor.auction().await.id, scene.auction, "who is not signed in is not concerned");
}

#[tokio::test]
async fn the_server_tells_the_databases_time() {
    let scene = Scene::new().await;
    let site =
        Site::open(&scene.books.market, Settings { ping: Duration::from_millis(50), ..Settings::default() })
            .await;
    let mut browser = site.browse(None).await;
    let before = scene.books.market.now().await.expect("the time").timestamp_millis();
    browser.time().await;
    let told = browser.time().await;
    let after = scene.books.market.now().await.expect("the time").timestamp_millis();
    assert!((before - 1_000..=after + 5).contains(&told), "{told} is not near {before}…{after}");
}

#[tokio::test]
async fn who_gives_no_sign_of_life_is_let_go() {
    let scene = Scene::new().await;
    let dead = Duration::from_millis(200);
    let site = Site::open(&scene.books.market, Settings { dead, ..Settings::default() }).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    assert_eq!(browser.close_code().await, None, "gone without a word");
    assert_eq!(site.live.hub().feeds(), []);
}

#[tokio::test]
async fn a_server_that_stops_says_come_back_and_waits_for_its_sockets() {
    let scene = Scene::new().await;
    let site = Site::open(&scene.books.market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    site.stop.token.cancel();
    assert_eq!(browser.close_code().await, Some(CLOSE_RESTART));
    drop(browser);
    site.stop.finish().await;
    assert_eq!(site.stop.tasks.len(), 0);
    assert_eq!(site.live.hub().feeds(), []);
    assert_eq!(
        site.try_browse(Some(&site.origin()), None).await.err(),
        Some(StatusCode::SERVICE_UNAVAILABLE)
    );
}
