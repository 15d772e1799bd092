//! An auction's page out of the books: its list of bids, its chart, the seller's view of it, and how many
//! queries it takes.

use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::TimeDelta;
use market::{
    AuctionId, Money, Refusal, UserId,
    store::Result,
    view::{CHART_POINTS, Standing},
};
use tracing::{Event, Metadata, Subscriber, span};

use crate::{
    Scene,
    db::{automatic, plain, refusal},
    noon,
};

/// Counts the statements that the books are asked.
struct Statements(Arc<AtomicUsize>);

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// How many statements it takes to answer something.
pub async fn statements_of<T: Debug>(asking: impl Future<Output = Result<T>>) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let _counting = tracing::subscriber::set_default(Statements(count.clone()));
    asking.await.expect("an answer");
    count.load(Ordering::Relaxed)
}

impl Scene {
    /// How many statements the page takes.
    async fn statements(&self, auction: AuctionId, viewer: Option<UserId>) -> usize {
        statements_of(self.market().auction_page(auction, viewer)).await
    }

    /// Listed bids as they are after many, without bidding each of them.
    async fn many_bids(&self, auction: AuctionId, count: i32) {
        let join = "INSERT INTO bidders (auction_id, user_id, number) VALUES ($1, $2, 1)";
        sqlx::query(join).bind(auction.0).bind(self.minji.0).execute(&self.database.pool).await.expect("row");
        let bids =
            "INSERT INTO bids (auction_id, user_id, amount, automatic, accept_buy_now, reply, at, number,
                                      shown_amount, price_after)
                    SELECT $1, $2, 9000 + n * 1000, false, false, 'leading', $3 + n * interval '1 second', n,
                           9000 + n * 1000, 9000 + n * 1000 FROM generate_series(1, $4) AS n";
        let bids = sqlx::query(bids).bind(auction.0).bind(self.minji.0).bind(noon()).bind(count);
        bids.execute(&self.database.pool).await.expect("bids");
        let counted = "UPDATE auctions SET bid_count = $2, bidder_count = 1 WHERE id = $1";
        let counted = sqlx::query(counted).bind(auction.0).bind(count);
        counted.execute(&self.database.pool).await.expect("counted");
    }
}

#[tokio::test]
async fn s12_a_page_takes_as_many_queries_with_much_on_it_as_with_little() {
    let scene = Scene::new().await;
    let (quiet, busy) = (scene.auction("quiet").await, scene.auction("busy").await);
    for auction in [quiet, busy] {
        scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
        scene.market().ask_question(scene.junho, auction, &auction.to_string(), "하나").await.expect("asked");
    }
    let before = [
        scene.statements(quiet, None).await,
        scene.statements(quiet, Some(scene.minji)).await,
        scene.statements(quiet, Some(scene.seller)).await,
    ];
    for number in 0..12 {
        let user = if number % 2 == 0 { scene.junho } else { scene.minji };
        scene.bid(user, busy, plain(11_000 + number * 1_000)).await.expect("accepted");
        scene.auction(&format!("other {number}")).await;
        scene.market().watch(user, busy, true).await.expect("watched");
        let asker = scene.database.person(&format!("asker_{number}"), 0).await;
        scene.market().ask_question(asker, busy, "k", "질문").await.expect("asked");
    }
    let after = [
        scene.statements(busy, None).await,
        scene.statements(busy, Some(scene.minji)).await,
        scene.statements(busy, Some(scene.seller)).await,
    ];
    assert_eq!(after, before);
    assert!((1..=14).contains(&after[2]), "{after:?}");
}

#[tokio::test]
async fn s12_the_list_of_bids_is_read_piece_by_piece_by_its_numbers() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    scene.many_bids(auction, 130).await;
    let page = scene.market().auction_page(auction, None).await.expect("a page");
    let mut numbers: Vec<i32> = page.state.bids.iter().map(|bid| bid.number).collect();
    assert_eq!(numbers.len(), 20);
    loop {
        let piece = scene.market().bids_before(auction, numbers[numbers.len() - 1]).await.expect("a piece");
        if piece.is_empty() {
            break;
        }
        assert!(piece.len() <= 50);
        numbers.extend(piece.iter().map(|bid| bid.number));
    }
    assert_eq!(numbers, (1..=130).rev().collect::<Vec<_>>());
    for senseless in [i32::MIN, -1, 0, 1] {
        assert_eq!(scene.market().bids_before(auction, senseless).await.expect("nothing"), []);
    }
    let nowhere = scene.market().bids_before(AuctionId(auction.0 + 9), 5).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
}

#[tokio::test]
async fn the_chart_shows_the_whole_course_in_at_most_300_points_and_ends_at_the_price() {
    let scene = Scene::new().await;
    for (key, bids, points) in [("none", 0, 0), ("few", 7, 7), ("just", 300, 300), ("many", 1_000, 250)] {
        let auction = scene.auction(key).await;
        scene.many_bids(auction, bids).await;
        let chart = scene.market().auction_page(auction, None).await.expect("a page").chart;
        assert_eq!(chart.len(), points, "{key}");
        assert!(chart.len() <= usize::try_from(CHART_POINTS).expect("a number"));
        let rising = chart.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
        assert!(rising, "{key}");
        let last = chart.last().map_or(0, |point| point.1.to_won());
        assert_eq!(last, if bids == 0 { 0 } else { 9_000 + i64::from(bids) * 1_000 }, "{key}");
    }
}

#[tokio::test]
async fn an_unmet_reserve_shows_nowhere_on_the_page() {
    let scene = Scene::new().await;
    let auction = scene.open("a", |terms| terms.reserve = Some(Money::won(77_000))).await;
    scene.bid(scene.minji, auction, automatic(60_000)).await.expect("accepted");
    for viewer in [None, Some(scene.minji), Some(scene.junho)] {
        let page = scene.market().auction_page(auction, viewer).await.expect("a page");
        assert_eq!(page.state.reserve_met, Some(false));
        let sent = serde_json::to_string(&page).expect("JSON");
        assert!(!sent.contains("77000"), "{sent}");
    }
    let onlooker = scene.market().auction_page(auction, Some(scene.junho)).await.expect("a page");
    let sent = serde_json::to_string(&onlooker).expect("JSON");
    assert!(!sent.contains("60000"), "nor does anybody's maximum: {sent}");
}

#[tokio::test]
async fn who_is_outbid_is_told_how_far_he_went() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let mine = async |user| {
        let page = scene.market().auction_page(auction, Some(user)).await.expect("a page");
        page.mine.expect("mine")
    };
    assert_eq!(mine(scene.minji).await.last, None);
    scene.bid(scene.minji, auction, automatic(50_000)).await.expect("accepted");
    scene.bid(scene.minji, auction, automatic(40_000)).await.expect("lowered");
    scene.bid(scene.junho, auction, automatic(60_000)).await.expect("accepted");
    let outbid = mine(scene.minji).await;
    assert_eq!((outbid.standing, outbid.last), (Standing::Outbid, Some(Money::won(40_000))));
    let leading = Standing::Leading { maximum: Money::won(60_000) };
    assert_eq!(mine(scene.junho).await.standing, leading);
    let receipt = scene.bid(scene.minji, auction, plain(45_000)).await.expect("outbid at once");
    assert_eq!(receipt.mine.last, Some(Money::won(45_000)));
}

#[tokio::test]
async fn the_sellers_other_running_auctions_are_shown_what_ends_first() {
    let scene = Scene::new().await;
    let auction = scene.auction("shown").await;
    let mut others = Vec::new();
    for number in 0..8 {
        let mut opening = crate::usual();
        opening.ends_at += TimeDelta::minutes(10 - number);
        others.push(scene.database.auction(scene.seller, &number.to_string(), &opening).await);
    }
    let later = noon() + TimeDelta::minutes(5);
    let scheduled = market::opening::Opening { starts_at: later, ..crate::usual() };
    scene.database.auction(scene.seller, "scheduled", &scheduled).await;
    scene.database.auction(scene.junho, "of somebody else", &crate::usual()).await;
    scene.market().cancel(scene.seller, others[7]).await.expect("cancelled");
    scene.bid(scene.minji, others[6], plain(10_000)).await.expect("accepted");
    let page = scene.market().auction_page(auction, Some(scene.minji)).await.expect("a page");
    let shown: Vec<AuctionId> = page.others.iter().map(|card| card.id).collect();
    assert_eq!(shown, [others[6], others[5], others[4], others[3], others[2], others[1]]);
    assert_eq!(page.others[0].standing, Standing::Leading { maximum: Money::won(10_000) });
}

#[tokio::test]
async fn the_seller_and_nobody_else_sees_how_fast_bids_come() {
    let scene = Scene::new().await;
    let auction = scene.auction("a").await;
    let bids = [(0, 10_000), (1, 11_000), (14, 12_000), (14, 13_000), (16, 14_000)];
    for (minute, amount) in bids {
        scene.set(noon() + TimeDelta::minutes(minute));
        let user = if amount % 2_000 == 0 { scene.minji } else { scene.junho };
        scene.bid(user, auction, plain(amount)).await.expect("accepted");
    }
    let pace = async |viewer| scene.market().auction_page(auction, viewer).await.expect("a page").pace;
    let at = |minute| noon() + TimeDelta::minutes(minute);
    assert_eq!(pace(Some(scene.seller)).await, [(at(14), 2), (at(16), 1)]);
    for viewer in [None, Some(scene.minji)] {
        assert_eq!(pace(viewer).await, []);
    }
    scene.set(at(40));
    assert_eq!(pace(Some(scene.seller)).await, []);
}
