//! The list of auctions: filters, sorts, pages, search.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use market::{
    AuctionId, Money,
    opening::{Condition, Reach},
    view::{Filter, ListQuery},
};

use crate::{Scene, db::plain, usual};

/// What differs from the usual auction.
struct Item<'a> {
    title: &'a str,
    category: &'a str,
    region: &'a str,
    reach: Reach,
    start_price: i64,
}

const CHAIR: Item = Item {
    title: "원목 의자 세트",
    category: "가구-인테리어",
    region: "11440",
    reach: Reach::Neighbourhood,
    start_price: 20_000,
};
const CAMERA: Item = Item {
    title: "라이카 M3",
    category: "디지털",
    region: "26110",
    reach: Reach::National,
    start_price: 500_000,
};
const BOOKS: Item = Item {
    title: "그림책 Picture Books",
    category: "도서",
    region: "1144010",
    reach: Reach::Neighbourhood,
    start_price: 5_000,
};

impl Scene {
    async fn list_item(&self, item: &Item<'_>) -> AuctionId {
        let mut opening = usual();
        opening.listing.title = item.title.to_owned();
        opening.listing.category = item.category.to_owned();
        opening.listing.region = Some(item.region.to_owned());
        opening.listing.reach = item.reach;
        opening.terms.start_price = Money::won(item.start_price);
        self.database.auction(self.seller, item.title, &opening).await
    }

    pub async fn ids(&self, query: &ListQuery) -> Vec<AuctionId> {
        let page = self.market().list(&Filter::read(query), None).await.expect("a page");
        page.cards.iter().map(|card| card.id).collect()
    }
}

/// A query that differs from the plain one.
pub fn query(change: impl FnOnce(&mut ListQuery)) -> ListQuery {
    let mut query = ListQuery::default();
    change(&mut query);
    query
}

/// Three items as they are in the shops: a chair and books in Mapo, a camera in Busan for the whole country.
pub async fn shop() -> (Scene, [AuctionId; 3]) {
    let scene = Scene::new().await;
    let books = Item { region: "11440101", ..BOOKS };
    let mut ids = [AuctionId(0); 3];
    for (id, item) in ids.iter_mut().zip([&CHAIR, &CAMERA, &books]) {
        *id = scene.list_item(item).await;
    }
    (scene, ids)
}

#[tokio::test]
async fn filters_show_what_they_name_and_nothing_else() {
    let (scene, [chair, camera, books]) = shop().await;
    let mut worn = usual();
    worn.listing.condition = Condition::C;
    let worn = scene.database.auction(scene.seller, "worn", &worn).await;
    let cases = [
        (query(|_| {}), vec![chair, camera, books, worn]),
        (query(|query| query.category = "도서".into()), vec![books]),
        (query(|query| query.category = "없는 것".into()), vec![chair, camera, books, worn]),
        (query(|query| query.condition = "C".into()), vec![worn]),
        (query(|query| query.reach = "neighbourhood".into()), vec![chair, books]),
        (query(|query| query.min_price = "20,000".into()), vec![chair, camera]),
        (query(|query| query.max_price = "20000".into()), vec![chair, books, worn]),
        (query(|query| query.status = "scheduled".into()), vec![]),
        (query(|query| query.status = "ended".into()), vec![]),
        (query(|query| query.min_price = "abc".into()), vec![chair, camera, books, worn]),
    ];
    for (query, expected) in cases {
        assert_eq!(scene.ids(&query).await, expected, "{query:?}");
    }
    let page = scene.market().list(&Filter::default(), None).await.expect("a page");
    assert_eq!((page.count, page.next), (4, None));
}

#[tokio::test]
async fn a_region_shows_its_subtree_and_everything_national() {
    let (scene, [chair, camera, books]) = shop().await;
    let cases = [
        ("11", vec![chair, camera, books]),
        ("11440", vec![chair, camera, books]),
        ("11440101", vec![camera, books]),
        ("11440102", vec![camera]),
        ("26", vec![camera]),
        ("all", vec![chair, camera, books]),
    ];
    for (region, expected) in cases {
        assert_eq!(scene.ids(&query(|query| query.region = region.into())).await, expected, "{region}");
    }
    let filter = Filter::read(&query(|query| query.region = "11440".into()));
    let page = scene.market().list(&filter, None).await.expect("a page");
    assert_eq!(page.region.expect("named").full_name, "서울특별시 마포구");
    let filter = Filter::read(&query(|query| query.region = "99".into()));
    let page = scene.market().list(&filter, None).await.expect("a page with a hint");
    assert_eq!((page.region, page.ignored), (None, vec!["region".to_owned()]));
}

#[tokio::test]
async fn search_finds_words_of_two_syllables_leading_consonants_and_category_names() {
    let (scene, [chair, camera, books]) = shop().await;
    let cases = [
        ("의자", vec![chair]),
        ("의자 세트", vec![chair]),
        ("의자 라이카", vec![]),
        ("ㄹㅇㅋ", vec![camera]),
        ("ㅇㅈ", vec![chair]),
        ("m3", vec![camera]),
        ("M3!", vec![camera]),
        ("picture", vec![books]),
        ("furniture", vec![chair]),
        ("도서", vec![books]),
        ("그림책", vec![books]),
        ("%", vec![]),
        ("'; DROP TABLE users; --", vec![]),
    ];
    for (words, expected) in cases {
        assert_eq!(scene.ids(&query(|query| query.q = words.into())).await, expected, "{words}");
    }
}

#[tokio::test]
async fn v9_auctions_without_bids_sort_by_their_start_price_and_ended_ones_are_not_running() {
    let (scene, [chair, camera, books]) = shop().await;
    let mut later = usual();
    later.ends_at += TimeDelta::minutes(1);
    let later = scene.database.auction(scene.seller, "later", &later).await;
    scene.bid(scene.minji, later, plain(30_000)).await.expect("accepted");
    let up = query(|query| query.sort = "price_up".into());
    assert_eq!(scene.ids(&up).await, [books, chair, later, camera]);
    let down = query(|query| query.sort = "price_down".into());
    assert_eq!(scene.ids(&down).await, [camera, later, chair, books]);
    assert_eq!(scene.ids(&query(|query| query.sort = "most_bids".into())).await[0], later);
    scene.end();
    assert_eq!(scene.ids(&up).await, [later], "before anybody has closed them");
    for auction in scene.market().due(10).await.expect("asked") {
        scene.market().close(auction).await.expect("closed");
    }
    let ended = query(|query| query.status = "ended".into());
    assert_eq!(scene.ids(&ended).await.into_iter().collect::<BTreeSet<_>>(), [chair, camera, books].into());
}

#[tokio::test]
async fn regions_are_found_by_what_is_typed() {
    let scene = Scene::new().await;
    let market = scene.market();
    for (typed, first) in [
        ("마포", "서울특별시 마포구"),
        ("마포구", "서울특별시 마포구"),
        ("서울 마포 아현", "서울특별시 마포구 아현동"),
        ("ㅇㅎㄷ", ""),
        ("", ""),
        ("%", ""),
    ] {
        let found = market.find_regions(typed).await.expect("found");
        assert!(found.len() <= 12);
        if !first.is_empty() {
            assert_eq!(found[0].full_name, first, "{typed}");
        }
        let leads = market::search::is_leads(typed);
        assert_eq!(found.is_empty(), first.is_empty() && !leads, "{typed}");
    }
    assert_eq!(market.region("11440").await.expect("asked").expect("known").name, "마포구");
    assert_eq!(market.region("abc").await.expect("asked"), None);
    assert_eq!(market.categories().await.expect("asked").len(), 15);
}
