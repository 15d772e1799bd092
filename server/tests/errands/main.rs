//! What leaves the house, to a mail server and a push service on this machine; and what goes on by itself.

#[path = "../../../market/tests/common/db.rs"]
mod db;
mod endpoint;
mod goes_on;
mod mail;
mod push;
mod smtp;

use std::time::Duration;

use chrono::TimeDelta;
use market::{
    AuctionId, UserId,
    notice::Keys,
    store::{Clock, Market, accounts::SessionToken},
};
use server::errands::{Carrier, Errand};
use tokio_util::sync::CancellationToken;

use db::{TestDatabase, noon, opening, plain};

/// Whatever is waited for comes by then, or the test fails.
const SOON: Duration = Duration::from_secs(20);

/// A market with a seller and two bidders.
struct Scene {
    books: TestDatabase,
    seller: UserId,
    minji: UserId,
    junho: UserId,
}

impl Scene {
    /// At noon in Seoul, where the time stands until it is set.
    async fn at_noon() -> Self {
        Self::under(Clock::set_to(noon())).await
    }

    async fn under(clock: Clock) -> Self {
        let books = TestDatabase::new(clock, 8).await;
        let seller = books.person("seller", 0).await;
        let minji = books.person("minji", 10_000_000).await;
        let junho = books.person("junho", 10_000_000).await;
        Self { books, seller, minji, junho }
    }

    fn market(&self) -> &Market {
        &self.books.market
    }

    /// Moves the clock so far from noon.
    fn after(&self, time: TimeDelta) {
        self.books.clock.set(noon() + time);
    }

    /// An auction of an hour.
    async fn auction(&self, key: &str) -> AuctionId {
        let now = self.market().now().await.expect("the time");
        self.books.auction(self.seller, key, &opening(now, 60)).await
    }

    async fn bid(&self, user: UserId, auction: AuctionId, amount: i64) {
        self.market().bid(user, auction, plain(amount), None).await.expect("a bid");
    }

    /// An auction that minji won for 10,000 won; the time is its end.
    async fn won(&self, key: &str) -> AuctionId {
        let auction = self.auction(key).await;
        self.bid(self.minji, auction, 10_000).await;
        self.after(TimeDelta::minutes(60));
        self.market().close(auction).await.expect("closed");
        auction
    }

    async fn sql(&self, sql: &'static str, user: UserId, text: &str) {
        let query = sqlx::query(sql).bind(user.0).bind(text);
        query.execute(&self.books.pool).await.expect("written");
    }

    /// Where letters to `user` go.
    async fn address(&self, user: UserId, address: &str) {
        self.sql("UPDATE users SET email = $2 WHERE id = $1", user, address).await;
    }

    /// A signed-in browser of `user` that lets itself be woken.
    async fn device(&self, user: UserId, keys: &Keys) {
        let token = format!("{:064x}", user.0);
        self.sql(
            "INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at)
             VALUES (sha256(convert_to($2, 'UTF8')), $1, now(), now(), now() + interval '90 years')",
            user,
            &token,
        )
        .await;
        let session = SessionToken::from_cookie(&token).expect("a token");
        self.market().add_device(user, &session, keys).await.expect("a device");
    }

    /// Does what is due; how long until the next is.
    async fn round(&self, carrier: &Carrier) -> Option<Duration> {
        round(self.market(), carrier).await
    }

    /// What became of what was sent, and the last error.
    async fn outcomes(&self) -> Vec<(Option<String>, Option<String>)> {
        let outcomes = sqlx::query_as("SELECT outcome, error FROM outbox ORDER BY id");
        outcomes.fetch_all(&self.books.pool).await.expect("outcomes")
    }
}

async fn round(market: &Market, carrier: &Carrier) -> Option<Duration> {
    let errand = Errand::Deliver(carrier.clone());
    errand.round(market, &CancellationToken::new()).await.expect("a round")
}
