//! The lock doctrine (`market::store`): what waits for what, and what never does.

use std::time::Duration;

use market::{
    AuctionId, Refusal, UserId,
    bidding::Reply,
    store::{Clock, Error, Market},
};
use sqlx::{Postgres, Transaction};

use crate::{
    Arena, CONNECTIONS,
    db::{TestDatabase, noon, opening, plain, refusal},
    reply,
};

/// Somebody else's transaction, which holds an auction's row as bids do.
pub async fn hold_auction(database: &TestDatabase, auction: AuctionId) -> Transaction<'static, Postgres> {
    hold(database, "SELECT id FROM auctions WHERE id = $1 FOR NO KEY UPDATE", auction.0).await
}

async fn hold(database: &TestDatabase, sql: &'static str, id: i64) -> Transaction<'static, Postgres> {
    let mut transaction = database.pool.begin().await.expect("a transaction");
    sqlx::query(sql).bind(id).execute(&mut *transaction).await.expect("a lock");
    transaction
}

/// Asks until `count` backends of this database wait for a lock.
pub async fn until_waiting(database: &TestDatabase, count: i64) {
    let waiting = async {
        let sql = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND $1 > 0";
        while database.count(sql, count).await < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("nobody waits");
}

/// Inserts a row that refers to a locked one, without patience; whether it went in.
async fn inserts(database: &TestDatabase, sql: &'static str, auction: AuctionId, user: UserId) -> bool {
    let mut impatient = database.pool.begin().await.expect("a transaction");
    sqlx::query("SET LOCAL lock_timeout = 100").execute(&mut *impatient).await.expect("set");
    let inserted = sqlx::query(sql).bind(auction.0).bind(user.0).execute(&mut *impatient).await;
    let Err(error) = inserted else { return true };
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    assert_eq!(code.as_deref(), Some("55P03"), "{error}");
    false
}

#[tokio::test]
async fn while_a_bid_holds_its_locks_rows_that_refer_to_what_it_locked_do_not_wait() {
    const WATCH: &str = "INSERT INTO watches (auction_id, user_id, at) VALUES ($1, $2, now())";
    const PAYMENT: &str = "INSERT INTO payments (user_id, key, direction, amount, reference, at)
                           VALUES ($2, 'key ' || $1::bigint, 'deposit', 1, 'test', now())";
    let database = TestDatabase::new(Clock::Database, CONNECTIONS).await;
    let now = database.market.now().await.expect("the time");
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 10_000).await;
    let rival = database.person("rival", 20_000).await;
    let auction = database.auction(seller, "a", &opening(now, 60)).await;
    database.market.bid(person, auction, plain(10_000), None).await.expect("accepted");

    // The rival's bid holds the auction and the leader's wallet, and waits for the rival's own.
    let wallet = "SELECT user_id FROM wallets WHERE user_id = $1 FOR NO KEY UPDATE";
    let holding = hold(&database, wallet, rival.0).await;
    let market = database.market.clone();
    let bid = tokio::spawn(async move { market.bid(rival, auction, plain(11_000), None).await });
    until_waiting(&database, 1).await;
    assert!(inserts(&database, WATCH, auction, seller).await);
    assert!(inserts(&database, PAYMENT, auction, person).await);
    holding.commit().await.expect("released");
    assert_eq!(reply(bid.await.expect("no panic")), Reply::Leading);

    // The test can fail: the stronger lock, which the doctrine forbids, stops the same rows.
    let holding = hold(&database, "SELECT id FROM auctions WHERE id = $1 FOR UPDATE", auction.0).await;
    assert!(!inserts(&database, WATCH, auction, seller).await);
    drop(holding);
    database.assert_sound().await;
}

#[tokio::test]
async fn a_bid_that_waits_two_seconds_answers_busy_and_the_same_request_succeeds_later() {
    let database = TestDatabase::new(Clock::Database, CONNECTIONS).await;
    let now = database.market.now().await.expect("the time");
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 10_000).await;
    let auction = database.auction(seller, "a", &opening(now, 60)).await;
    let holding = hold_auction(&database, auction).await;
    let refused = refusal(database.market.bid(person, auction, plain(10_000), Some("key")).await);
    assert_eq!(refused, Refusal::Busy);
    assert!(refused.retry_helps());
    holding.commit().await.expect("released");
    assert_eq!(database.wallet(person).await, (10_000, 0), "nothing was written");
    assert_eq!(reply(database.market.bid(person, auction, plain(10_000), Some("key")).await), Reply::Leading);
    database.assert_sound().await;
}

#[tokio::test]
async fn reading_the_inbox_does_not_wait_for_a_bid_that_writes_into_it() {
    let database = TestDatabase::new(Clock::set_to(noon()), CONNECTIONS).await;
    let market = &database.market;
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 10_000).await;
    let mut auctions = Vec::new();
    for key in ["a", "b"] {
        auctions.push(database.auction(seller, key, &opening(noon(), 60)).await);
    }
    let rival = database.person("rival", 100_000).await;
    for &auction in &auctions {
        market.bid(person, auction, plain(10_000), None).await.expect("accepted");
        market.bid(rival, auction, plain(11_000), None).await.expect("accepted");
    }
    // As a bid on the first auction holds it.
    let notice = "SELECT id FROM notices WHERE user_id = $1 ORDER BY id LIMIT 1 FOR NO KEY UPDATE";
    let holding = hold(&database, notice, person.0).await;
    market.read_notices(person, i64::MAX).await.expect("no waiting");
    holding.commit().await.expect("released");
    assert_eq!(market.my_state(person).await.expect("my state").unread, 1);
    market.read_notices(person, i64::MAX).await.expect("no waiting");
    assert_eq!(market.my_state(person).await.expect("my state").unread, 0);
    database.assert_sound().await;
}

/// Reads the inbox of everybody until `done`.
async fn read_inboxes(market: &Market, people: &[UserId], done: &std::sync::atomic::AtomicBool) -> usize {
    let mut reads = 0;
    while !done.load(std::sync::atomic::Ordering::Relaxed) {
        let all = people.iter().map(|&person| market.read_notices(person, i64::MAX));
        for read in futures::future::join_all(all).await {
            read.expect("read");
            reads += 1;
        }
    }
    reads
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inboxes_that_are_read_all_the_time_and_bids_on_many_auctions_do_not_deadlock() {
    let arena = Arena::new().await;
    let people = arena.people(10_000_000, 4).await;
    let auctions = arena.auctions(&arena.opening().await, 4).await;
    let done = std::sync::atomic::AtomicBool::new(false);
    let bidding = async {
        for round in 0..40_usize {
            let bids = auctions.iter().enumerate().map(|(number, &auction)| {
                let bid = plain(10_000 + i64::try_from(round).expect("a number") * 1_000);
                arena.server(number).bid(people[(number + round) % people.len()], auction, bid, None)
            });
            for outcome in futures::future::join_all(bids).await {
                assert_eq!(reply(outcome), Reply::Leading);
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    };
    let ((), first, second) = tokio::join!(
        bidding,
        read_inboxes(arena.server(0), &people, &done),
        read_inboxes(arena.server(1), &people, &done),
    );
    assert!(first + second > 0);
    arena.database.assert_sound().await;
}

#[tokio::test]
async fn a_deadlock_would_be_seen() {
    let database = TestDatabase::new(Clock::Database, 2).await;
    let (one, two) = (database.person("one", 0).await, database.person("two", 0).await);
    let wallet = "SELECT user_id FROM wallets WHERE user_id = $1 FOR NO KEY UPDATE";
    let mut first = hold(&database, wallet, one.0).await;
    let mut second = hold(&database, wallet, two.0).await;
    let (first, second) = tokio::join!(
        sqlx::query(wallet).bind(two.0).execute(&mut *first),
        sqlx::query(wallet).bind(one.0).execute(&mut *second),
    );
    assert!(first.is_err() || second.is_err(), "one of them is the victim");
    assert_eq!(database.deadlocks().await, 1);
}

#[tokio::test]
async fn an_auction_that_stays_locked_fails_alone_whatever_was_decided_with_it() {
    let database = TestDatabase::new(Clock::Database, CONNECTIONS).await;
    let now = database.market.now().await.expect("the time");
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 100_000).await;
    let mut auctions = Vec::new();
    for name in ["a", "b", "c", "d"] {
        auctions.push(database.auction(seller, name, &opening(now, 60)).await);
    }
    let [a, b, stays_locked, neighbour] = auctions.try_into().expect("four auctions");
    let (first, second) = (hold_auction(&database, a).await, hold_auction(&database, b).await);
    let third = hold_auction(&database, stays_locked).await;

    // Everybody at the desk waits for the first two; so the next two bids come into one batch.
    let bid = |auction| {
        let market = database.market.clone();
        tokio::spawn(async move { market.bid(person, auction, plain(10_000), None).await })
    };
    let busy = bid(a);
    until_waiting(&database, 1).await;
    let busy = [busy, bid(b)];
    until_waiting(&database, 2).await;
    let market = &database.market;
    let (locked, free, ()) = tokio::join!(
        market.bid(person, stays_locked, plain(10_000), None),
        market.bid(person, neighbour, plain(10_000), None),
        async { first.commit().await.expect("released") }
    );
    assert_eq!(refusal(locked), Refusal::Busy);
    assert_eq!(reply(free), Reply::Leading);
    second.rollback().await.expect("released");
    third.rollback().await.expect("released");
    let [first, second] = busy;
    assert_eq!(reply(first.await.expect("no panic")), Reply::Leading);
    assert!(matches!(second.await.expect("no panic"), Ok(_) | Err(Error::Refused(Refusal::Busy))));
    database.assert_sound().await;
}

/// The one that takes locks in another order than bids do.
const REFERRED: i64 = 24;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_that_an_older_servers_bid_stands_in_the_way_of_is_begun_anew() {
    let database = TestDatabase::new(Clock::Database, CONNECTIONS).await;
    let nothing = "DROP SCHEMA reporting, public CASCADE; CREATE SCHEMA public";
    sqlx::raw_sql(nothing).execute(&database.pool).await.expect("nothing");
    let mut older = sqlx::migrate!("../migrations");
    let all = i64::try_from(older.migrations.len()).expect("a count");
    older.migrations.to_mut().retain(|migration| migration.version < REFERRED);
    older.run(&database.pool).await.expect("an older schema");

    let mut bid = database.pool.begin().await.expect("a transaction");
    let auctions = "SELECT FROM auctions FOR NO KEY UPDATE";
    sqlx::query(auctions).execute(&mut *bid).await.expect("a lock");
    let (migrated, ()) = tokio::join!(database.market.migrate(), async {
        until_waiting(&database, 1).await;
        let wallets = "UPDATE wallets SET held = held";
        sqlx::query(wallets).execute(&mut *bid).await.expect("the migration gave way");
        bid.commit().await.expect("a commit");
    });
    migrated.expect("all migrations");
    let done = "SELECT count(*) FROM _sqlx_migrations WHERE success AND $1 = 1";
    assert_eq!(database.count(done, 1).await, all);
    assert_eq!(database.deadlocks().await, 0);
}
