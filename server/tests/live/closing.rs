//! Auctions end on time, whatever happens to others.

use std::time::Duration;

use chrono::TimeDelta;
use market::{
    AuctionId, Instant, Settlement,
    auction::StatusCode,
    live::AuctionState,
    store::{Change, Clock, Market},
};
use server::{closer, stop::Stop};
use tokio::{sync::broadcast::Receiver, time::timeout};

use crate::{SOON, Scene, db::opening};

fn stop() -> Stop {
    Stop::new()
}

/// The first state of the auction after its end.
async fn end_of(changes: &mut Receiver<Change>, id: AuctionId) -> AuctionState {
    let ended = async {
        loop {
            if let Change::Auction(state) = changes.recv().await.expect("news")
                && state.id == id
                && state.status != StatusCode::Live
            {
                return AuctionState::clone(&state);
            }
        }
    };
    timeout(SOON, ended).await.expect("an end in time")
}

/// Opens an auction that ends so many milliseconds from now; before now: it was opened an hour ago.
async fn ending_in(scene: &Scene, key: &str, milliseconds: i64) -> AuctionId {
    let now = scene.books.market.now().await.expect("the time");
    let mut opening = opening(now - TimeDelta::hours(1), 60);
    opening.ends_at = now + TimeDelta::milliseconds(milliseconds);
    scene.books.auction(scene.seller, key, &opening).await
}

async fn at(scene: &Scene, minutes: i64) -> Market {
    let now: Instant = scene.books.market.now().await.expect("the time");
    scene.books.market.with_clock(Clock::set_to(now + TimeDelta::minutes(minutes)))
}

#[tokio::test]
async fn an_auction_is_closed_at_its_end_and_never_before() {
    let scene = Scene::new().await;
    let mut changes = scene.books.market.changes();
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    // The closer sleeps until the first one's end, an hour away: opening this one wakes it.
    let soon = ending_in(&scene, "soon", 400).await;
    let state = end_of(&mut changes, soon).await;
    assert_eq!(state.status, StatusCode::Unsold);
    assert!(scene.books.market.now().await.expect("the time") >= state.ends_at);
    let first = scene.books.market.live_state(scene.auction).await.expect("a state");
    assert_eq!(first.status, StatusCode::Live);
    stop.token.cancel();
    stop.finish().await;
    assert_eq!(stop.tasks.len(), 0, "the closer has left");
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn m5_what_fell_due_while_nobody_was_there_is_closed_at_the_start() {
    let scene = Scene::new().await;
    let missed = ending_in(&scene, "missed", -60_000).await;
    at(&scene, -30).await.bid(scene.minji, missed, crate::db::plain(20_000), None).await.expect("a bid");
    let mut changes = scene.books.market.changes();
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    assert_eq!(end_of(&mut changes, missed).await.status, StatusCode::Settled);
    assert_eq!(scene.books.wallet(scene.minji).await, (9_980_000, 0));
    assert_eq!(scene.books.wallet(scene.seller).await, (20_000, 0));
    stop.token.cancel();
    stop.finish().await;
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn m9_one_that_cannot_be_closed_stops_no_other_and_is_closed_once_it_can_be() {
    let scene = Scene::new().await;
    let broken = ending_in(&scene, "broken", -60_000).await;
    let trigger = format!(
        "CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
         CREATE TRIGGER break BEFORE UPDATE ON auctions FOR EACH ROW WHEN (old.id = {broken})
         EXECUTE FUNCTION break()"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(trigger)).execute(&scene.books.pool).await.expect("a trigger");
    let mut due = Vec::new();
    for number in 0..20 {
        due.push(ending_in(&scene, &format!("due {number}"), -50_000).await);
    }
    let mut changes = scene.books.market.changes();
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    let later = ending_in(&scene, "later", 700).await;
    end_of(&mut changes, later).await;
    for id in due {
        let state = scene.books.market.live_state(id).await.expect("a state");
        assert_eq!(state.status, StatusCode::Unsold);
    }
    sqlx::raw_sql("DROP TRIGGER break ON auctions").execute(&scene.books.pool).await.expect("repaired");
    assert_eq!(end_of(&mut changes, broken).await.status, StatusCode::Unsold);
    stop.token.cancel();
}

#[tokio::test]
async fn an_auction_whose_row_is_held_is_closed_when_it_is_free_and_the_others_before() {
    let scene = Scene::new().await;
    let held = ending_in(&scene, "held", 300).await;
    let free = ending_in(&scene, "free", 300).await;
    let mut holding = scene.books.pool.begin().await.expect("a transaction");
    sqlx::query("SELECT FROM auctions WHERE id = $1 FOR UPDATE")
        .bind(held.0)
        .execute(&mut *holding)
        .await
        .expect("a lock");
    let mut changes = scene.books.market.changes();
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    end_of(&mut changes, free).await;
    // Long enough for the closer's lock to time out: busy.
    let later = ending_in(&scene, "later", 2_500).await;
    end_of(&mut changes, later).await;
    assert_eq!(scene.books.market.live_state(held).await.expect("a state").status, StatusCode::Live);
    holding.rollback().await.expect("free");
    assert_eq!(end_of(&mut changes, held).await.status, StatusCode::Unsold);
    stop.token.cancel();
}

#[tokio::test]
async fn a_seller_is_paid_when_the_buyer_kept_silent_for_seven_days() {
    let scene = Scene::new().await;
    let now = scene.books.market.now().await.expect("the time");
    let mut sale = opening(now - TimeDelta::days(8), 60);
    sale.terms.settlement = Settlement::OnHandover;
    let id = scene.books.auction(scene.seller, "escrow", &sale).await;
    let eight_days_ago = scene.books.market.with_clock(Clock::set_to(sale.starts_at));
    eight_days_ago.bid(scene.minji, id, crate::db::plain(30_000), None).await.expect("a bid");
    let then = scene.books.market.with_clock(Clock::set_to(sale.ends_at));
    assert_eq!(then.close(id).await.expect("closed"), StatusCode::Sold);
    let mut changes = scene.books.market.changes();
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    assert_eq!(end_of(&mut changes, id).await.status, StatusCode::Settled);
    assert_eq!(scene.books.wallet(scene.seller).await, (30_000, 0));
    stop.token.cancel();
    stop.finish().await;
    scene.books.assert_sound().await;
}

#[tokio::test]
async fn two_closers_close_each_auction_once() {
    let scene = Scene::new().await;
    let other = scene.books.another_server(4).await;
    let mut ids = Vec::new();
    for number in 0..30 {
        let id = ending_in(&scene, &format!("due {number}"), -60_000).await;
        at(&scene, -30).await.bid(scene.minji, id, crate::db::plain(10_000), None).await.expect("a bid");
        ids.push(id);
    }
    let stop = stop();
    closer::start(scene.books.market.clone(), &stop);
    closer::start(other.clone(), &stop);
    let all_closed = async {
        while !scene.books.market.due(1).await.expect("a list").is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(SOON, all_closed).await.expect("all closed");
    stop.token.cancel();
    stop.finish().await;
    assert_eq!(scene.books.wallet(scene.minji).await, (10_000_000 - 300_000, 0));
    assert_eq!(scene.books.wallet(scene.seller).await, (300_000, 0));
    scene.books.assert_sound().await;
}
