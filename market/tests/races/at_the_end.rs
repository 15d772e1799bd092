//! A bid and the closing at the very end: one of them comes first, and the other sees it.

use chrono::TimeDelta;
use futures::future::join_all;
use market::{
    AuctionId, Instant, Refusal, UserId,
    auction::StatusCode,
    bidding::Reply,
    opening::Opening,
    store::{Clock, Error, Market},
};
use rust_decimal::Decimal;

use crate::{
    Arena, CONNECTIONS,
    db::{TestDatabase, noon, opening, plain, refusal},
    locks::{hold_auction, until_waiting},
    reply,
};

/// After the first bid, bids one step more each time until the auction is over; how many bids were accepted.
async fn bid_until_the_end(arena: &Arena, people: &[UserId], auction: AuctionId) -> i64 {
    let mut accepted = 1;
    loop {
        let number = usize::try_from(accepted).expect("a number");
        let bid = plain(10_000 + accepted * 1_000);
        match arena.server(number).bid(people[number % people.len()], auction, bid, None).await {
            Ok(receipt) => assert_eq!(receipt.reply, Reply::Leading),
            Err(Error::Refused(Refusal::Ended)) => return accepted,
            Err(other) => panic!("{other:?}"),
        }
        accepted += 1;
    }
}

/// Tries to close until it is closed, by this server or by another; whether it was this one.
async fn close_until_closed(market: &Market, auction: AuctionId) -> bool {
    loop {
        match market.close(auction).await {
            Ok(status) => {
                assert_eq!(status, StatusCode::Settled);
                return true;
            }
            Err(Error::Refused(Refusal::Ended)) => return false,
            Err(Error::Refused(Refusal::NotDue)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bids_and_closings_that_race_for_the_end_never_both_take_effect() {
    const AUCTIONS: usize = 8;
    let arena = Arena::new().await;
    let people = arena.people(1_000_000_000, 2).await;
    let usual = arena.opening().await;
    let mut terms = usual.terms.clone();
    terms.soft_close = None;
    let auctions = arena.auctions(&Opening { terms, ..usual }, AUCTIONS).await;
    for &auction in &auctions {
        reply(arena.server(0).bid(people[0], auction, plain(10_000), None).await);
    }
    let ends_at = arena.database.market.now().await.expect("the time") + TimeDelta::milliseconds(500);
    let end = sqlx::query("UPDATE auctions SET ends_at = $1, first_end = $1").bind(ends_at);
    end.execute(&arena.database.pool).await.expect("they end soon");
    let races = auctions.iter().map(|&auction| {
        let (arena, people) = (&arena, &people);
        async move {
            tokio::join!(
                bid_until_the_end(arena, people, auction),
                close_until_closed(arena.server(0), auction),
                close_until_closed(arena.server(1), auction),
            )
        }
    });
    let mut crossed = 0;
    for (auction, (accepted, first, second)) in auctions.iter().zip(join_all(races).await) {
        assert!(first != second, "closed once");
        let number = usize::try_from(accepted - 1).expect("a number");
        let row: (i64, Decimal, Instant, i64) = sqlx::query_as(
            "SELECT winner_id, price_paid, (SELECT max(at) FROM bids WHERE auction_id = a.id),
                    (SELECT count(*) FROM bids WHERE auction_id = a.id)
             FROM auctions a WHERE id = $1",
        )
        .bind(auction.0)
        .fetch_one(&arena.database.pool)
        .await
        .expect("the auction");
        let winner = people[number % people.len()].0;
        assert_eq!((row.0, row.1, row.3), (winner, Decimal::from(9_000 + accepted * 1_000), accepted));
        assert!(row.2 < ends_at, "a bid at the end is late");
        crossed += accepted - 1;
    }
    println!("bids in the last half second {crossed}");
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k7_a_bid_that_waits_for_its_auction_until_the_end_is_late() {
    let database = TestDatabase::new(Clock::set_to(noon()), CONNECTIONS).await;
    let seller = database.person("seller", 0).await;
    let early = database.person("early", 100_000).await;
    let late = database.person("late", 100_000).await;
    let auction = database.auction(seller, "a", &opening(noon(), 60)).await;
    assert_eq!(reply(database.market.bid(early, auction, plain(10_000), None).await), Reply::Leading);
    let end = noon() + TimeDelta::minutes(60);
    database.clock.set(end - TimeDelta::seconds(1));

    let holding = hold_auction(&database, auction).await;
    let market = database.market.clone();
    let bid = tokio::spawn(async move { market.bid(late, auction, plain(50_000), None).await });
    until_waiting(&database, 1).await;
    let closer = database.another_server(2).await;
    let close = tokio::spawn(async move { closer.close(auction).await });
    until_waiting(&database, 2).await;
    database.clock.set(end);
    holding.commit().await.expect("released");

    assert_eq!(refusal(bid.await.expect("no panic")), Refusal::Ended);
    assert_eq!(close.await.expect("no panic").expect("closed"), StatusCode::Settled);
    assert_eq!(database.wallet(late).await, (100_000, 0));
    assert_eq!(database.wallet(early).await, (90_000, 0));
    assert_eq!(database.wallet(seller).await, (10_000, 0));
    database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_that_waits_for_a_late_bid_sees_the_end_it_moved() {
    let database = TestDatabase::new(Clock::set_to(noon()), CONNECTIONS).await;
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 100_000).await;
    let auction = database.auction(seller, "a", &opening(noon(), 60)).await;
    let end = noon() + TimeDelta::minutes(60);
    database.clock.set(end - TimeDelta::milliseconds(1));

    let holding = hold_auction(&database, auction).await;
    let market = database.market.clone();
    let bid = tokio::spawn(async move { market.bid(person, auction, plain(10_000), None).await });
    until_waiting(&database, 1).await;
    let closer = database.another_server(2).await;
    let close = tokio::spawn(async move { closer.close(auction).await });
    until_waiting(&database, 2).await;
    holding.commit().await.expect("released");

    let receipt = bid.await.expect("no panic").expect("in time");
    assert_eq!(receipt.state.ends_at, end - TimeDelta::milliseconds(1) + TimeDelta::seconds(120));
    assert_eq!(refusal(close.await.expect("no panic")), Refusal::NotDue);
    database.clock.set(end);
    assert_eq!(refusal(database.market.close(auction).await), Refusal::NotDue);
    database.clock.set(receipt.state.ends_at);
    assert_eq!(database.market.close(auction).await.expect("closed"), StatusCode::Settled);
    database.assert_sound().await;
}
