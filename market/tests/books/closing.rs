//! Closing on time, and ending early.

use chrono::TimeDelta;
use market::{
    AuctionId, Money, Refusal, Terms,
    auction::StatusCode,
    store::Error,
    trade::{Complaint, Statement},
};

use crate::{
    Scene,
    db::{automatic, plain, refusal},
    end, noon,
};

fn with_reserve(amount: i64) -> impl FnOnce(&mut Terms) {
    move |terms| terms.reserve = Some(Money::won(amount))
}

#[tokio::test]
async fn m5_what_fell_due_is_found_oldest_first_and_closed_and_then_is_due_no_more() {
    let scene = Scene::new().await;
    let market = scene.market();
    let mut later = crate::usual();
    later.ends_at += TimeDelta::seconds(1);
    let later = scene.database.auction(scene.seller, "later", &later).await;
    let first = scene.auction("first").await;
    scene.bid(scene.minji, first, automatic(30_000)).await.expect("accepted");
    assert_eq!(market.due(10).await.expect("asked"), []);
    assert_eq!(market.next_due().await.expect("asked"), (Some(end()), noon()));
    scene.set(end() - TimeDelta::microseconds(1));
    assert_eq!(refusal(market.close(first).await), Refusal::NotDue);
    // As if the service had been down since.
    scene.set(end() + TimeDelta::days(2));
    assert_eq!(market.due(10).await.expect("asked"), [first, later]);
    assert_eq!(market.due(1).await.expect("asked"), [first]);
    assert_eq!(market.close(first).await.expect("closed"), StatusCode::Settled);
    assert_eq!(market.close(later).await.expect("closed"), StatusCode::Unsold);
    assert_eq!(refusal(market.close(first).await), Refusal::Ended);
    assert_eq!(market.due(10).await.expect("asked"), []);
    assert_eq!(market.next_due().await.expect("asked").0, None);
    assert_eq!(refusal(market.close(AuctionId(999_999)).await), Refusal::NotFound);
    assert_eq!(scene.wallets().await, [(10_000, 0), (90_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn under_its_reserve_nobody_wins_and_the_hold_is_released() {
    let scene = Scene::new().await;
    let auction = scene.open("a", with_reserve(50_000)).await;
    let receipt = scene.bid(scene.minji, auction, automatic(40_000)).await.expect("accepted");
    assert_eq!(receipt.state.reserve_met, Some(false));
    scene.end();
    assert_eq!(scene.market().close(auction).await.expect("closed"), StatusCode::Unsold);
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);
    let page = scene.market().auction_page(auction, None).await.expect("the page");
    assert_eq!((page.state.price, page.state.winner), (Money::won(10_000), None));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_maximum_that_meets_the_reserve_pays_the_reserve() {
    let scene = Scene::new().await;
    let auction = scene.open("a", with_reserve(50_000)).await;
    let receipt = scene.bid(scene.minji, auction, automatic(70_000)).await.expect("accepted");
    assert_eq!((receipt.state.price, receipt.state.reserve_met), (Money::won(50_000), Some(true)));
    scene.end();
    assert_eq!(scene.market().close(auction).await.expect("closed"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, [(50_000, 0), (50_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m9_an_auction_that_cannot_be_closed_does_not_stop_the_others() {
    let scene = Scene::new().await;
    let market = scene.market();
    let rival = scene.database.person("rival", 50_000).await;
    let broken = scene.auction("broken").await;
    scene.bid(rival, broken, plain(20_000)).await.expect("accepted");
    let sound = scene.auction("sound").await;
    scene.bid(scene.minji, sound, plain(20_000)).await.expect("accepted");
    let tamper = sqlx::query("UPDATE wallets SET held = 0 WHERE user_id = $1").bind(rival.0);
    tamper.execute(&scene.database.pool).await.expect("tampered");
    scene.end();
    for auction in market.due(10).await.expect("asked") {
        let outcome = market.close(auction).await;
        if auction == broken {
            assert!(matches!(outcome, Err(Error::Broken(_))), "{outcome:?}");
        } else {
            assert_eq!(outcome.expect("closed"), StatusCode::Settled);
        }
    }
    assert_eq!(market.due(10).await.expect("asked"), [broken], "nothing of it was written");
    assert_eq!(scene.wallets().await, [(20_000, 0), (80_000, 0), (100_000, 0)]);
    let repair = sqlx::query("UPDATE wallets SET held = 20000 WHERE user_id = $1").bind(rival.0);
    repair.execute(&scene.database.pool).await.expect("repaired");
    assert_eq!(market.close(broken).await.expect("closed"), StatusCode::Settled);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m8_a_seller_cancels_only_his_own_auction_without_bids() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (empty, led) = (scene.auction("empty").await, scene.auction("led").await);
    scene.bid(scene.minji, led, plain(10_000)).await.expect("accepted");
    assert_eq!(refusal(market.cancel(scene.minji, empty).await), Refusal::NotYours);
    assert_eq!(refusal(market.cancel(scene.seller, led).await), Refusal::HasBids);
    assert_eq!(market.cancel(scene.seller, empty).await.expect("cancelled"), StatusCode::Cancelled);
    assert_eq!(refusal(market.cancel(scene.seller, empty).await), Refusal::Ended);
    assert_eq!(refusal(scene.bid(scene.minji, empty, plain(10_000)).await), Refusal::Ended);
    scene.end();
    assert_eq!(refusal(market.cancel(scene.seller, led).await), Refusal::Ended);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m8_staff_cancel_a_live_auction_and_the_leader_has_his_hold_again() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, automatic(60_000)).await.expect("accepted");
    assert_eq!(scene.cancel_by_staff(auction).await.expect("cancelled"), StatusCode::Cancelled);
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);
    assert_eq!(refusal(scene.cancel_by_staff(auction).await), Refusal::Ended);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m12_a_seller_with_bids_can_only_call_last_bids_once_and_bids_still_extend() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    assert_eq!(refusal(market.call_last_bids(scene.seller, auction).await), Refusal::NoBids);
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    assert_eq!(refusal(market.call_last_bids(scene.minji, auction).await), Refusal::NotYours);
    market.call_last_bids(scene.seller, auction).await.expect("called");
    let called = noon() + TimeDelta::seconds(120);
    let state = market.live_state(auction).await.expect("the state");
    assert_eq!((state.ends_at, state.first_end, state.last_call), (called, called, true));
    assert_eq!(state.hard_stop_at, Some(called + TimeDelta::seconds(1_800)));
    assert_eq!(refusal(market.call_last_bids(scene.seller, auction).await), Refusal::AlreadyCalled);
    scene.set(called - TimeDelta::seconds(1));
    let receipt = scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    assert_eq!(receipt.state.ends_at, called + TimeDelta::seconds(119));
    scene.set(receipt.state.ends_at);
    assert_eq!(refusal(market.call_last_bids(scene.seller, auction).await), Refusal::Ended);
    assert_eq!(market.close(auction).await.expect("closed"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, [(11_000, 0), (100_000, 0), (89_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m4_a_paid_auction_is_never_opened_or_paid_again() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.end();
    market.close(auction).await.expect("closed");
    assert_eq!(refusal(market.close(auction).await), Refusal::Ended);
    assert_eq!(refusal(market.cancel(scene.seller, auction).await), Refusal::Ended);
    assert_eq!(refusal(scene.cancel_by_staff(auction).await), Refusal::Ended);
    assert_eq!(refusal(market.call_last_bids(scene.seller, auction).await), Refusal::Ended);
    assert_eq!(refusal(market.settle(auction).await), Refusal::NotSold);
    assert_eq!(refusal(market.refund(auction).await), Refusal::NotSold);
    assert_eq!(refusal(market.confirm_handover(scene.minji, auction).await), Refusal::NotSold);
    let said = Statement { text: "늦었지만".to_owned(), picture: None };
    let dispute = market.dispute(scene.minji, auction, Complaint::Other, &said, "k").await;
    assert_eq!(refusal(dispute), Refusal::NotSold);
    assert_eq!(refusal(market.hand_over(scene.seller, auction, None, "k").await), Refusal::NotSold);
    assert_eq!(refusal(market.settle_by_time(auction).await), Refusal::NotSold);
    assert_eq!(scene.wallets().await, [(10_000, 0), (90_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}
