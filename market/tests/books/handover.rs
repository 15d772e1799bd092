//! 안심결제: the money waits in escrow until the thing is handed over.

use chrono::TimeDelta;
use market::{
    AuctionId, Money, Refusal, Settlement,
    auction::StatusCode,
    closing::HANDOVER_DAYS,
    store::{Change, Result},
    trade::{Complaint, SettledBy, Statement},
    view::{Handover, NoticeKind, SaleEnd, StatementFilter, Trade},
};

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

impl Scene {
    /// Minji finds something wrong.
    pub(crate) async fn dispute(&self, auction: AuctionId) -> Result<StatusCode> {
        let said = Statement { text: "상자가 비어 있어요".to_owned(), picture: None };
        let key = format!("dispute {auction}");
        self.market().dispute(self.minji, auction, Complaint::NotReceived, &said, &key).await
    }

    /// The sale as the buyer sees it.
    pub(crate) async fn sale_seen(&self, auction: AuctionId) -> Trade {
        let page = self.market().auction_page(auction, Some(self.minji)).await.expect("the page");
        page.trade.expect("it is her sale")
    }
}

const PAID: [(i64, i64); 3] = [(10_000, 0), (90_000, 0), (100_000, 0)];
const BACK: [(i64, i64); 3] = [(0, 0), (100_000, 0), (100_000, 0)];

#[tokio::test]
async fn only_the_buyer_confirms_and_then_the_seller_is_paid_once() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    for other in [scene.seller, scene.junho] {
        assert_eq!(refusal(market.confirm_handover(other, auction).await), Refusal::NotYours);
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
    assert_eq!(scene.dispute(auction).await.expect("disputed"), StatusCode::Disputed);
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
        scene.dispute(auction).await.expect("disputed");
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
    let receipt = scene.market().buy_now(scene.junho, auction, None, None).await.expect("bought");
    assert_eq!(receipt.state.status, StatusCode::Sold);
    let wallet = scene.market().wallet_page(scene.junho, &StatementFilter::default()).await;
    let wallet = wallet.expect("a wallet");
    assert_eq!([wallet.available, wallet.held, wallet.escrow], [50_000, 0, 50_000].map(Money::won));
    scene.database.assert_invariants().await;
    scene.set(crate::noon() + TimeDelta::days(HANDOVER_DAYS));
    assert_eq!(scene.market().settle_by_time(auction).await.expect("settled"), StatusCode::Settled);
    assert_eq!(scene.wallets().await, [(50_000, 0), (100_000, 0), (50_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_purchase_wakes_the_closer_for_the_end_of_its_seven_days() {
    let scene = Scene::new().await;
    let auction = scene
        .open("a", |terms| {
            terms.settlement = Settlement::OnHandover;
            terms.buy_now = Some(Money::won(50_000));
        })
        .await;
    let mut changes = scene.market().changes();
    scene.market().buy_now(scene.junho, auction, None, None).await.expect("bought");
    let mut ends = Vec::new();
    while let Ok(change) = changes.try_recv() {
        if let Change::End(end) = change {
            ends.push(end);
        }
    }
    assert!(ends.contains(&(crate::noon() + TimeDelta::days(HANDOVER_DAYS))), "{ends:?}");
}

#[tokio::test]
async fn each_step_has_its_time_and_the_buyer_learns_of_the_handover() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    let before = scene.sale_seen(auction).await;
    assert_eq!((before.paid_at, before.handover.clone(), before.end), (end(), None, None));
    assert_eq!(before.settles_at(), Some(end() + TimeDelta::days(HANDOVER_DAYS)));

    let sent = end() + TimeDelta::days(1);
    scene.set(sent);
    let note = Some("우체국 6012-3456");
    assert_eq!(market.hand_over(scene.seller, auction, note, "k").await.expect("sent"), StatusCode::Sold);
    let notices = market.notices(scene.minji, 1).await.expect("notices");
    assert_eq!((notices[0].kind, notices[0].auction), (NoticeKind::HandedOver, auction));
    let after = scene.sale_seen(auction).await;
    assert_eq!(after.handover, Some(Handover { at: sent, note: note.map(str::to_owned) }));
    assert!(after.seq > before.seq, "its page moves");
    assert_eq!(after.settles_at(), before.settles_at(), "the 7 days count from the payment");

    let received = end() + TimeDelta::days(2);
    scene.set(received);
    market.confirm_handover(scene.minji, auction).await.expect("confirmed");
    let done = scene.sale_seen(auction).await;
    assert_eq!(done.end, Some(SaleEnd { at: received, by: SettledBy::Buyer }));
    assert_eq!((done.settles_at(), done.handover), (None, after.handover));
    assert_eq!(scene.wallets().await, PAID);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn k6_a_handover_sent_twice_is_told_once_and_another_one_is_refused() {
    let (scene, auction) = sold().await;
    let market = scene.market();
    for _ in 0..3 {
        let sent = market.hand_over(scene.seller, auction, None, "k").await.expect("sent");
        assert_eq!(sent, StatusCode::Sold);
    }
    let again = market.hand_over(scene.seller, auction, Some("other"), "other").await;
    assert_eq!(refusal(again), Refusal::AlreadyHandedOver);
    let notices = market.notices(scene.minji, 10).await.expect("notices");
    let told = notices.iter().filter(|notice| notice.kind == NoticeKind::HandedOver);
    let told: Vec<i32> = told.map(|notice| notice.times).collect();
    assert_eq!(told, [1]);
    market.confirm_handover(scene.minji, auction).await.expect("confirmed");
    let repeated = market.hand_over(scene.seller, auction, None, "k").await.expect("known");
    assert_eq!(repeated, StatusCode::Settled, "the same key is answered after the end, too");
    assert_eq!(refusal(market.hand_over(scene.seller, auction, None, "late").await), Refusal::NotSold);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn what_has_not_come_may_still_be_sent_in_a_dispute() {
    let (scene, auction) = sold().await;
    scene.dispute(auction).await.expect("disputed");
    let sent = scene.market().hand_over(scene.seller, auction, None, "k").await.expect("sent");
    assert_eq!(sent, StatusCode::Disputed);
    assert!(scene.sale_seen(auction).await.handover.is_some());
    scene.database.assert_sound().await;
}
