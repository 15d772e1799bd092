//! A database for each test, cloned from a template that has the schema, the regions and the categories.
#![allow(dead_code, reason = "each test binary uses its part of this module")]

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta};
use market::{
    AuctionId, Increment, Instant, Money, Refusal, Settlement, SoftClose, Terms, UserId,
    bidding::Bid,
    opening::{Condition, Listing, Opening, Reach, Shipping},
    people::NewPerson,
    store::{Clock, Market, Result},
};
use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};

/// Serialises the making of the template among test processes.
const TEMPLATE_LOCK: i64 = 0x6e62_7465_6d70;
const TEMPLATE: &str = "market_template";

/// Where the tests' PostgreSQL is. `make test` starts one; `scripts/test-postgres` does by hand.
fn server() -> PgConnectOptions {
    let url = std::env::var("DATABASE_URL")
        .expect("DATABASE_URL names the tests' PostgreSQL: run by scripts/test-postgres");
    url.parse().expect("DATABASE_URL is a URL")
}

/// A fresh database. A test that passes drops it; one that fails leaves it to look into.
pub struct TestDatabase {
    pub market: Market,
    pub pool: PgPool,
    pub clock: Clock,
    name: String,
}

impl TestDatabase {
    /// A database under `clock`, whose market has `connections` connections at most.
    pub async fn new(clock: Clock, connections: u32) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("market_{}_{number}", std::process::id());
        let mut admin = PgConnection::connect_with(&server()).await.expect("a PostgreSQL for tests");
        make_template(&mut admin).await;
        drop_database(&mut admin, &name).await;
        let create = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut admin).await.expect("a database");
        let options = server().database(&name);
        let pool = PgPool::connect_with(options.clone()).await.expect("a pool");
        let market = Market::connect(options, connections, clock.clone()).await.expect("a market");
        Self { market, pool, clock, name }
    }

    /// Another server process: a market with its own connections and its own desk over the same books.
    pub async fn another_server(&self, connections: u32) -> Market {
        let options = server().database(&self.name);
        Market::connect(options, connections, self.clock.clone()).await.expect("a market")
    }

    /// A person with `amount` won.
    pub async fn person(&self, name: &str, amount: i64) -> UserId {
        let person = NewPerson {
            username: name.to_owned(),
            nickname: name.to_owned(),
            email: None,
            region: Some("11440".to_owned()),
            password: String::new(),
        };
        let user = self.market.add_person(&person, None).await.expect("a person");
        if amount > 0 {
            self.market.post_deposit(user, Money::won(amount)).await.expect("a deposit");
        }
        user
    }

    /// An auction of `seller`, opened now.
    pub async fn auction(&self, seller: UserId, key: &str, opening: &Opening) -> AuctionId {
        self.market.open_auction(seller, key, opening).await.expect("an auction")
    }

    /// Available and held of `user`.
    pub async fn wallet(&self, user: UserId) -> (i64, i64) {
        sqlx::query_as("SELECT available::bigint, held::bigint FROM wallets WHERE user_id = $1")
            .bind(user.0)
            .fetch_one(&self.pool)
            .await
            .expect("a wallet")
    }

    /// One number out of the books.
    pub async fn count(&self, sql: &'static str, id: i64) -> i64 {
        sqlx::query_scalar(sql).bind(id).fetch_one(&self.pool).await.expect("a count")
    }

    /// The invariants, as SQL.
    pub async fn assert_invariants(&self) {
        let broken = self.market.audit().await.expect("an audit");
        assert!(broken.is_empty(), "{broken:?}");
    }

    /// The invariants, and that no transaction of this database was ever a deadlock's victim: the last thing
    /// a test asks, see [`TestDatabase::deadlocks`].
    pub async fn assert_sound(&self) {
        self.assert_invariants().await;
        assert_eq!(self.deadlocks().await, 0, "deadlocks");
    }

    /// How many transactions of this database were a deadlock's victim. A backend reports late while it
    /// lives, so all others are ended first; the pools make new ones when they are asked again.
    pub async fn deadlocks(&self) -> i64 {
        let mut connection = self.pool.acquire().await.expect("a connection");
        // All are told first: waiting takes steps of 100 ms each.
        for wait in [0_i64, 5_000] {
            let end = "SELECT pg_terminate_backend(pid, $1) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()
                             AND backend_type = 'client backend'";
            sqlx::query(end).bind(wait).execute(&mut *connection).await.expect("backends");
        }
        let others = "SELECT count(*) FROM pg_stat_activity
                      WHERE datname = current_database() AND pid <> pg_backend_pid()
                         AND backend_type = 'client backend'";
        let others: i64 = sqlx::query_scalar(others).fetch_one(&mut *connection).await.expect("backends");
        assert_eq!(others, 0, "a backend did not end");
        sqlx::query_scalar("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            .fetch_one(&mut *connection)
            .await
            .expect("statistics")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let name = self.name.clone();
        // A runtime of its own, as this one may be ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let mut admin = PgConnection::connect_with(&server()).await.expect("a PostgreSQL for tests");
                drop_database(&mut admin, &name).await;
            });
        });
        dropping.join().expect("the database is dropped");
    }
}

async fn drop_database(admin: &mut PgConnection, name: &str) {
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop)).execute(admin).await.expect("no database");
}

async fn make_template(admin: &mut PgConnection) {
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut *admin)
        .await
        .expect("a lock");
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(TEMPLATE)
        .fetch_one(&mut *admin)
        .await
        .expect("a list of databases");
    if !known {
        let create = format!("CREATE DATABASE {TEMPLATE}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut *admin).await.expect("a template");
    }
    let market =
        Market::connect(server().database(TEMPLATE), 1, Clock::Database).await.expect("the template");
    market.migrate().await.expect("migrations");
    market.disconnect().await;
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(admin).await.expect("a lock");
}

/// When tests with a set clock begin.
pub fn noon() -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(3)
}

/// A plain bid.
pub fn plain(amount: i64) -> Bid {
    Bid { amount: Money::won(amount), automatic: false, accept_buy_now: false }
}

/// An automatic bid up to `maximum`.
pub fn automatic(maximum: i64) -> Bid {
    Bid { automatic: true, ..plain(maximum) }
}

/// Why it was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    outcome.expect_err("a refusal").refusal().expect("a refusal, not a failure")
}

/// An opening with the usual terms, `minutes` long, starting at `from`.
pub fn opening(from: Instant, minutes: i64) -> Opening {
    Opening {
        listing: Listing {
            title: "라이카 M3".to_owned(),
            description: String::new(),
            category: "디지털".to_owned(),
            condition: Condition::A,
            shipping: Shipping::Seller,
            reach: Reach::National,
            region: None,
        },
        pictures: Vec::new(),
        terms: Terms {
            start_price: Money::won(10_000),
            increment: Increment::default_unit(),
            buy_now: None,
            reserve: None,
            soft_close: Some(SoftClose::USUAL),
            settlement: Settlement::OnClose,
        },
        starts_at: from,
        ends_at: from + TimeDelta::minutes(minutes),
    }
}
