//! Bids and purchases, as far as the books add to the rules.

use chrono::TimeDelta;
use market::{
    AuctionId, Money, Refusal,
    auction::StatusCode,
    bidding::{Bid, Reply},
    opening::Draft,
    store::Change,
    view::Standing,
};

use crate::{
    Scene,
    db::{automatic, plain, refusal},
    end, usual,
};

fn with_buy_now(price: i64) -> impl FnOnce(&mut market::Terms) {
    move |terms| terms.buy_now = Some(Money::won(price))
}

#[tokio::test]
async fn m1_buy_now_is_always_above_every_maximum_and_v5_a_bid_that_reaches_it_is_the_purchase() {
    let scene = Scene::new().await;
    let auction = scene.open("a", with_buy_now(50_000)).await;
    scene.bid(scene.minji, auction, automatic(49_000)).await.expect("accepted");
    let bid = plain(60_000);
    let price = Money::won(50_000);
    assert_eq!(refusal(scene.bid(scene.junho, auction, bid).await), Refusal::WouldBuyNow { price });
    let receipt = scene.bid(scene.junho, auction, Bid { accept_buy_now: true, ..bid }).await.expect("bought");
    assert_eq!((receipt.reply, receipt.state.status), (Reply::Bought, StatusCode::Settled));
    assert_eq!(receipt.mine.standing, Standing::Won { paid: price });
    assert_eq!(scene.wallets().await, [(50_000, 0), (100_000, 0), (50_000, 0)]);
    assert_eq!(refusal(scene.bid(scene.minji, auction, plain(70_000)).await), Refusal::Ended);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_frame_shows_the_same_bids_whether_one_batch_filled_it_or_they_were_read() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    for (first, bids) in [(10_000, 2), (15_000, 25), (40_000, 3), (50_000, 20)] {
        let raises = (0..bids).map(|number| {
            let bidder = if number % 2 == 0 { scene.minji } else { scene.junho };
            scene.bid(bidder, auction, plain(first + 1_000 * number))
        });
        let before = scene.market().live_state(auction).await.expect("a state");
        let receipts = futures::future::join_all(raises).await;
        let receipts: Vec<_> = receipts.into_iter().map(|receipt| receipt.expect("accepted")).collect();
        let read = scene.market().live_state(auction).await.expect("a state");
        assert_eq!(read.seq, before.seq + 1, "all in one batch");
        let in_all = usize::try_from(read.bid_count).expect("a count");
        assert_eq!(read.bids.len(), in_all.min(market::live::LISTED_IN_FRAME));
        assert!(receipts.iter().all(|receipt| receipt.state == read), "{receipts:?} beside {read:?}");
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m2_a_seller_cannot_bid_on_or_buy_or_win_his_own_auction() {
    let scene = Scene::new().await;
    let market = scene.market();
    market.deposit(scene.seller, Money::won(1_000_000), "key").await.expect("a deposit");
    let auction = scene.open("a", with_buy_now(50_000)).await;
    for bid in [plain(10_000), automatic(20_000), Bid { accept_buy_now: true, ..plain(50_000) }] {
        assert_eq!(refusal(scene.bid(scene.seller, auction, bid).await), Refusal::SellerCannotBid);
    }
    assert_eq!(refusal(market.buy_now(scene.seller, auction, None, None).await), Refusal::SellerCannotBid);
    let sql = "UPDATE auctions SET leader_id = seller_id, hold = 10000, price = 10000 WHERE id = $1";
    let written = sqlx::query(sql).bind(auction.0).execute(&scene.database.pool).await;
    assert!(written.expect_err("a CHECK").to_string().contains("auctions_seller_never_leads"));
}

#[tokio::test]
async fn m6_buy_now_works_neither_before_the_start_nor_after_the_end() {
    let scene = Scene::new().await;
    let auction = scene.open("a", with_buy_now(50_000)).await;
    for (at, refused) in
        [(crate::noon() - TimeDelta::seconds(1), Refusal::NotStarted), (end(), Refusal::Ended)]
    {
        scene.set(at);
        assert_eq!(refusal(scene.market().buy_now(scene.minji, auction, None, None).await), refused);
    }
    scene.market().close(auction).await.expect("closed");
    assert_eq!(refusal(scene.market().buy_now(scene.minji, auction, None, None).await), Refusal::Ended);
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_purchase_pays_at_most_the_price_that_was_seen() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.open("a", with_buy_now(50_000)).await;
    let dearer = Draft { buy_now: "60000".into(), ..Draft::from(&usual()) };
    market.edit_auction(scene.seller, auction, &dearer).await.expect("raised before the first bid");
    let seen = Some(Money::won(50_000));
    let refused = refusal(market.buy_now(scene.minji, auction, seen, Some("key")).await);
    assert_eq!(refused, Refusal::WouldBuyNow { price: Money::won(60_000) });
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (100_000, 0)]);

    let seen = Some(Money::won(70_000));
    let bought = market.buy_now(scene.minji, auction, seen, Some("key")).await.expect("for less than seen");
    assert_eq!(bought.mine.standing, Standing::Won { paid: Money::won(60_000) });
    let again = market.buy_now(scene.minji, auction, Some(Money::won(60_000)), Some("key")).await;
    assert_eq!(again.expect("the same purchase").reply, Reply::Bought);
    assert_eq!(scene.wallets().await, [(60_000, 0), (40_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn m7_equal_bids_refund_nobody_and_the_first_stays() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, automatic(30_000)).await.expect("accepted");
    let receipt = scene.bid(scene.junho, auction, automatic(30_000)).await.expect("accepted");
    assert_eq!((receipt.reply, receipt.state.price), (Reply::OutbidAtOnce, Money::won(30_000)));
    assert_eq!(scene.wallets().await, [(0, 0), (70_000, 30_000), (100_000, 0)]);
    let rows = "SELECT count(*) FROM ledger_rows WHERE auction_id = $1";
    assert_eq!(scene.database.count(rows, auction.0).await, 1);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn v8_the_leader_never_outbids_himself() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    for (bid, held) in [(plain(40_000), 40_000), (automatic(60_000), 60_000), (plain(10_000), 10_000)] {
        let receipt = scene.bid(scene.minji, auction, bid).await.expect("accepted");
        assert_eq!((receipt.reply, receipt.state.price), (Reply::MaximumChanged, Money::won(10_000)));
        assert_eq!(receipt.state.bid_count, 1, "a maximum is not listed");
        assert_eq!(scene.database.wallet(scene.minji).await, (100_000 - held, held));
    }
    scene.end();
    scene.market().close(auction).await.expect("closed");
    assert_eq!(scene.wallets().await, [(10_000, 0), (90_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_refusal_writes_nothing_and_its_key_may_be_used_again() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    let before = market.live_state(auction).await.expect("the state");
    for bid in
        [plain(0), plain(-1_000), plain(10_500), plain(9_000), plain(1_000_000_000_001), plain(101_000)]
    {
        refusal(market.bid(scene.minji, auction, bid, Some("key")).await);
    }
    assert_eq!(market.live_state(auction).await.expect("the state"), before);
    let rows = "SELECT (SELECT count(*) FROM bids WHERE auction_id = $1)
                     + (SELECT count(*) FROM bidders WHERE auction_id = $1)
                     + (SELECT count(*) FROM notices WHERE auction_id = $1)";
    assert_eq!(scene.database.count(rows, auction.0).await, 0);
    market.bid(scene.minji, auction, plain(10_000), Some("key")).await.expect("accepted");
    assert_eq!(refusal(scene.bid(scene.minji, AuctionId(999_999), plain(10_000)).await), Refusal::NotFound);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn keys_belong_to_one_person_in_one_auction() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (one, two) = (scene.auction("one").await, scene.auction("two").await);
    market.bid(scene.minji, one, plain(10_000), Some("key")).await.expect("accepted");
    market.bid(scene.minji, two, plain(10_000), Some("key")).await.expect("accepted");
    market.bid(scene.junho, one, plain(11_000), Some("key")).await.expect("accepted");
    let retry = market.bid(scene.minji, one, plain(10_000), Some("key")).await.expect("the stored reply");
    assert_eq!((retry.reply, retry.mine.standing), (Reply::Leading, Standing::Outbid));
    scene.end();
    market.close(one).await.expect("closed");
    let retry = market.bid(scene.junho, one, plain(11_000), Some("key")).await.expect("also after the end");
    assert_eq!(retry.mine.standing, Standing::Won { paid: Money::won(11_000) });
    let other = market.buy_now(scene.junho, one, None, Some("key")).await;
    assert_eq!(refusal(other), Refusal::KeyReused);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_key_that_the_books_cannot_hold_is_malformed_and_harms_nobody_beside_it() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    for key in [String::new(), "k".repeat(101), "nul\0".to_owned()] {
        let (bad, good) = tokio::join!(
            market.bid(scene.minji, auction, plain(10_000), Some(&key)),
            market.bid(scene.junho, auction, plain(10_000), Some("good")),
        );
        assert_eq!(refusal(bad), Refusal::Malformed);
        assert_eq!(good.expect("accepted").reply, Reply::Leading);
        assert_eq!(refusal(market.deposit(scene.minji, Money::won(1), &key).await), Refusal::Malformed);
        let opening = crate::usual();
        assert_eq!(refusal(market.open_auction(scene.seller, &key, &opening).await), Refusal::Malformed);
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn s11_neither_the_page_nor_the_live_state_names_a_bidder() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, automatic(20_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, automatic(30_000)).await.expect("accepted");
    let state = scene.market().live_state(auction).await.expect("the state");
    let page = scene.market().auction_page(auction, Some(scene.minji)).await.expect("the page");
    for json in [serde_json::to_string(&state), serde_json::to_string(&page)].map(|json| json.expect("JSON"))
    {
        assert!(!json.contains("minji") && !json.contains("junho"), "{json}");
        assert!(!json.contains("30000"), "nor the leader's maximum: {json}");
    }
    let aliases: Vec<i32> = state.bids.iter().map(|bid| bid.bidder.0).collect();
    assert_eq!((aliases, state.leader.map(|alias| alias.0)), (vec![2, 1], Some(2)));
    assert_eq!(page.mine.and_then(|mine| mine.alias).map(|alias| alias.0), Some(1));
}

#[tokio::test]
async fn k2_each_change_is_published_after_its_commit_with_the_next_number() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    let mut changes = market.changes();
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    refusal(scene.bid(scene.junho, auction, plain(10_000)).await);
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    market.call_last_bids(scene.seller, auction).await.expect("called");
    scene.end();
    market.close(auction).await.expect("closed");
    let mut published = Vec::new();
    while let Ok(change) = changes.try_recv() {
        if let Change::Auction(state) = change {
            published.push((state.seq, state.price.to_won(), state.status));
        }
    }
    let live = StatusCode::Live;
    let expected =
        [(2, 10_000, live), (3, 11_000, live), (4, 11_000, live), (5, 11_000, StatusCode::Settled)];
    assert_eq!(published, expected);
    let state = market.live_state(auction).await.expect("the state");
    assert_eq!(state.seq, 5, "reading gives the same whole state");
}
