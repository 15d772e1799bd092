//! Two servers over the same books, and a Redis between them.

use std::time::Duration;

use chrono::TimeDelta;
use market::{auction::StatusCode, store::Market};
use server::{
    closer::{self, Alarm},
    live::{Settings, relay},
};
use tokio::time::timeout;

use crate::{
    SOON, Scene,
    browser::{Site, sign_up},
    db::{opening, plain},
    redis::Redis,
};

/// A server whose news go over `redis`.
async fn server(market: &Market, redis: &Redis) -> Site {
    let site = Site::open(market, Settings::default()).await;
    relay::start(&redis.url(), market, site.live.hub(), &Alarm::default(), &site.stop).expect("a relay");
    site
}

#[tokio::test]
async fn a_bid_at_one_server_reaches_the_sockets_of_the_other() {
    let Some(redis) = Redis::start().await else { return };
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    let (here, there) = (server(&scene.books.market, &redis).await, server(&other, &redis).await);
    let (mut near, mut far) = (here.browse(None).await, there.browse(None).await);
    for browser in [&mut near, &mut far] {
        browser.subscribe(&scene.topic()).await;
        assert_eq!(browser.auction().await.bid_count, 0);
    }
    for step in 0..10 {
        let price = 10_000 + step * 1_000;
        let (market, who) =
            if step % 2 == 0 { (&scene.books.market, scene.minji) } else { (&other, scene.junho) };
        market.bid(who, scene.auction, plain(price), None).await.expect("a bid");
        let seen = near.auction_where(|state| state.price.to_won() == price).await;
        assert_eq!(seen, far.auction_where(|state| state.price.to_won() == price).await);
    }
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn my_inbox_hears_of_a_bid_at_another_server() {
    let Some(redis) = Redis::start().await else { return };
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    let (haneul, token) = sign_up(&scene.books.market, "haneul").await;
    scene.books.market.deposit(haneul, market::Money::won(50_000), "once").await.expect("a deposit");
    scene.bid(haneul, 10_000).await;
    let _here = server(&scene.books.market, &redis).await;
    let there = server(&other, &redis).await;
    let mut browser = there.browse(Some(&token)).await;
    browser.subscribe("me").await;
    browser.me_where(|me| me.held.to_won() == 10_000).await;
    scene.bid(scene.minji, 20_000).await;
    browser.me_where(|me| me.unread == 1 && me.available.to_won() == 50_000).await;
}

#[tokio::test]
async fn without_redis_bids_go_on_and_prices_are_late_and_with_it_again_they_are_not() {
    let Some(mut redis) = Redis::start().await else { return };
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    let (here, there) = (server(&scene.books.market, &redis).await, server(&other, &redis).await);
    let (mut near, mut far) = (here.browse(None).await, there.browse(None).await);
    for browser in [&mut near, &mut far] {
        browser.subscribe(&scene.topic()).await;
        browser.auction().await;
    }
    scene.bid(scene.minji, 10_000).await;
    far.auction_where(|state| state.price.to_won() == 10_000).await;
    redis.kill().await;
    // The bid is answered at once, its own server's sockets hear of it at once; the other reads the database.
    let bid = timeout(Duration::from_secs(5), scene.bid(scene.junho, 20_000)).await;
    bid.expect("bids do not wait for Redis");
    near.auction_where(|state| state.price.to_won() == 20_000).await;
    far.auction_where(|state| state.price.to_won() == 20_000).await;
    redis.restart().await;
    for price in [30_000, 40_000, 50_000] {
        let who = if price == 40_000 { scene.junho } else { scene.minji };
        other.bid(who, scene.auction, plain(price), None).await.expect("a bid");
        near.auction_where(|state| state.price.to_won() == price).await;
        far.auction_where(|state| state.price.to_won() == price).await;
    }
}

#[tokio::test]
async fn a_server_without_redis_serves_what_the_database_says() {
    let Some(mut redis) = Redis::start().await else { return };
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    redis.kill().await;
    let there = server(&other, &redis).await;
    let mut first = there.browse(None).await;
    first.subscribe(&scene.topic()).await;
    first.auction().await;
    scene.bid(scene.minji, 10_000).await;
    // Somebody listens already, so the hub has a state; that it may be old, it knows.
    let mut second = there.browse(None).await;
    second.subscribe(&scene.topic()).await;
    assert_eq!(second.auction().await.price.to_won(), 10_000);
}

#[tokio::test]
async fn an_end_set_at_one_server_wakes_the_closer_of_the_other() {
    let Some(redis) = Redis::start().await else { return };
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    let _here = server(&scene.books.market, &redis).await;
    let there = Site::open(&other, Settings::default()).await;
    let alarm = closer::start(other.clone(), &there.stop);
    relay::start(&redis.url(), &other, there.live.hub(), &alarm, &there.stop).expect("a relay");
    // Once a bid has come through, both lines stand.
    let mut browser = there.browse(None).await;
    browser.subscribe(&scene.topic()).await;
    browser.auction().await;
    scene.bid(scene.minji, 10_000).await;
    browser.auction_where(|state| state.bid_count == 1).await;
    let now = other.now().await.expect("the time");
    let mut soon = opening(now, 60);
    soon.ends_at = now + TimeDelta::milliseconds(500);
    let soon = scene.books.auction(scene.seller, "soon", &soon).await;
    browser.subscribe(&format!("auction:{soon}")).await;
    let ended = timeout(SOON, browser.auction_where(|state| state.status == StatusCode::Unsold)).await;
    assert_eq!(ended.expect("long before the longest sleep").id, soon);
}
