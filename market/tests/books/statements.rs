//! Pages cost a fixed number of statements, whatever they show.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use market::view::Filter;
use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};

use crate::{Scene, db::plain};

/// Counts the statements that sqlx logs on this thread: one event each.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl Counter {
    fn listen(&self) -> DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// How many there were since the last question.
    fn take(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// How many statements each page took: the list, an auction, my page, the wallet, what stands large
/// on the first page.
async fn costs(scene: &Scene, auction: market::AuctionId, counter: &Counter) -> [usize; 5] {
    let market = scene.market();
    counter.take();
    market.list(&Filter::default(), Some(scene.minji)).await.expect("the list");
    let list = counter.take();
    market.auction_page(auction, Some(scene.minji)).await.expect("the auction");
    let page = counter.take();
    market.my_page(scene.minji, None, None).await.expect("my page");
    let mine = counter.take();
    market.wallet_page(scene.minji, &::market::view::StatementFilter::default()).await.expect("the wallet");
    let wallet = counter.take();
    market.featured(Some(scene.minji)).await.expect("asked").expect("one");
    [list, page, mine, wallet, counter.take()]
}

#[tokio::test]
async fn s12_pages_take_a_fixed_number_of_statements_however_much_they_show() {
    let scene = Scene::new().await;
    let counter = Counter::default();
    let _listening = counter.listen();
    let auction = scene.auction("first").await;
    scene.bid(scene.minji, auction, plain(10_000)).await.expect("accepted");
    scene.bid(scene.junho, auction, plain(11_000)).await.expect("accepted");
    let few = costs(&scene, auction, &counter).await;
    assert!(few.iter().all(|&cost| cost > 0), "statements are counted: {few:?}");
    assert!(few[4] < few[1], "what stands large takes less than its own page: {few:?}");
    for number in 0..30 {
        let other = scene.auction(&number.to_string()).await;
        if number < 2 {
            scene.bid(scene.minji, other, plain(10_000)).await.expect("accepted");
        }
        let user = if number % 2 == 0 { scene.minji } else { scene.junho };
        scene.bid(user, auction, plain(12_000 + number * 1_000)).await.expect("accepted");
    }
    assert_eq!(costs(&scene, auction, &counter).await, few);
    println!("statements of list, auction, my page, wallet, first page: {few:?}");
}
