//! The books, operation by operation, on a real PostgreSQL with the clock set by the test. Each test has its
//! own database; a defect that must not return stands with its number in the name.

#[path = "common/db.rs"]
mod db;

#[path = "books/access_tokens.rs"]
mod access_tokens;
#[path = "books/auction_page.rs"]
mod auction_page;
#[path = "books/bidding.rs"]
mod bidding;
#[path = "books/closing.rs"]
mod closing;
#[path = "books/defects.rs"]
mod defects;
#[path = "books/disputes.rs"]
mod disputes;
#[path = "books/editing.rs"]
mod editing;
#[path = "books/finding.rs"]
mod finding;
#[path = "books/handover.rs"]
mod handover;
#[path = "books/inbox.rs"]
mod inbox;
#[path = "books/leaving.rs"]
mod leaving;
#[path = "books/lists.rs"]
mod lists;
#[path = "books/money.rs"]
mod money;
#[path = "books/my_data.rs"]
mod my_data;
#[path = "books/notices.rs"]
mod notices;
#[path = "books/opening.rs"]
mod opening;
#[path = "books/outbox.rs"]
mod outbox;
#[path = "books/pages.rs"]
mod pages;
#[path = "books/payments.rs"]
mod payments;
#[path = "books/people.rs"]
mod people;
#[path = "books/pictures.rs"]
mod pictures;
#[path = "books/profile.rs"]
mod profile;
#[path = "books/questions.rs"]
mod questions;
#[path = "books/relist.rs"]
mod relist;
#[path = "books/reports.rs"]
mod reports;
#[path = "books/resets.rs"]
mod resets;
#[path = "books/retention.rs"]
mod retention;
#[path = "books/reviews.rs"]
mod reviews;
#[path = "books/searches.rs"]
mod searches;
#[path = "books/sellers.rs"]
mod sellers;
#[path = "books/staff.rs"]
mod staff;
#[path = "books/statements.rs"]
mod statements;
#[path = "books/talk.rs"]
mod talk;
#[path = "books/trades.rs"]
mod trades;
#[path = "books/unused_pictures.rs"]
mod unused_pictures;
#[path = "books/waking.rs"]
mod waking;

use chrono::TimeDelta;
use db::{TestDatabase, noon};
use market::{
    AuctionId, Instant, Terms, UserId,
    auction::StatusCode,
    bidding::Bid,
    opening::Opening,
    store::{Clock, Market, Result, accounts::fresh_key},
    view::BidReceipt,
};

/// A market at noon with a seller and two bidders of 100,000 won each.
struct Scene {
    database: TestDatabase,
    seller: UserId,
    minji: UserId,
    junho: UserId,
}

impl Scene {
    async fn new() -> Self {
        let database = TestDatabase::new(Clock::set_to(noon()), 4).await;
        let seller = database.person("seller_kim", 0).await;
        let minji = database.person("minji_park", 100_000).await;
        let junho = database.person("junho_lee", 100_000).await;
        Self { database, seller, minji, junho }
    }

    fn market(&self) -> &Market {
        &self.database.market
    }

    /// An auction of an hour under the usual terms.
    async fn auction(&self, key: &str) -> AuctionId {
        self.open(key, |_| {}).await
    }

    /// An auction of an hour whose terms differ from the usual.
    async fn open(&self, key: &str, change: impl FnOnce(&mut Terms)) -> AuctionId {
        let mut opening = usual();
        change(&mut opening.terms);
        self.database.auction(self.seller, key, &opening).await
    }

    async fn bid(&self, user: UserId, auction: AuctionId, bid: Bid) -> Result<BidReceipt> {
        self.market().bid(user, auction, bid, None).await
    }

    /// Somebody of the staff, the same one each time.
    async fn staff(&self) -> UserId {
        if let Some(known) = self.market().user_named("staff_choi").await.expect("asked") {
            return known;
        }
        let staff = self.database.person("staff_choi", 0).await;
        self.market().make_staff(staff).await.expect("staff");
        staff
    }

    async fn cancel_by_staff(&self, auction: AuctionId) -> Result<StatusCode> {
        let (staff, key) = (self.staff().await, fresh_key().expect("a key"));
        self.market().cancel_by_staff(staff, auction, "정리", &key).await
    }

    fn set(&self, at: Instant) {
        self.database.clock.set(at);
    }

    /// Sets the clock to the end of the usual auction.
    fn end(&self) {
        self.set(end());
    }

    async fn wallets(&self) -> [(i64, i64); 3] {
        let mut wallets = [(0, 0); 3];
        for (wallet, user) in wallets.iter_mut().zip([self.seller, self.minji, self.junho]) {
            *wallet = self.database.wallet(user).await;
        }
        wallets
    }
}

fn usual() -> Opening {
    db::opening(noon(), 60)
}

fn end() -> Instant {
    noon() + TimeDelta::minutes(60)
}
