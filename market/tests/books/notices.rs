//! Notices: rows of the same transaction as what they tell of.

use market::{AuctionId, Money, Settlement, UserId, view::NoticeKind};

use crate::{
    Scene,
    db::{automatic, plain},
};

impl Scene {
    /// The kinds, counts and amounts in the inbox of `user` about `auction`, newest first.
    pub async fn inbox(&self, user: UserId, auction: AuctionId) -> Vec<(NoticeKind, i32, i64)> {
        let notices = self.market().notices(user, 50).await.expect("notices");
        let about = notices.into_iter().filter(|notice| notice.auction == auction);
        about.map(|notice| (notice.kind, notice.times, notice.amount.map_or(0, Money::to_won))).collect()
    }
}

#[tokio::test]
async fn an_outbid_war_is_one_notice_with_a_count_until_it_is_read() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    for round in 0..6 {
        let user = if round % 2 == 0 { scene.minji } else { scene.junho };
        scene.bid(user, auction, plain(10_000 + round * 1_000)).await.expect("accepted");
    }
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Outbid, 3, 15_000)]);
    assert_eq!(scene.inbox(scene.junho, auction).await, [(NoticeKind::Outbid, 2, 14_000)]);
    assert_eq!(scene.inbox(scene.seller, auction).await, [(NoticeKind::NewBid, 6, 15_000)]);
    let state = market.my_state(scene.minji).await.expect("my state");
    assert_eq!((state.unread, state.outbid.len()), (1, 1));
    assert_eq!(state.outbid[0].next_bid, Money::won(16_000));
    market.read_notices(scene.minji, state.inbox_seq).await.expect("read");
    assert_eq!(market.my_state(scene.minji).await.expect("my state").unread, 0);
    scene.bid(scene.minji, auction, plain(16_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(17_000)).await.expect("accepted");
    let expected = [(NoticeKind::Outbid, 1, 17_000), (NoticeKind::Outbid, 3, 15_000)];
    assert_eq!(scene.inbox(scene.minji, auction).await, expected);
}

#[tokio::test]
async fn a_notice_that_came_after_the_look_stays_unread() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    let seen = market.my_state(scene.minji).await.expect("my state").inbox_seq;
    scene.bid(scene.minji, auction, plain(12_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(13_000)).await.expect("accepted");
    market.read_notices(scene.minji, seen).await.expect("read");
    assert_eq!(market.my_state(scene.minji).await.expect("my state").unread, 1);
}

#[tokio::test]
async fn the_winner_the_losers_and_the_seller_learn_how_it_ended() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let early = scene.database.person("early", 50_000).await;
    scene.bid(early, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    scene.bid(scene.minji, auction, automatic(40_000)).await.expect("accepted");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    assert_eq!(scene.inbox(scene.minji, auction).await[0], (NoticeKind::Won, 1, 12_000));
    assert_eq!(scene.inbox(scene.seller, auction).await[0], (NoticeKind::Sold, 1, 12_000));
    for loser in [early, scene.junho] {
        assert_eq!(scene.inbox(loser, auction).await[0].0, NoticeKind::Lost);
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn v7_after_a_purchase_only_the_buyer_is_congratulated_and_every_other_bidder_lost() {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.buy_now = Some(Money::won(60_000))).await;
    let buyer = scene.database.person("buyer", 60_000).await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    scene.market().buy_now(buyer, auction, None, None).await.expect("bought");
    assert_eq!(scene.inbox(buyer, auction).await, [(NoticeKind::Won, 1, 60_000)]);
    assert_eq!(scene.inbox(scene.seller, auction).await[0], (NoticeKind::Sold, 1, 60_000));
    for loser in [scene.minji, scene.junho] {
        let inbox = scene.inbox(loser, auction).await;
        assert_eq!(inbox[0].0, NoticeKind::Lost, "{inbox:?}");
        assert!(inbox.iter().all(|notice| notice.0 != NoticeKind::Won));
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn who_buys_what_he_leads_with_is_told_once_that_he_won() {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.buy_now = Some(Money::won(60_000))).await;
    scene.bid(scene.minji, auction, plain(50_000)).await.expect("accepted");
    scene.market().buy_now(scene.minji, auction, None, None).await.expect("his hold pays for it");
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Won, 1, 60_000)]);
    assert_eq!(scene.wallets().await, [(60_000, 0), (40_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_cancelled_auction_is_told_to_all_its_bidders() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    scene.cancel_by_staff(auction).await.expect("cancelled");
    for user in [scene.seller, scene.minji, scene.junho] {
        assert_eq!(scene.inbox(user, auction).await[0].0, NoticeKind::Cancelled);
    }
}

#[tokio::test]
async fn an_unsold_auction_is_told_to_its_seller_and_a_sale_to_whom_it_moves_money() {
    let scene = Scene::new().await;
    let market = scene.market();
    let unsold = scene.auction("unsold").await;
    let handover = |terms: &mut market::Terms| terms.settlement = Settlement::OnHandover;
    let (paid, refunded) = (scene.open("paid", handover).await, scene.open("refunded", handover).await);
    for auction in [paid, refunded] {
        scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    }
    scene.end();
    for auction in market.due(10).await.expect("asked") {
        market.close(auction).await.expect("closed");
    }
    assert_eq!(scene.inbox(scene.seller, unsold).await, [(NoticeKind::Unsold, 1, 0)]);
    market.confirm_handover(scene.minji, paid).await.expect("confirmed");
    assert_eq!(scene.inbox(scene.seller, paid).await[0], (NoticeKind::Paid, 1, 10_000));
    scene.dispute(refunded).await.expect("disputed");
    assert_eq!(scene.inbox(scene.seller, refunded).await[0].0, NoticeKind::Disputed);
    market.refund(refunded).await.expect("refunded");
    assert_eq!(scene.inbox(scene.minji, refunded).await[0], (NoticeKind::Refunded, 1, 10_000));
}
