//! Opening auctions.

use chrono::TimeDelta;
use market::{
    PictureId, Refusal,
    auction::StatusCode,
    live::Phase,
    opening::{Draft, Listing, Opening, Reach},
    refusal::Reason,
};

use super::editing::picture;
use crate::{
    Scene,
    db::{plain, refusal},
    noon, usual,
};

#[tokio::test]
async fn an_auction_opened_twice_with_one_key_is_opened_once_also_at_the_same_moment() {
    let scene = Scene::new().await;
    let market = scene.market();
    let opening = usual();
    let (first, second) = tokio::join!(
        market.open_auction(scene.seller, "key", &opening),
        market.open_auction(scene.seller, "key", &opening),
    );
    let first = first.expect("opened");
    assert_eq!(second.expect("the same"), first);
    assert_eq!(market.open_auction(scene.seller, "key", &opening).await.expect("the same"), first);
    let other = market.open_auction(scene.minji, "key", &opening).await.expect("another seller's key");
    assert_ne!(other, first);
    assert_eq!(scene.database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 2);
}

#[tokio::test]
async fn a_category_or_a_region_that_does_not_exist_is_a_fault_of_its_field() {
    let scene = Scene::new().await;
    let usual = usual();
    let listing = |change: fn(&mut Listing)| {
        let mut listing = usual.listing.clone();
        change(&mut listing);
        Opening { listing, ..usual.clone() }
    };
    let cases = [
        ("category", listing(|listing| listing.category = "없는 것".to_owned())),
        ("region", listing(|listing| listing.region = Some("99".to_owned()))),
    ];
    for (field, opening) in cases {
        let refused = refusal(scene.market().open_auction(scene.seller, field, &opening).await);
        assert_eq!(refused, Refusal::field(field, Reason::Unknown));
    }
    assert_eq!(scene.database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 0);
}

#[tokio::test]
async fn an_auction_stands_in_its_sellers_region_unless_another_was_chosen() {
    let scene = Scene::new().await;
    let mut opening = usual();
    let own = scene.database.auction(scene.seller, "own", &opening).await;
    opening.listing.region = Some("26".to_owned());
    let chosen = scene.database.auction(scene.seller, "chosen", &opening).await;
    for (auction, region) in [(own, "서울특별시 마포구"), (chosen, "부산광역시")] {
        let page = scene.market().auction_page(auction, None).await.expect("a page");
        assert_eq!(page.about.region.full_name, region);
    }
}

#[tokio::test]
async fn what_a_draft_says_is_what_the_page_shows() {
    let scene = Scene::new().await;
    let draft = Draft {
        title: "라이카 M3".into(),
        description: "셔터 점검 완료".into(),
        category: "디지털".into(),
        condition: "A".into(),
        shipping: "buyer".into(),
        reach: "neighbourhood".into(),
        start_price: "10,000".into(),
        increment: "ladder".into(),
        buy_now: "200,000".into(),
        reserve: "150,000".into(),
        ends_at: "2024-10-05T21:00".into(),
        soft_close: "live_show".into(),
        settlement: "on_handover".into(),
        ..Draft::default()
    };
    let opening = draft.check(noon()).expect("sound");
    let auction = scene.database.auction(scene.seller, "key", &opening).await;
    let page = scene.market().auction_page(auction, None).await.expect("a page");
    let (about, terms) = (page.about, opening.terms);
    assert_eq!((about.title, about.description), (opening.listing.title, opening.listing.description));
    assert_eq!((about.increment, about.buy_now), (terms.increment, terms.buy_now));
    assert_eq!((about.soft_close, about.settlement), (terms.soft_close, terms.settlement));
    assert_eq!((about.start_price, about.reach), (terms.start_price, Reach::Neighbourhood));
    assert_eq!(page.state.reserve_met, Some(false), "the reserve itself is never shown");
    assert_eq!((page.state.starts_at, page.state.ends_at), (noon(), opening.ends_at));
}

#[tokio::test]
async fn an_auction_opens_with_the_pictures_that_its_seller_sent_or_not_at_all() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (own, foreign) = (picture(&scene, scene.seller, "a").await, picture(&scene, scene.minji, "b").await);
    let nobodys: PictureId = "c".repeat(64).parse().expect("a name");
    let with = |pictures: &[&PictureId]| Opening {
        pictures: pictures.iter().map(|&picture| picture.clone()).collect(),
        ..usual()
    };
    for picture in [&foreign, &nobodys] {
        let refused = market.open_auction(scene.seller, "key", &with(&[&own, picture])).await;
        assert_eq!(refusal(refused), Refusal::NotYours);
    }
    assert_eq!(scene.database.count("SELECT count(*) FROM auctions WHERE $1 = 0", 0).await, 0);
    let both = picture(&scene, scene.seller, "b").await;
    let auction = market.open_auction(scene.seller, "key", &with(&[&both, &own])).await.expect("opened");
    let page = market.auction_page(auction, None).await.expect("a page");
    assert_eq!(page.about.pictures, [both, own]);
}

#[tokio::test]
async fn v1_a_scheduled_auction_refuses_before_its_start_and_takes_bids_from_then_on() {
    let scene = Scene::new().await;
    let starts_at = noon() + TimeDelta::minutes(10);
    let auction = scene.database.auction(scene.seller, "key", &Opening { starts_at, ..usual() }).await;
    let page = scene.market().auction_page(auction, None).await.expect("a page");
    assert_eq!(page.state.phase(noon()), Phase::Scheduled);
    scene.set(starts_at - TimeDelta::microseconds(1));
    assert_eq!(refusal(scene.bid(scene.minji, auction, plain(10_000)).await), Refusal::NotStarted);
    scene.set(starts_at);
    let receipt = scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    assert_eq!((receipt.state.phase(starts_at), receipt.state.status), (Phase::Running, StatusCode::Live));
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_neighbourhood_auction_goes_national_once_by_its_seller_while_it_runs() {
    let scene = Scene::new().await;
    let market = scene.market();
    let mut opening = usual();
    opening.listing.reach = Reach::Neighbourhood;
    let auction = scene.database.auction(scene.seller, "key", &opening).await;
    let late = scene.database.auction(scene.seller, "late", &opening).await;
    assert_eq!(refusal(market.live_state(auction).await), Refusal::NotFound, "it has no topic");
    assert_eq!(refusal(market.make_national(scene.minji, auction).await), Refusal::NotYours);
    market.make_national(scene.seller, auction).await.expect("national");
    assert_eq!(market.live_state(auction).await.expect("a topic").seq, 2);
    assert_eq!(refusal(market.make_national(scene.seller, auction).await), Refusal::AlreadyNational);
    scene.end();
    assert_eq!(refusal(market.make_national(scene.seller, late).await), Refusal::Ended);
}
