//! What the server says about itself: figures, the alarm of the books, probes, and reports of errors.

mod alarm;
#[path = "../../../market/tests/common/db.rs"]
mod db;
mod deployed;
mod figures;
mod reporting;
mod reports;

use std::collections::BTreeMap;

use market::{AuctionId, UserId, store::Clock};

use db::{TestDatabase, noon, opening};

/// A market at noon with a seller, a bidder and an auction of an hour.
struct Scene {
    books: TestDatabase,
    minji: UserId,
    auction: AuctionId,
}

impl Scene {
    async fn at_noon() -> Self {
        let books = TestDatabase::new(Clock::set_to(noon()), 8).await;
        let seller = books.person("seller", 0).await;
        let minji = books.person("minji", 1_000_000).await;
        let auction = books.auction(seller, "first", &opening(noon(), 60)).await;
        Self { books, minji, auction }
    }
}

/// The figures by name and labels, as Prometheus reads them.
fn parsed(text: &str) -> BTreeMap<String, String> {
    let line = |line: &str| {
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        (name.to_owned(), value.to_owned())
    };
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(line).collect()
}
