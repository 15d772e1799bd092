//! The list of auctions: filters, sorts, pages, search.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use market::{
    AuctionId, Money,
    opening::{Condition, Opening, Reach},
    store::catalogue::PAGE,
    view::{Card, Filter, ListQuery, Shelf, Sort, Stage, Standing},
};

use crate::{Scene, db::plain, end, noon, usual};

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

    async fn ids(&self, query: &ListQuery) -> Vec<AuctionId> {
        let page = self.market().list(&Filter::read(query), None).await.expect("a page");
        page.cards.iter().map(|card| card.id).collect()
    }

    /// Every card, page by page, in order.
    async fn walk(&self, query: &ListQuery) -> Vec<Card> {
        let mut query = query.clone();
        let mut cards = Vec::new();
        loop {
            let page = self.market().list(&Filter::read(&query), Some(self.minji)).await.expect("a page");
            assert!(page.cards.len() <= PAGE);
            cards.extend(page.cards);
            let Some(next) = page.next else { return cards };
            query.after = next;
        }
    }
}

fn query(change: impl FnOnce(&mut ListQuery)) -> ListQuery {
    let mut query = ListQuery::default();
    change(&mut query);
    query
}

/// Three items as they are in the shops: a chair and books in Mapo, a camera in Busan for the whole country.
async fn shop() -> (Scene, [AuctionId; 3]) {
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
        (query(|query| query.category = "없는 것".into()), vec![]),
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

/// Sixty auctions: ends, start prices and bids with many ties, some scheduled.
async fn sixty() -> Scene {
    let scene = Scene::new().await;
    for number in 0..60 {
        let at = noon() + TimeDelta::seconds(number / 7);
        scene.set(at);
        let mut opening = usual();
        opening.terms.start_price = Money::won(1_000 * (1 + number % 5));
        let ends_at = end() + TimeDelta::minutes(number % 4);
        let opening = Opening { starts_at: at, ends_at, ..opening };
        let auction = scene.database.auction(scene.seller, &number.to_string(), &opening).await;
        for bids in 0..number % 3 {
            let user = if bids == 0 { scene.minji } else { scene.junho };
            scene.bid(user, auction, plain(6_000 + bids * 1_000)).await.ok();
        }
    }
    scene
}

#[tokio::test]
async fn the_pages_of_every_sort_show_each_auction_once_in_order() {
    let scene = sixty().await;
    for sort in Sort::ALL {
        let cards = scene.walk(&query(|query| query.sort = sort.as_str().into())).await;
        let ids: BTreeSet<_> = cards.iter().map(|card| card.id).collect();
        assert_eq!((cards.len(), ids.len()), (60, 60), "{sort:?}");
        let in_order = cards.windows(2).all(|pair| {
            let [one, two] = pair else { return true };
            match sort {
                Sort::EndingSoon => (one.ends_at, one.id) < (two.ends_at, two.id),
                Sort::New => one.id > two.id,
                Sort::PriceUp => (one.shown_price(), one.id) < (two.shown_price(), two.id),
                Sort::PriceDown => (one.shown_price(), one.id) > (two.shown_price(), two.id),
                Sort::MostBids => (one.bid_count, one.id) > (two.bid_count, two.id),
            }
        });
        assert!(in_order, "{sort:?}");
        assert!(cards.iter().any(|card| card.standing == Standing::Outbid), "{sort:?}");
    }
}

#[tokio::test]
async fn ended_auctions_are_paged_the_latest_first() {
    let scene = sixty().await;
    scene.set(end() + TimeDelta::hours(1));
    for auction in scene.market().due(100).await.expect("asked") {
        scene.market().close(auction).await.expect("closed");
    }
    for sort in [Sort::EndingSoon, Sort::New] {
        let cards = scene
            .walk(&query(|query| {
                query.status = Stage::Ended.as_str().into();
                query.sort = sort.as_str().into();
            }))
            .await;
        assert_eq!(cards.len(), 60);
        assert!(cards.windows(2).all(|pair| match sort {
            Sort::EndingSoon => (pair[0].ends_at, pair[0].id) > (pair[1].ends_at, pair[1].id),
            _ => pair[0].id > pair[1].id,
        }));
    }
}

#[tokio::test]
async fn a_page_begins_behind_the_last_row_whatever_was_added_meanwhile() {
    let scene = sixty().await;
    let newest = query(|query| query.sort = "new".into());
    let first = scene.market().list(&Filter::read(&newest), None).await.expect("a page");
    scene.auction("added meanwhile").await;
    let after = query(|query| {
        query.sort = "new".into();
        query.after = first.next.clone().expect("more");
    });
    let second = scene.ids(&after).await;
    let last = first.cards.last().expect("cards").id;
    assert!(second.iter().all(|&id| id < last), "nothing twice, nothing skipped");
    assert_eq!(second[0].0, last.0 - 1);
}

#[tokio::test]
async fn s1_no_cursor_however_senseless_is_a_failure() {
    let (scene, _) = shop().await;
    for after in [i64::MIN, -8_000_000_000_000_000_000, -300_000_000_000_000_000, -1, 0, i64::MAX] {
        for sort in Sort::ALL {
            let senseless = query(|query| {
                query.sort = sort.as_str().into();
                query.after = format!("{after}.{after}");
            });
            let page = scene.market().list(&Filter::read(&senseless), None).await;
            assert!(page.is_ok(), "{senseless:?}: {page:?}");
        }
    }
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

#[tokio::test]
async fn my_page_puts_each_auction_on_the_shelf_of_what_comes_next() {
    let scene = Scene::new().await;
    let market = scene.market();
    let (leading, outbid) = (scene.auction("leading").await, scene.auction("outbid").await);
    let (won, lost) = (scene.auction("won").await, scene.auction("lost").await);
    for auction in [leading, won] {
        scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    }
    for auction in [outbid, lost] {
        scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
        scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    }
    let mut hour_more = usual();
    hour_more.ends_at += TimeDelta::hours(1);
    let watched = scene.database.auction(scene.junho, "watched", &hour_more).await;
    assert!(market.watch(scene.minji, watched, true).await.expect("watches"));
    market.watch(scene.minji, watched, true).await.expect("again");
    assert!(!market.watch(scene.minji, lost, false).await.expect("does not watch"));
    let later = end() + TimeDelta::hours(1);
    let extend = sqlx::query("UPDATE auctions SET ends_at = $1, first_end = $1 WHERE id = ANY($2)");
    let extended = extend.bind(later).bind(vec![leading.0, outbid.0]).execute(&scene.database.pool).await;
    extended.expect("a longer run");
    scene.end();
    for auction in market.due(10).await.expect("asked") {
        market.close(auction).await.expect("closed");
    }
    let page = market.my_page(scene.minji).await.expect("my page");
    for (shelf, cards) in page.shelves {
        let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
        let expected = match shelf {
            Shelf::Leading => vec![leading],
            Shelf::Outbid => vec![outbid],
            Shelf::Won => vec![won],
            Shelf::Lost => vec![lost],
            Shelf::Watching => vec![watched],
            Shelf::Selling | Shelf::Sold => vec![],
        };
        assert_eq!(ids, expected, "{shelf:?}");
    }
    assert_eq!(market.featured(None).await.expect("asked").expect("one").state.id, outbid);
}
