//! The demo's robots.

use market::people::NewPerson;
use server::{live::Settings, robots::Robots};

use crate::{Scene, browser::Site, db::opening};

#[tokio::test]
async fn robots_bid_against_each_other_and_top_themselves_up() {
    let scene = Scene::new().await;
    let market = &scene.books.market;
    for username in ["robot_dubu", "robot_mandu"] {
        let person = NewPerson {
            username: username.to_owned(),
            nickname: username.to_owned(),
            email: None,
            region: Some("11440".to_owned()),
            password: String::new(),
        };
        market.add_person(&person, None).await.expect("a robot");
    }
    let now = market.now().await.expect("the time");
    let moved = scene.books.auction(scene.seller, "robots 1", &opening(now, 60)).await;
    let site = Site::open(market, Settings::default()).await;
    let mut browser = site.browse(None).await;
    browser.subscribe(&format!("auction:{moved}")).await;
    assert_eq!(browser.auction().await.bid_count, 0);
    let quick = Robots::of_the_demo().expect("the demo's files").thinking(1..20);
    quick.start(market.clone(), &site.stop).expect("robots");
    let state = browser.auction_where(|state| state.bid_count >= 6).await;
    assert_eq!(state.bidder_count, 2);
    assert!(state.bids.windows(2).all(|pair| pair[0].bidder != pair[1].bidder), "they take turns");
    let untouched = market.live_state(scene.auction).await.expect("a state");
    assert_eq!(untouched.bid_count, 0);
    site.stop.token.cancel();
    site.stop.finish().await;
    scene.books.assert_sound().await;
}
