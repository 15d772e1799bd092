//! Live prices and timely ends, against a real PostgreSQL, real sockets and a real Redis.

mod browser;
mod chat;
mod closing;
#[path = "../../../market/tests/common/db.rs"]
mod db;
mod redis;
mod relaying;
mod robots;
mod sockets;

use std::time::Duration;

use market::{AuctionId, UserId, store::Clock};

use db::{TestDatabase, opening};

/// Whatever is waited for comes by then, or the test fails.
const SOON: Duration = Duration::from_secs(20);

/// A market with a seller, two bidders and one running national auction.
struct Scene {
    books: TestDatabase,
    seller: UserId,
    minji: UserId,
    junho: UserId,
    auction: AuctionId,
}

impl Scene {
    async fn new() -> Self {
        let books = TestDatabase::new(Clock::Database, 8).await;
        let seller = books.person("seller", 0).await;
        let minji = books.person("minji", 10_000_000).await;
        let junho = books.person("junho", 10_000_000).await;
        let now = books.market.now().await.expect("the time");
        let auction = books.auction(seller, "first", &opening(now, 60)).await;
        Self { books, seller, minji, junho, auction }
    }

    /// A plain bid that is accepted.
    async fn bid(&self, user: UserId, amount: i64) {
        self.books.market.bid(user, self.auction, db::plain(amount), None).await.expect("a bid");
    }

    fn topic(&self) -> String {
        format!("auction:{}", self.auction)
    }
}
