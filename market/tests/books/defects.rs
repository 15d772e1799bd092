//! Defects of the seed system whose return the other tests would not notice, or not by themselves.

use market::{
    Increment, Money, Refusal,
    auction::StatusCode,
    bidding::{Bid, Reply},
    opening::Draft,
    refusal::Reason,
    view::{Filter, ListQuery, NoticeKind},
};

use crate::{
    Scene,
    auction_page::statements_of,
    db::{automatic, plain, refusal},
    usual,
};

#[tokio::test]
async fn v5_a_bid_at_or_above_buy_now_ends_the_auction_whoever_bids_and_however() {
    let price = Money::won(50_000);
    for bid in [plain(50_000), plain(90_000), automatic(50_000), automatic(90_000)] {
        for leads in [false, true] {
            let scene = Scene::new().await;
            let auction = scene.open("a", |terms| terms.buy_now = Some(price)).await;
            let first = if leads { scene.minji } else { scene.junho };
            scene.bid(first, auction, automatic(40_000)).await.expect("accepted");
            let unsure = scene.bid(scene.minji, auction, bid).await;
            assert_eq!(refusal(unsure), Refusal::WouldBuyNow { price });
            let sure = Bid { accept_buy_now: true, ..bid };
            let receipt = scene.bid(scene.minji, auction, sure).await.expect("bought");
            assert_eq!((receipt.reply, receipt.state.status), (Reply::Bought, StatusCode::Settled));
            assert_eq!(receipt.state.price, price, "never more, whatever was bid");
            assert_eq!(scene.wallets().await, [(50_000, 0), (50_000, 0), (100_000, 0)]);
            scene.database.assert_invariants().await;
        }
    }
}

#[tokio::test]
async fn m7_an_increment_of_nothing_is_no_increment() {
    let scene = Scene::new().await;
    for increment in ["0", "-1000", "10000:0/:1000", "10000:500/:0"] {
        let draft = Draft { increment: increment.to_owned(), ..Draft::from(&usual()) };
        let opened = scene.market().open_draft(scene.seller, "key", &draft).await;
        let Refusal::Fields { faults } = refusal(opened) else { panic!("the field is named") };
        assert!(faults.iter().any(|fault| fault.field == "increment"), "{increment}: {faults:?}");
    }
    let sound = Draft::from(&usual());
    scene.market().open_draft(scene.seller, "key", &sound).await.expect("the others of its fields are sound");
}

#[tokio::test]
async fn m4_an_old_form_changes_nothing_of_a_paid_auction() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.end();
    scene.market().close(auction).await.expect("closed");
    let before = scene.market().live_state(auction).await.expect("the state");
    let draft = Draft { start_price: "20000".to_owned(), ..Draft::from(&usual()) };
    let edited = scene.market().edit_auction(scene.seller, auction, &draft).await;
    assert!(matches!(refusal(edited), Refusal::Ended | Refusal::HasBids));
    assert_eq!(scene.market().live_state(auction).await.expect("the state"), before);
    assert_eq!(scene.wallets().await, [(10_000, 0), (90_000, 0), (100_000, 0)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn k4_a_bid_and_what_is_told_of_it_are_one() {
    let scene = Scene::new().await;
    let market = scene.market();
    let auction = scene.auction("a").await;
    market.bid(scene.minji, auction, plain(10_000), None).await.expect("accepted");
    let break_down = "CREATE FUNCTION nobody_is_told() RETURNS trigger LANGUAGE plpgsql AS
                          $$ BEGIN RAISE EXCEPTION 'no notices today'; END $$;
                      CREATE TRIGGER nobody_is_told BEFORE INSERT ON notices
                          EXECUTE FUNCTION nobody_is_told()";
    sqlx::raw_sql(break_down).execute(&scene.database.pool).await.expect("broken");
    let before = market.live_state(auction).await.expect("the state");
    let failed = market.bid(scene.junho, auction, plain(11_000), Some("key")).await;
    assert!(failed.expect_err("a failure").refusal().is_err(), "no refusal: nobody decided");
    assert_eq!(market.live_state(auction).await.expect("the state"), before, "nothing was committed");
    assert_eq!(scene.wallets().await, [(0, 0), (90_000, 10_000), (100_000, 0)]);
    let mend = "DROP TRIGGER nobody_is_told ON notices";
    sqlx::raw_sql(mend).execute(&scene.database.pool).await.expect("mended");
    let again = market.bid(scene.junho, auction, plain(11_000), Some("key")).await.expect("accepted");
    assert_eq!(again.reply, Reply::Leading);
    assert_eq!(scene.inbox(scene.minji, auction).await, [(NoticeKind::Outbid, 1, 11_000)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn v4_the_start_price_is_shown_and_is_itself_the_first_bid() {
    let ladder = Increment::offered_ladder();
    for (increment, start) in [(Increment::default_unit(), 7_000), (ladder, 7_777)] {
        let scene = Scene::new().await;
        let change = |terms: &mut market::Terms| {
            (terms.increment, terms.start_price) = (increment, Money::won(start));
        };
        let auction = scene.open("a", change).await;
        let list = scene.market().list(&Filter::read(&ListQuery::default()), None).await.expect("a list");
        let card = list.cards.iter().find(|card| card.id == auction).expect("its card");
        assert_eq!((card.start_price, card.next_bid), (Money::won(start), Money::won(start)));
        let page = scene.market().auction_page(auction, None).await.expect("a page");
        assert_eq!(page.about.next_bid(page.state.price), Money::won(start));
        let receipt = scene.bid(scene.minji, auction, plain(start)).await.expect("accepted");
        assert_eq!(receipt.state.price, Money::won(start));
    }
    let scene = Scene::new().await;
    let off = Draft { start_price: "10500".to_owned(), ..Draft::from(&usual()) };
    let opened = scene.market().open_draft(scene.seller, "key", &off).await;
    let Refusal::Fields { faults } = refusal(opened) else { panic!("the field is named") };
    assert_eq!(faults[0].reason, Reason::OffGrid);
}

#[test]
fn v6_an_amount_is_whole_won_or_none_and_never_cut() {
    for text in ["1000.9", "1000,9.0", "1e3", "", "-", "0x10", "천원", "1000.0", "9999999999999999999"] {
        assert_eq!(Money::parse(text), None, "{text}");
    }
    assert_eq!(Money::parse(" 1,000원 "), Some(Money::won(1_000)));
}

#[tokio::test]
async fn s12_a_list_takes_as_many_statements_with_many_auctions_as_with_few() {
    let scene = Scene::new().await;
    for user in [scene.minji, scene.junho] {
        scene.market().post_deposit(user, Money::won(1_000_000)).await.expect("a deposit");
    }
    let query = |region: &str| ListQuery { region: region.to_owned(), ..ListQuery::default() };
    let mut counts = Vec::new();
    for round in 0..2 {
        for number in 0..=(round * 14) {
            let auction = scene.auction(&format!("{round} {number}")).await;
            for step in 0..=(round * 3) {
                let user = if step % 2 == 0 { scene.minji } else { scene.junho };
                scene.bid(user, auction, plain(1_000 * (10 + step))).await.expect("accepted");
            }
        }
        // A whole province has hundreds of regions below it.
        for region in ["all", "11", "11440"] {
            let filter = Filter::read(&query(region));
            counts.push(statements_of(scene.market().list(&filter, Some(scene.minji))).await);
        }
    }
    assert_eq!(counts[..3], counts[3..], "with few, with many");
    assert!(counts.iter().all(|count| (1..=3).contains(count)), "{counts:?}");
}
