//! The same thing once more, and forms that wait.

use chrono::TimeDelta;
use market::{
    AuctionId, Money, Refusal,
    auction::StatusCode,
    opening::{Draft, Opening},
    refusal::Reason,
};

use super::editing::picture;
use crate::{
    Scene,
    db::{plain, refusal},
    noon, usual,
};

fn typed() -> Draft {
    Draft { title: "반쯤 쓴 글".into(), start_price: "오천".into(), ..Draft::default() }
}

#[tokio::test]
async fn an_auction_that_is_over_is_listed_again_as_it_was() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (first, second) =
        (picture(&scene, scene.seller, "1").await, picture(&scene, scene.seller, "2").await);
    let mut opening = Opening { pictures: vec![second, first], ..usual() };
    opening.listing.region = Some("26".into());
    opening.listing.description = "처음에 쓴 말".into();
    opening.terms.reserve = Some(Money::won(50_000));
    opening.terms.buy_now = Some(Money::won(90_000));
    let auction = scene.database.auction(scene.seller, "key", &opening).await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    market.add_to_auction(scene.seller, auction, "note", "나중에 쓴 말", &[]).await.expect("added");
    scene.end();
    assert_eq!(market.close(auction).await.expect("closed"), StatusCode::Unsold);
    let later = noon() + TimeDelta::days(3);
    scene.set(later);

    let again = market.relist(scene.seller, auction, "again").await.expect("listed");
    let page = market.edit_page(scene.seller, again).await.expect("a page");
    opening.listing.description = "처음에 쓴 말\n\n나중에 쓴 말".into();
    (opening.starts_at, opening.ends_at) = (later, later + TimeDelta::hours(1));
    assert_eq!(page.form.draft, Draft::from(&opening));
    assert_eq!((page.opened.starts_at, page.opened.ends_at), (opening.starts_at, opening.ends_at));
    assert_eq!((page.status, page.has_bids), (StatusCode::Live, false));
    let from = "SELECT coalesce(relisted_from, 0) FROM auctions WHERE id = $1";
    assert_eq!(scene.database.count(from, again.0).await, auction.0);
    scene.bid(scene.junho, again, plain(10_000)).await.expect("it runs");
    assert_eq!(scene.wallets().await, [(0, 0), (100_000, 0), (90_000, 10_000)]);
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn one_key_lists_it_again_once_also_at_the_same_moment() {
    let scene = Scene::new().await;
    let (market, auction, other) = (scene.market(), scene.auction("one").await, scene.auction("two").await);
    for auction in [auction, other] {
        market.cancel(scene.seller, auction).await.expect("cancelled");
    }
    let (first, second) = tokio::join!(
        market.relist(scene.seller, auction, "again"),
        market.relist(scene.seller, auction, "again"),
    );
    let first = first.expect("listed");
    assert_eq!(second.expect("the same"), first);
    assert_eq!(market.relist(scene.seller, auction, "again").await.expect("the same"), first);
    assert_eq!(refusal(market.relist(scene.seller, other, "again").await), Refusal::KeyReused);
    assert_eq!(refusal(market.open_auction(scene.seller, "again", &usual()).await), Refusal::KeyReused);
    assert_eq!(refusal(market.relist(scene.seller, auction, "one").await), Refusal::KeyReused);
    assert_ne!(market.relist(scene.seller, auction, "once more").await.expect("another"), first);
    assert_eq!(scene.database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 4);
}

#[tokio::test]
async fn only_the_seller_lists_again_and_only_what_is_over() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    assert_eq!(refusal(market.relist(scene.seller, auction, "").await), Refusal::Malformed);
    assert_eq!(refusal(market.relist(scene.seller, AuctionId(999_999), "a").await), Refusal::NotFound);
    assert_eq!(refusal(market.relist(scene.minji, auction, "a").await), Refusal::NotYours);
    assert_eq!(refusal(market.relist(scene.seller, auction, "a").await), Refusal::NotDue);
    scene.end();
    assert_eq!(refusal(market.relist(scene.seller, auction, "a").await), Refusal::NotDue, "not closed yet");
    market.close(auction).await.expect("closed");
    market.relist(scene.seller, auction, "a").await.expect("listed");
}

#[tokio::test]
async fn a_sold_thing_is_listed_again_at_least_ten_minutes_long() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    market.call_last_bids(scene.seller, auction).await.expect("called");
    let closed = noon() + TimeDelta::minutes(2);
    scene.set(closed);
    assert_eq!(market.close(auction).await.expect("closed"), StatusCode::Settled);
    let again = market.relist(scene.seller, auction, "again").await.expect("listed");
    let state = market.live_state(again).await.expect("a state");
    assert_eq!((state.starts_at, state.ends_at), (closed, closed + TimeDelta::minutes(10)));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn v2_terms_that_no_rule_allows_are_not_listed_again() {
    let scene = Scene::new().await;
    // Written past the form, as an older rule might have.
    let auction = scene.open("key", |terms| terms.start_price = Money::won(10_500)).await;
    scene.market().cancel(scene.seller, auction).await.expect("cancelled");
    let Refusal::Fields { faults } = refusal(scene.market().relist(scene.seller, auction, "again").await)
    else {
        panic!("refused otherwise");
    };
    assert_eq!((faults[0].reason, faults[0].upper), (Reason::OffGrid, Some(Money::won(11_000))));
}

#[tokio::test]
async fn the_form_for_listing_again_is_the_sellers_alone() {
    let scene = Scene::new().await;
    let (market, auction) = (scene.market(), scene.auction("key").await);
    assert_eq!(refusal(market.sell_page(scene.minji, Some(auction)).await), Refusal::NotYours);
    let nowhere = market.sell_page(scene.seller, Some(AuctionId(999_999))).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
    let page = market.sell_page(scene.seller, Some(auction)).await.expect("a page");
    let form = page.again.expect("a form");
    assert_eq!((form.draft.start.as_str(), form.draft.duration.as_str()), ("now", "60"));
    assert_eq!(form.draft.check(noon()).expect("sound").terms, usual().terms);
    assert_eq!(form.region.expect("a region").full_name, "서울특별시 마포구");
}

#[tokio::test]
async fn what_was_typed_waits_until_it_is_opened_or_thrown_away() {
    let scene = Scene::new().await;
    let (market, seller) = (scene.market(), scene.seller);
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved, None);
    market.save_draft(seller, "form", &typed()).await.expect("kept");
    scene.set(noon() + TimeDelta::minutes(1));
    let more = Draft { region: "26".into(), description: "\u{0}더 쓴 글".into(), ..typed() };
    market.save_draft(seller, "form", &more).await.expect("kept");
    let saved = market.sell_page(seller, None).await.expect("a page").saved.expect("a draft");
    assert_eq!(saved.draft, Draft { description: "더 쓴 글".into(), ..more.clone() });
    assert_eq!(
        (saved.at, saved.region.expect("a region").name.as_str()),
        (noon() + TimeDelta::minutes(1), "부산광역시")
    );
    assert_eq!(market.sell_page(scene.minji, None).await.expect("a page").saved, None, "each has his own");
    market.drop_draft(seller).await.expect("gone");
    market.drop_draft(seller).await.expect("twice is once");
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved, None);

    market.save_draft(seller, "form", &more).await.expect("kept");
    market.open_auction(seller, "form", &usual()).await.expect("opened");
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved, None, "it became an auction");
    market.save_draft(seller, "form", &more).await.expect("no fault of the page's");
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved, None, "what came late");
    let forms = "SELECT count(*) FROM drafts WHERE $1 = 0";
    assert_eq!(scene.database.count(forms, 0).await, 0);
}

#[tokio::test]
async fn a_draft_of_any_size_is_kept_as_far_as_its_fields_reach() {
    let scene = Scene::new().await;
    let endless = "\u{10ffff}\"".repeat(30_000);
    let draft = Draft {
        title: endless.clone(),
        description: endless.clone(),
        pictures: endless.clone(),
        increment: endless.clone(),
        settlement: endless,
        ..Draft::default()
    };
    scene.market().save_draft(scene.seller, "form", &draft).await.expect("kept");
    assert_eq!(refusal(scene.market().save_draft(scene.seller, "", &draft).await), Refusal::Malformed);
}

#[tokio::test]
async fn a_refused_form_is_kept_and_a_repeated_one_is_answered_as_before() {
    let scene = Scene::new().await;
    let (market, seller) = (scene.market(), scene.seller);
    let refused = refusal(market.open_draft(seller, "form", &typed()).await);
    assert!(matches!(refused, Refusal::Fields { .. }), "{refused:?}");
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved.expect("kept").draft, typed());
    let sound = Draft::from(&usual());
    let unknown = Draft { category: "없는 것".into(), ..sound.clone() };
    let refused = refusal(market.open_draft(seller, "form", &unknown).await);
    assert_eq!(refused, Refusal::field("category", Reason::Unknown));
    let auction = market.open_draft(seller, "form", &sound).await.expect("opened");
    scene.end();
    assert_eq!(
        market.open_draft(seller, "form", &sound).await.expect("the same"),
        auction,
        "K6, after its end"
    );
    assert_eq!(market.sell_page(seller, None).await.expect("a page").saved, None);
}
