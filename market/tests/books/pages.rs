//! The pages of a list, one behind the other, and the shelves of my page.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use market::{
    Money,
    opening::Opening,
    store::lists::PAGE,
    view::{Card, Cursor, Filter, ListQuery, Shelf, Sort, Stage, Standing},
};

use crate::{
    Scene,
    db::plain,
    end,
    lists::{query, shop},
    noon, usual,
};

impl Scene {
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
                Sort::Near => one.distance <= two.distance,
            }
        });
        assert!(in_order, "{sort:?}");
        assert!(cards.iter().any(|card| card.standing == Standing::Outbid), "{sort:?}");
    }
}

#[tokio::test]
async fn what_begins_is_new_then_however_long_ago_it_was_opened() {
    let scene = Scene::new().await;
    let at = noon() + TimeDelta::minutes(1);
    let later = Opening { starts_at: at, ends_at: end() + TimeDelta::hours(1), ..usual() };
    let announced = scene.database.auction(scene.seller, "announced", &later).await;
    let running = scene.auction("running").await;
    let newest = query(|query| query.sort = "new".into());
    assert_eq!(scene.ids(&newest).await, [running]);
    scene.set(at);
    assert_eq!(scene.ids(&newest).await, [announced, running]);
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
    for shelf in Shelf::ALL {
        let page = market.my_page(scene.minji, Some(shelf), None).await.expect("my page");
        let ids: Vec<_> = page.rows.iter().map(|row| row.card.id).collect();
        let counted = page.counts.iter().find(|(counted, _)| *counted == shelf).map(|(_, count)| *count);
        assert_eq!(counted, i64::try_from(ids.len()).ok(), "{shelf:?}");
        let expected = match shelf {
            Shelf::Leading => vec![leading],
            Shelf::Outbid => vec![outbid],
            Shelf::Won => vec![won],
            Shelf::Lost => vec![lost],
            Shelf::Watching => vec![watched],
            Shelf::Selling | Shelf::Sold => vec![],
        };
        assert_eq!(ids, expected, "{shelf:?}");
        assert_eq!(page.rows.iter().any(|row| row.trade.is_some()), shelf == Shelf::Won, "{shelf:?}");
    }
    let urgent = market.my_page(scene.minji, None, None).await.expect("my page");
    assert_eq!(urgent.shown, Shelf::Outbid);
    assert_eq!(market.featured(None).await.expect("asked").expect("one").state.id, outbid);
}

#[tokio::test]
async fn a_shelf_with_many_rows_has_pages_and_shows_each_row_once() {
    let scene = Scene::new().await;
    let market = scene.market();
    for number in 0..65 {
        scene.auction(&format!("auction {number}")).await;
    }
    let (mut ids, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = market.my_page(scene.seller, Some(Shelf::Selling), after).await.expect("a page");
        ids.extend(page.rows.iter().map(|row| row.card.id));
        pages += 1;
        let Some(next) = page.next else { break };
        after = Some(Cursor::decode(&next).expect("a cursor"));
    }
    assert_eq!((ids.len(), pages), (65, 3));
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "all end at once: by number");
}
