//! Searches that people keep, whom they tell of what, and the shelves of the first page.

use chrono::TimeDelta;
use market::{
    AuctionId, Refusal, SearchId, UserId,
    opening::{Opening, Reach},
    refusal::Reason,
    store::Result,
    view::{Filter, FrontShelves, ListQuery, NoticeKind, SEARCHES_MAX, kept},
};

use crate::{
    Scene,
    db::{noon, refusal},
    end,
    lists::query,
    usual,
};

impl Scene {
    async fn keep(&self, user: UserId, key: &str, query: &ListQuery) -> Result<SearchId> {
        self.market().save_search(user, key, &Filter::read(query)).await
    }

    async fn open_like(&self, key: &str, change: impl FnOnce(&mut Opening)) -> AuctionId {
        let mut opening = usual();
        change(&mut opening);
        self.database.auction(self.seller, key, &opening).await
    }

    /// The auctions somebody was told he had looked for, each with how often, oldest first.
    async fn found(&self, user: UserId) -> Vec<(AuctionId, i32)> {
        let notices = self.market().notices(user, 50).await.expect("notices");
        let found = notices.iter().filter(|notice| notice.kind == NoticeKind::Found);
        found.map(|notice| (notice.auction, notice.times)).rev().collect()
    }
}

fn leica() -> ListQuery {
    query(|query| query.q = "라이카".into())
}

/// What an auction of its seller must be like: the title 라이카 M3, digital, of condition A, for 10,000 won,
/// national, in Mapo, unless changed.
fn mapo_alone(opening: &mut Opening) {
    opening.listing.reach = Reach::Neighbourhood;
    opening.listing.region = Some("11440101".to_owned());
}

#[tokio::test]
async fn each_filter_of_a_search_tells_of_what_fits_it_and_of_nothing_else() {
    let scene = Scene::new().await;
    let cases: [(ListQuery, bool); 24] = [
        (query(|query| query.q = "라이카".into()), true),
        (query(|query| query.q = "m3 라이카".into()), true),
        (query(|query| query.q = "ㄹㅇㅋ".into()), true),
        (query(|query| query.q = "의자".into()), false),
        (query(|query| query.q = "라이카 의자".into()), false),
        (query(|query| query.region = "11".into()), true),
        (query(|query| query.region = "11440".into()), true),
        (query(|query| query.region = "11440101".into()), true),
        (query(|query| query.region = "11440102".into()), false),
        (query(|query| query.region = "26".into()), false),
        (query(|query| query.category = "디지털".into()), true),
        (query(|query| query.category = "도서".into()), false),
        (query(|query| query.min_price = "10000".into()), true),
        (query(|query| query.min_price = "10001".into()), false),
        (query(|query| query.max_price = "10,000".into()), true),
        (query(|query| query.max_price = "9999".into()), false),
        (query(|query| query.condition = "A".into()), true),
        (query(|query| query.condition = "S".into()), false),
        (query(|query| query.reach = "neighbourhood".into()), true),
        (query(|query| query.reach = "national".into()), false),
        (query(|query| (query.q, query.region) = ("라이카".into(), "11".into())), true),
        (query(|query| (query.q, query.region) = ("라이카".into(), "26".into())), false),
        (query(|query| (query.max_price, query.condition) = ("10000".into(), "A".into())), true),
        (query(|query| (query.max_price, query.condition) = ("10000".into(), "C".into())), false),
    ];
    let mut people = Vec::new();
    for (number, (query, _)) in cases.iter().enumerate() {
        let person = scene.database.person(&format!("person_{number}"), 0).await;
        scene.keep(person, "key", query).await.expect("saved");
        people.push(person);
    }
    let auction = scene.open_like("a", mapo_alone).await;
    assert_eq!(scene.market().match_saved_searches(10).await.expect("matched"), 1);
    for (person, (query, fits)) in people.into_iter().zip(cases) {
        let expected = if fits { vec![(auction, 1)] } else { Vec::new() };
        assert_eq!(scene.found(person).await, expected, "{query:?}");
    }
}

#[tokio::test]
async fn what_the_whole_country_may_see_fits_every_region() {
    let scene = Scene::new().await;
    scene.keep(scene.minji, "key", &query(|query| query.region = "26".into())).await.expect("saved");
    let auction = scene.auction("a").await;
    scene.market().match_saved_searches(10).await.expect("matched");
    assert_eq!(scene.found(scene.minji).await, [(auction, 1)]);
}

#[tokio::test]
async fn one_is_told_once_of_an_auction_however_many_searches_it_fits() {
    let scene = Scene::new().await;
    let market = scene.market();
    let before = scene.auction("before").await;
    market.match_saved_searches(10).await.expect("matched");
    scene.keep(scene.minji, "words", &leica()).await.expect("saved");
    scene.keep(scene.minji, "price", &query(|query| query.max_price = "10000".into())).await.expect("saved");
    let [first, second] = [scene.auction("first").await, scene.auction("second").await];
    assert_eq!(market.match_saved_searches(1).await.expect("the oldest"), 1);
    assert_eq!(scene.found(scene.minji).await, [(first, 1)], "and not {before}, which was there before");
    assert_eq!(market.match_saved_searches(10).await.expect("the rest"), 1);
    assert_eq!(market.match_saved_searches(10).await.expect("nothing"), 0);
    assert_eq!(scene.found(scene.minji).await, [(first, 1), (second, 1)]);
    assert_eq!(market.my_state(scene.minji).await.expect("a state").unread, 2);
}

#[tokio::test]
async fn nobody_is_told_of_his_own_nor_of_whom_he_has_blocked_nor_of_what_is_over() {
    let scene = Scene::new().await;
    let market = scene.market();
    for user in [scene.seller, scene.minji, scene.junho] {
        scene.keep(user, "key", &leica()).await.expect("saved");
    }
    market.block(scene.minji, scene.seller).await.expect("blocked");
    let auction = scene.auction("a").await;
    assert_eq!(market.match_saved_searches(10).await.expect("matched"), 1);
    assert_eq!(scene.found(scene.seller).await, []);
    assert_eq!(scene.found(scene.minji).await, []);
    assert_eq!(scene.found(scene.junho).await, [(auction, 1)]);

    market.unblock(scene.minji, scene.seller).await.expect("unblocked");
    scene.auction("cancelled").await;
    let cancelled = scene.auction("b").await;
    scene.cancel_by_staff(cancelled).await.expect("cancelled");
    scene.end();
    assert_eq!(market.match_saved_searches(10).await.expect("looked at"), 2);
    assert_eq!(scene.found(scene.minji).await, []);
}

#[tokio::test]
async fn two_servers_at_once_tell_each_person_once() {
    const AUCTIONS: usize = 30;
    let scene = Scene::new().await;
    for user in [scene.minji, scene.junho] {
        scene.keep(user, "key", &leica()).await.expect("saved");
    }
    for number in 0..AUCTIONS {
        scene.auction(&number.to_string()).await;
    }
    let other = scene.database.another_server(2).await;
    let drain = async |market: &market::store::Market| {
        let mut matched = 0;
        loop {
            match market.match_saved_searches(4).await.expect("matched") {
                0 => return matched,
                more => matched += more,
            }
        }
    };
    let (here, there) = tokio::join!(drain(scene.market()), drain(&other));
    assert_eq!(here + there, AUCTIONS);
    for user in [scene.minji, scene.junho] {
        let found = scene.found(user).await;
        assert_eq!(found.len(), AUCTIONS);
        assert!(found.iter().all(|(_, times)| *times == 1), "{found:?}");
    }
    scene.database.assert_sound().await;
}

#[tokio::test]
async fn a_search_is_shown_as_it_was_saved() {
    let scene = Scene::new().await;
    let typed = ListQuery {
        q: "라이카".into(),
        region: "11440".into(),
        category: "디지털".into(),
        min_price: "1,000".into(),
        max_price: "50000".into(),
        condition: "A".into(),
        reach: "national".into(),
        sort: "new".into(),
        status: "ended".into(),
        ..ListQuery::default()
    };
    let id = scene.keep(scene.minji, "all", &typed).await.expect("saved");
    let country = scene.keep(scene.minji, "country", &leica()).await.expect("saved");
    let saved = scene.market().saved_searches(scene.minji).await.expect("searches");
    assert_eq!(saved.iter().map(|search| search.id).collect::<Vec<_>>(), [country, id]);
    for (search, typed) in saved.iter().zip([leica(), typed]) {
        assert_eq!(Some(&search.query), kept(&Filter::read(&typed)).as_ref());
    }
    assert_eq!(saved[1].region.as_ref().expect("a region").full_name, "서울특별시 마포구");
    assert_eq!(saved[1].category.as_ref().expect("a category").slug, "디지털");
    assert!(scene.market().saved_searches(scene.junho).await.expect("searches").is_empty());
}

#[tokio::test]
async fn k6_a_search_sent_twice_is_saved_once() {
    let scene = Scene::new().await;
    let first = scene.keep(scene.minji, "key", &leica()).await.expect("saved");
    assert_eq!(scene.keep(scene.minji, "key", &leica()).await.expect("the same"), first);
    assert_eq!(scene.keep(scene.minji, "other", &leica()).await.expect("the same search"), first);
    let other = query(|query| query.q = "의자".into());
    assert_eq!(refusal(scene.keep(scene.minji, "key", &other).await), Refusal::KeyReused);
    assert_ne!(scene.keep(scene.junho, "key", &leica()).await.expect("his own"), first);
    let other = scene.database.another_server(2).await;
    let chair = Filter::read(&query(|query| query.q = "의자".into()));
    let (here, there) = tokio::join!(
        scene.market().save_search(scene.minji, "a", &chair),
        other.save_search(scene.minji, "b", &chair)
    );
    assert_eq!(here.expect("saved"), there.expect("saved"));
    assert_eq!(scene.market().saved_searches(scene.minji).await.expect("searches").len(), 2);
}

#[tokio::test]
async fn a_person_keeps_twenty_searches_and_no_more() {
    let scene = Scene::new().await;
    let priced = |price: usize| query(|query| query.min_price = price.to_string());
    for price in 1..=SEARCHES_MAX {
        scene.keep(scene.minji, &price.to_string(), &priced(price)).await.expect("saved");
    }
    let outcome = scene.keep(scene.minji, "more", &priced(0)).await;
    assert_eq!(refusal(outcome), Refusal::field("q", Reason::TooMany));
    let first = scene.keep(scene.minji, "again", &priced(1)).await.expect("one that is kept");
    scene.market().drop_search(scene.minji, first).await.expect("forgotten");
    scene.keep(scene.minji, "more", &priced(0)).await.expect("there is room");
    scene.keep(scene.junho, "more", &priced(0)).await.expect("others have room of their own");
}

#[tokio::test]
async fn s1_what_cannot_be_kept_is_refused_with_its_field() {
    let scene = Scene::new().await;
    let cases = [
        (query(|_| {}), "q", Reason::Required),
        (query(|query| query.min_price = "abc".into()), "q", Reason::Required),
        (query(|query| query.q = "\0%".into()), "q", Reason::Malformed),
        (query(|query| query.region = "99".into()), "region", Reason::Unknown),
        (query(|query| query.category = "없는 것".into()), "category", Reason::Unknown),
    ];
    for (query, field, reason) in cases {
        let outcome = scene.keep(scene.minji, "key", &query).await;
        assert_eq!(refusal(outcome), Refusal::field(field, reason), "{query:?}");
    }
    assert_eq!(refusal(scene.keep(scene.minji, "\0", &leica()).await), Refusal::Malformed);
    let most = query(|query| query.max_price = "99999999999999".into());
    scene.keep(scene.minji, "most", &most).await.expect("the largest amount there is");
}

#[tokio::test]
async fn only_its_owner_forgets_a_search_and_is_told_no_more() {
    let scene = Scene::new().await;
    let market = scene.market();
    let id = scene.keep(scene.minji, "key", &leica()).await.expect("saved");
    assert_eq!(refusal(market.drop_search(scene.junho, id).await), Refusal::NotYours);
    market.drop_search(scene.minji, id).await.expect("forgotten");
    assert_eq!(refusal(market.drop_search(scene.minji, id).await), Refusal::NotFound);
    scene.auction("a").await;
    market.match_saved_searches(10).await.expect("matched");
    assert_eq!(scene.found(scene.minji).await, []);
}

impl Scene {
    async fn shelves(&self, region: Option<&str>) -> FrontShelves {
        self.market().shelves(region, Some(self.minji)).await.expect("shelves")
    }
}

fn ids(cards: &[market::view::Card]) -> Vec<AuctionId> {
    cards.iter().map(|card| card.id).collect()
}

#[tokio::test]
async fn on_the_first_shelf_stands_what_ends_next_in_the_whole_country() {
    let scene = Scene::new().await;
    assert_eq!(scene.shelves(None).await, FrontShelves { ending: vec![], wanted: vec![], now: noon() });
    let mut national = Vec::new();
    for minutes in [30, 20, 50, 40, 25] {
        let ends_at = noon() + TimeDelta::minutes(minutes);
        national.push(scene.open_like(&minutes.to_string(), |opening| opening.ends_at = ends_at).await);
    }
    let sooner = noon() + TimeDelta::minutes(15);
    let around = |opening: &mut Opening| {
        mapo_alone(opening);
        opening.ends_at = sooner;
    };
    scene.open_like("around", around).await;
    let soon = noon() + TimeDelta::minutes(1);
    scene.open_like("scheduled", |opening| opening.starts_at = soon).await;
    let [thirty, twenty, _, forty, twenty_five] = national[..] else { panic!("{national:?}") };
    assert_eq!(ids(&scene.shelves(None).await.ending), [twenty, twenty_five, thirty, forty]);
    scene.set(noon() + TimeDelta::minutes(20));
    assert_eq!(ids(&scene.shelves(None).await.ending)[0], twenty_five, "over, though nobody has closed it");
}

#[tokio::test]
async fn on_the_other_shelf_stands_what_most_people_watch_where_i_live() {
    let scene = Scene::new().await;
    let market = scene.market();
    for number in 0..4 {
        scene.auction(&format!("ends next {number}")).await;
    }
    let later = |opening: &mut Opening| opening.ends_at = end() + TimeDelta::minutes(1);
    let one = scene.open_like("one", later).await;
    let two = scene.open_like("two", later).await;
    let near = |opening: &mut Opening| {
        later(opening);
        mapo_alone(opening);
    };
    let near = scene.open_like("near", near).await;
    let watches = [
        (scene.minji, one),
        (scene.minji, two),
        (scene.junho, two),
        (scene.minji, near),
        (scene.junho, near),
        (scene.seller, near),
    ];
    for (user, auction) in watches {
        market.watch(user, auction, true).await.expect("watched");
    }
    assert_eq!(ids(&scene.shelves(None).await.wanted), [near, two, one]);
    assert_eq!(ids(&scene.shelves(Some("11")).await.wanted), [near, two, one]);
    assert_eq!(ids(&scene.shelves(Some("26")).await.wanted), [two, one]);
    let shelves = scene.shelves(Some("26")).await;
    assert_eq!((shelves.ending.len(), shelves.wanted[0].watcher_count), (4, 2));
    assert!(shelves.wanted[0].watching);
    market.cancel(scene.seller, two).await.expect("cancelled");
    assert_eq!(ids(&scene.shelves(Some("26")).await.wanted), [one]);
}
