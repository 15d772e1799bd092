//! The demo, built in a real PostgreSQL.

#[path = "../../market/tests/common/db.rs"]
mod db;

use chrono::TimeDelta;
use db::{TestDatabase, noon};
use market::{
    UserId,
    store::{Clock, Market, accounts::SessionToken},
    view::Shelf,
};
use serde::Deserialize;
use server::demo::{self, Filled};

#[derive(Deserialize)]
struct Lot {
    state: String,
    art: String,
    title: String,
}

fn lots() -> Vec<Lot> {
    serde_json::from_str(include_str!("../demo/auctions.json")).expect("auctions.json")
}

async fn market_at_noon() -> TestDatabase {
    TestDatabase::new(Clock::set_to(noon()), 4).await
}

async fn states(database: &TestDatabase) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "SELECT title, art, CASE WHEN status = 'live' AND starts_at > $1 THEN 'scheduled' ELSE status END
         FROM auctions ORDER BY title",
    )
    .bind(noon())
    .fetch_all(&database.pool)
    .await
    .expect("the auctions")
}

async fn assert_each_stands_as_its_file_says(database: &TestDatabase) {
    let mut wanted: Vec<_> = lots().into_iter().map(|lot| (lot.title, lot.art, lot.state)).collect();
    let mut found = states(database).await;
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}

/// Signed in with the password that is printed.
async fn visitors(market: &Market) -> Vec<UserId> {
    let mut visitors = Vec::new();
    for person in demo::sign_ins().expect("people.json") {
        let (user, _): (UserId, SessionToken) =
            market.sign_in(&person.username, person.password, "").await.expect("a sign-in");
        visitors.push(user);
    }
    visitors
}

async fn assert_a_visitor_has_something_of_everything(market: &Market, visitor: UserId) {
    let state = market.my_state(visitor).await.expect("a wallet");
    let all = (state.available + state.held).to_won();
    assert!((2_500_000..=3_000_000).contains(&all), "{all}");
    assert!(state.available.to_won() >= 1_500_000, "{state:?}");
    let page = market.my_page(visitor, None, None).await.expect("a page");
    for shelf in [Shelf::Leading, Shelf::Outbid, Shelf::Won, Shelf::Watching, Shelf::Selling] {
        let cards = page.counts.iter().find(|(name, _)| *name == shelf).map_or(0, |(_, count)| *count);
        assert!((1..=3).contains(&cards), "{shelf:?}: {cards}");
    }
}

/// Statement and bids run in the order of time.
async fn assert_nothing_stands_out_of_order(database: &TestDatabase) {
    for sql in [
        "SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY user_id ORDER BY id) AS before
         FROM ledger_rows) r WHERE at < before AND $1 = 0",
        "SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY auction_id ORDER BY id) AS before
         FROM bids) b WHERE at < before AND $1 = 0",
        "SELECT count(*) FROM bids b JOIN auctions a ON a.id = b.auction_id
         WHERE (b.at < a.starts_at OR b.at >= a.ends_at) AND $1 = 0",
    ] {
        assert_eq!(database.count(sql, 0).await, 0, "{sql}");
    }
}

#[tokio::test]
async fn an_empty_market_is_filled_once_and_as_its_files_say() {
    let database = market_at_noon().await;
    let started = std::time::Instant::now();
    let filled = demo::fill(&database.market).await.expect("a filling");
    println!("filled in {:?}: {filled:?}", started.elapsed());
    assert_eq!((filled.auctions, filled.people, filled.refused), (60, 43, 0));
    assert_each_stands_as_its_file_says(&database).await;
    assert_nothing_stands_out_of_order(&database).await;
    let market = &database.market;
    for visitor in visitors(market).await {
        assert_a_visitor_has_something_of_everything(market, visitor).await;
    }
    assert!(market.running_auction_keyed("robots").await.expect("a look").is_some());
    let future = "SELECT count(*) FROM bids WHERE at > to_timestamp($1)";
    assert_eq!(database.count(future, noon().timestamp()).await, 0);
    assert_eq!(demo::fill(market).await.expect("a filling"), Filled::default());
    database.assert_sound().await;
}

#[tokio::test]
async fn a_start_days_later_opens_new_rounds_of_what_has_ended() {
    let database = market_at_noon().await;
    let market = &database.market;
    demo::fill(market).await.expect("a filling");
    database.clock.set(noon() + TimeDelta::days(10));
    for id in market.due(100).await.expect("the due") {
        market.close(id).await.expect("a closing");
    }
    let started = std::time::Instant::now();
    let topped_up = demo::fill(market).await.expect("a filling");
    println!("topped up in {:?}: {topped_up:?}", started.elapsed());
    assert_eq!((topped_up.people, topped_up.refused), (0, 0));
    assert!(topped_up.auctions >= 38, "{topped_up:?}");
    assert!(market.running_auction_keyed("robots-1").await.expect("a look").is_some());
    assert_eq!(demo::fill(market).await.expect("a filling"), Filled::default());
    database.assert_sound().await;
}

#[tokio::test]
async fn two_servers_that_start_at_once_fill_the_market_once() {
    let database = market_at_noon().await;
    let other = database.another_server(4).await;
    let (one, two) = tokio::join!(demo::fill(&database.market), demo::fill(&other));
    let (one, two) = (one.expect("a filling"), two.expect("a filling"));
    assert_eq!(one.auctions + two.auctions, 60);
    assert_eq!(database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 60);
    other.disconnect().await;
}
