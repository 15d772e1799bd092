//! Finding: what people type, and how far it is.

use std::collections::BTreeSet;

use market::{
    AuctionId,
    view::{Cursor, Filter, ListQuery, Sort},
};

use crate::{Scene, lists::query, usual};

async fn titled(scene: &Scene, title: &str, region: &str) -> AuctionId {
    let mut opening = usual();
    title.clone_into(&mut opening.listing.title);
    "기타".clone_into(&mut opening.listing.category);
    opening.listing.region = Some(region.to_owned());
    scene.database.auction(scene.seller, &format!("{title} {region}"), &opening).await
}

#[tokio::test]
async fn what_people_type_finds_what_they_mean_and_says_what_was_looked_for_instead() {
    let scene = Scene::new().await;
    let (leica, iphone) = (
        titled(&scene, "라이카 M3 더블스트로크", "11440").await,
        titled(&scene, "아이폰12 미니", "11440").await,
    );
    let (chair, book) = (
        titled(&scene, "빈티지 라운지 체어", "11440").await,
        titled(&scene, "동화책 스무 권", "11440").await,
    );
    for (typed, found, instead) in [
        ("라이카", vec![leica], None),
        ("LEICA m3", vec![leica], None),
        ("라이까", vec![leica], Some("라이카")),
        ("라이까 m3", vec![leica], Some("라이카 m3")),
        ("더블스트러크", vec![leica], Some("더블스트로크")),
        ("ㄹㅇㅋ", vec![leica], None),
        ("ㄹㅇㅋ m3", vec![leica], None),
        ("라이ㅋ", vec![leica], None),
        ("아이폭", vec![iphone], Some("아이폰")),
        ("iphone", vec![iphone], None),
        ("라운지체어", vec![chair], None),
        ("책", vec![book], None),
        ("ㄷㅎㅊ", vec![book], None),
        ("라이카 의자", vec![], None),
        ("없는물건", vec![], None),
        ("%", vec![], None),
    ] {
        let filter = Filter::read(&query(|query| query.q = typed.to_owned()));
        let page = scene.market().list(&filter, None).await.expect("a page");
        let ids: Vec<_> = page.cards.iter().map(|card| card.id).collect();
        assert_eq!((ids, page.instead.as_deref()), (found.clone(), instead), "{typed}");
        assert_eq!(page.count, i64::try_from(found.len()).unwrap_or(-1), "{typed}");
    }
}

#[tokio::test]
async fn nearest_first_goes_by_the_distance_from_the_region() {
    let scene = Scene::new().await;
    // 망원동, 합정동 beside it, 수원 35 km and 부산 320 km away.
    let [busan, suwon, hapjeong, mangwon] = [
        titled(&scene, "부산", "26500105").await,
        titled(&scene, "수원", "41117105").await,
        titled(&scene, "합정", "11440122").await,
        titled(&scene, "망원", "11440123").await,
    ];
    let near = query(|query| (query.sort, query.region) = ("near".to_owned(), "11440123".to_owned()));
    let page = scene.market().list(&Filter::read(&near), None).await.expect("a page");
    let ids: Vec<_> = page.cards.iter().map(|card| card.id).collect();
    assert_eq!(ids, [mangwon, hapjeong, suwon, busan]);
    let distances: Vec<i32> = page.cards.iter().map(|card| card.distance.expect("a distance")).collect();
    assert_eq!(distances[0], 0);
    for (distance, range) in distances[1..].iter().zip([500..3_000, 25_000..45_000, 300_000..340_000]) {
        assert!(range.contains(distance), "{distances:?}");
    }
    // Who lives somewhere need not say where; a visitor must.
    let near = query(|query| query.sort = "near".to_owned());
    let mine = scene.market().list(&Filter::read(&near), Some(scene.minji)).await.expect("a page");
    assert!(mine.cards[0].distance.is_some() && mine.ignored.is_empty(), "{:?}", mine.ignored);
    let nobodys = scene.market().list(&Filter::read(&near), None).await.expect("a page");
    assert_eq!((nobodys.ignored, nobodys.cards[0].distance), (vec!["sort".to_owned()], None));
}

#[tokio::test]
async fn the_pages_of_what_is_near_show_each_auction_once_also_where_many_are_equally_far() {
    let scene = Scene::new().await;
    for number in 0..60 {
        titled(&scene, &format!("물건 {number}"), if number % 3 == 0 { "11440123" } else { "11440122" })
            .await;
    }
    let mut asked = query(|query| (query.sort, query.region) = ("near".to_owned(), "11440123".to_owned()));
    let (mut ids, mut distances) = (Vec::new(), Vec::new());
    loop {
        let page = scene.market().list(&Filter::read(&asked), None).await.expect("a page");
        ids.extend(page.cards.iter().map(|card| card.id));
        distances.extend(page.cards.iter().filter_map(|card| card.distance));
        let Some(next) = page.next else { break };
        asked.after = next;
    }
    assert_eq!(ids.len(), 60);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 60);
    assert!(distances.is_sorted(), "{distances:?}");
}

#[tokio::test]
async fn s1_a_category_that_is_none_and_a_cursor_of_another_order_are_no_failures() {
    let scene = Scene::new().await;
    let id = titled(&scene, "물건", "11440").await;
    let filter = Filter::read(&query(|query| query.category = "없는-분류".to_owned()));
    let page = scene.market().list(&filter, None).await.expect("a page");
    assert_eq!((page.cards[0].id, page.ignored), (id, vec!["category".to_owned()]));
    for sort in Sort::ALL {
        for key in [i64::MIN, -1, 0, 1, i64::MAX] {
            let after = Cursor { key, id: AuctionId(i64::MAX) }.encode();
            let asked = ListQuery {
                sort: sort.as_str().to_owned(),
                after,
                region: "11".into(),
                ..Default::default()
            };
            scene.market().list(&Filter::read(&asked), None).await.expect("a page");
        }
    }
}

#[tokio::test]
async fn auctions_that_an_older_build_indexed_are_found_after_the_next_start() {
    let scene = Scene::new().await;
    let id = titled(&scene, "라이카 M3", "11440").await;
    let forget = "UPDATE auctions SET grams = '{}', grams_version = 0";
    sqlx::query(forget).execute(&scene.database.pool).await.expect("an older build");
    sqlx::query("DELETE FROM words").execute(&scene.database.pool).await.expect("an older build");
    let typed = query(|query| query.q = "라이까".to_owned());
    assert_eq!(scene.ids(&typed).await, []);
    scene.market().migrate().await.expect("a start");
    assert_eq!(scene.ids(&typed).await, [id]);
}
