//! 안심결제: the money waits in escrow until the thing is handed over.

use chrono::TimeDelta;
use market::{AuctionId, Money, Refusal, Settlement, auction::StatusCode, closing::HANDOVER_DAYS};

use crate::{
    Scene,
    db::{automatic, refusal},
    end,
};

/// An auction that Minji won for 10,000; the money waits.
async fn sold() -> (Scene, AuctionId) {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.settlement = Settlement::OnHandover).await;
    scene.bid(scene.minji, auction, automatic(30_000)).await.expect("accepted");
    scene.end();
    assert_eq!(scene.market().close(auction).await.expect("closed"), StatusCode::Sold);
    assert_eq!(scene.wallets().await, [(0, 0), (90_000, 0), (100_000, 0)]);
    (scene, auction)
}

const PAID: [(i64, i64); 3] = [(10_000, 0), (90_000, 0), (100_000, 0)];
const BACK: [(i64, i64); 3] = [(0, 0), (100_000, 0), (100_000, 0)];

#[tokio::test]
async fn only_the_buyer_confirms_and_then_the_seller_is_paid_once() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    for other in [scene.seller, scene.junho] {
        assert_eq!(refusal(market.confirm_handover(other, auction).await), Refusal::NotYours);
        assert_eq!(refusal(market.dispute(other, auction).await), Refusal::NotYours);
    }
    assert_eq!(market.confirm_handover(scene.minji, auction).await.expect("confirmed"), StatusCode::Settled);
    assert_eq!(refusal(market.confirm_handover(scene.minji, auction).await), Refusal::NotSold);
    assert_eq!(scene.wallets().await, PAID);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn after_seven_days_and_not_a_moment_before_the_sale_settles_by_itself() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    let due = end() + TimeDelta::days(HANDOVER_DAYS);
    assert_eq!(market.next_due().await.expect("asked").0, Some(due));
    scene.set(due - TimeDelta::microseconds(1));
    assert_eq!(market.handovers_due(10).await.expect("asked"), []);
    assert_eq!(refusal(market.settle_by_time(auction).await), Refusal::NotDue);
    scene.set(due);
    assert_eq!(market.handovers_due(10).await.expect("asked"), [auction]);
    assert_eq!(market.settle_by_time(auction).await.expect("settled"), StatusCode::Settled);
    assert_eq!(refusal(market.settle_by_time(auction).await), Refusal::NotSold);
    assert_eq!(market.handovers_due(10).await.expect("asked"), []);
    assert_eq!(scene.wallets().await, PAID);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_dispute_stops_the_seven_days_but_not_the_buyers_confirmation() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    assert_eq!(market.dispute(scene.minji, auction).await.expect("disputed"), StatusCode::Disputed);
    assert_eq!(refusal(market.dispute(scene.minji, auction).await), Refusal::NotSold);
    scene.set(end() + TimeDelta::days(100));
    assert_eq!(market.handovers_due(10).await.expect("asked"), []);
    assert_eq!(market.next_due().await.expect("asked").0, None);
    assert_eq!(refusal(market.settle_by_time(auction).await), Refusal::NotSold);
    scene.database.assert_invariants().await;
    assert_eq!(market.confirm_handover(scene.minji, auction).await.expect("confirmed"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, PAID);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn staff_settle_or_refund_a_dispute_and_the_winner_stays_on_record() {
    for (refund, status, wallets) in [(false, StatusCode::Settled, PAID), (true, StatusCode::Refunded, BACK)]
    {
        let (scene, auction) = sold().await;
        let market = scene.market();
        market.dispute(scene.minji, auction).await.expect("disputed");
        let decided = if refund { market.refund(auction).await } else { market.settle(auction).await };
        assert_eq!(decided.expect("decided"), status);
        assert_eq!(refusal(market.refund(auction).await), Refusal::NotSold);
        assert_eq!(refusal(market.settle(auction).await), Refusal::NotSold);
        assert_eq!(scene.wallets().await, wallets);
        let page = market.auction_page(auction, None).await.expect("the page");
        assert_eq!((page.state.winner.map(|alias| alias.0), page.state.price), (Some(1), Money::won(10_000)));
        scene.database.assert_sound().await;
    }
}

#[tokio::test]
async fn money_of_a_purchase_waits_in_escrow_too() {
    let scene = Scene::new().await;
    let auction = scene
        .open("a", |terms| {
            terms.settlement = Settlement::OnHandover;
            terms.buy_now = Some(Money::won(50_000));
        })
        .await;
    let receipt = scene.market().buy_now(scene.junho, auction, None).await.expect("bought");
    assert_eq!(receipt.state.status, StatusCode::Sold);
    let wallet = scene.market().wallet_page(scene.junho, None).await.expect("a wallet");
    assert_eq!([wallet.available, wallet.held, wallet.escrow], [50_000, 0, 50_000].map(Money::won));
    scene.database.assert_invariants().await;
    scene.set(crate::noon() + TimeDelta::days(HANDOVER_DAYS));
    assert_eq!(scene.market().settle_by_time(auction).await.expect("settled"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, [(50_000, 0), (100_000, 0), (50_000, 0)]);
    scene.database.assert_sound().await;
}
