//! The books: every SQL statement of the project, one file per noun.
//!
//! # The lock doctrine
//!
//! Every transaction that changes an auction or a wallet locks, in this order:
//!
//! 1. **auctions**, ascending by id (all operations so far lock one), then
//! 2. **wallets**, all of them in *one* statement, ascending by user id; the seller's too when the
//!    transaction may sell.
//!
//! The `ORDER BY` of the wallet lock may never go: two bids that cross on two auctions lock the same two
//! wallets, and only a common order keeps them from waiting for each other (defect K1). The locks are
//! `FOR NO KEY UPDATE`: under `FOR UPDATE` every insert that references the row (a watch, a question, a
//! session) would wait for the bids. Foreign keys take `FOR KEY SHARE`, which does not collide with it.
//!
//! A conversation's row is locked by who talks in it, with no auction and no wallet in the same transaction.
//!
//! Pictures come last: their rows, in one statement, ascending by id.
//!
//! The clock is read in a statement of its own **after** the auction's lock is held (rules, *Bidding* 2).
//! `now()` is the start of the transaction and wrong here; `clock_timestamp()` in the locking statement may
//! be evaluated before the wait and is wrong too.
//!
//! Nothing is answered, shown or sent before the commit: operations publish a [`Change`] only after it.

pub mod access_tokens;
pub mod accounts;
mod auction_page;
pub mod auctions;
pub mod audit;
pub mod bidding;
mod blocks;
mod cards;
pub mod categories;
mod category_acts;
mod charts;
pub mod chat;
pub mod chat_pages;
mod clock;
pub mod closing;
pub mod demo;
mod desk;
mod dispute_pages;
mod disputes;
mod drafts;
mod editing;
mod error;
pub mod gateway;
mod hidden_questions;
mod inbox;
mod leaving;
pub mod lists;
mod measures;
mod mine;
pub mod my_data;
pub mod notice_settings;
pub mod notices;
mod opening;
pub mod outbox;
mod parcels;
pub mod payments;
pub mod pictures;
pub mod profile;
mod questions;
pub mod queues;
pub mod regions;
mod relisting;
mod reminders;
mod report_queue;
pub mod reports;
pub mod resets;
pub mod retention;
mod reviews;
mod searches;
mod sellers;
mod sessions;
mod shelves;
mod staff;
mod staff_auctions;
mod staff_log;
mod staff_people;
mod statement;
mod states;
mod suspensions;
mod token;
mod trade_pages;
mod trades;
pub mod unused_pictures;
mod wallets;
mod watches;
mod words;

use std::{sync::Arc, time::Duration};

use sqlx::{
    Connection, PgConnection, PgPool, Postgres, Transaction,
    error::DatabaseError,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::{Semaphore, broadcast};
use tracing::{Instrument, warn};

use crate::{AuctionId, Instant, Refusal, UserId, live::AuctionState};

pub use clock::Clock;
pub use desk::Arrival;
pub use error::{Error, Result};
pub use gateway::PaymentGateway;

/// How long a transaction waits for a row before it gives up with `busy`, in milliseconds.
const LOCK_TIMEOUT_MS: u32 = 2_000;
/// How long a migration waits for a lock. Behind it everybody waits who comes to the same table; a deadlock,
/// which PostgreSQL looks for after a second, cannot come about.
const MIGRATION_WAITS: &str = "SET lock_timeout = '200ms'";
/// How often migrations are begun anew at most, and the pause before: others go on meanwhile.
const MIGRATING_MAX: usize = 50;
const MIGRATION_PAUSE: Duration = Duration::from_secs(1);
/// A connection that lay unused for so long is asked whether it still works.
const IDLE: Duration = Duration::from_secs(1);
/// How many passwords are hashed at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// News, published after the commit that caused it.
#[derive(Debug, Clone)]
pub enum Change {
    /// A national auction has a new state.
    Auction(Arc<AuctionState>),
    /// Wallets or inboxes of these people changed.
    People(Arc<[UserId]>),
    /// Something was said or read in the conversation of this sale.
    Chat(AuctionId),
    /// Sessions of this person have ended; whoever keeps one open must look whether it still stands.
    Sessions(UserId),
    /// An auction ends at this instant; the closer may have to wake earlier.
    End(Instant),
}

/// The market: a handle to the books, cheap to clone.
#[derive(Clone)]
pub struct Market {
    inner: Arc<Inner>,
}

struct Inner {
    pool: PgPool,
    clock: Clock,
    changes: broadcast::Sender<Change>,
    desk: desk::Desk,
    lookups: sessions::Lookups,
    hashing: Semaphore,
    gateway: PaymentGateway,
}

impl Market {
    /// Connects to the books. Migrations are not run here.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn connect(options: PgConnectOptions, connections: u32, clock: Clock) -> Result<Self> {
        let options = options.options([
            ("lock_timeout", LOCK_TIMEOUT_MS.to_string()),
            // The books lie in memory: a row somewhere costs little more than the next one.
            ("random_page_cost", "1.1".to_owned()),
            // Our statements take milliseconds; compiling them takes longer.
            ("jit", "off".to_owned()),
            // So does starting a process to help.
            ("max_parallel_workers_per_gather", "0".to_owned()),
            // And so does planning them: a statement is planned once a connection, for whatever values it is
            // given. Where values ask for different plans, the text differs (`lists.rs`).
            ("plan_cache_mode", "force_generic_plan".to_owned()),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            // Asking each time whether the database is there would double the statements of a small page.
            .test_before_acquire(false)
            .before_acquire(|connection, known| {
                Box::pin(async move {
                    if known.idle_for > IDLE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self::over(pool, clock))
    }

    /// The market over an open pool.
    #[must_use]
    pub fn over(pool: PgPool, clock: Clock) -> Self {
        Self::with(pool, clock, PaymentGateway::default())
    }

    fn with(pool: PgPool, clock: Clock, gateway: PaymentGateway) -> Self {
        let (changes, _) = broadcast::channel(4_096);
        let hashing = Semaphore::new(HASHES_AT_ONCE);
        let (desk, lookups) = (desk::Desk::default(), sessions::Lookups::default());
        Self { inner: Arc::new(Inner { pool, clock, changes, desk, lookups, hashing, gateway }) }
    }

    /// Where money really moves.
    #[must_use]
    pub fn gateway(&self) -> &PaymentGateway {
        &self.inner.gateway
    }

    /// The same books under another clock, for building demo data at set times.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self::with(self.inner.pool.clone(), clock, self.inner.gateway.clone())
    }

    /// Brings the schema up to date, and the regions and categories that ship with it.
    ///
    /// # Errors
    /// When a migration fails or the applied ones differ from those of this build.
    pub async fn migrate(&self) -> Result<()> {
        let mut migrations = sqlx::migrate!("../migrations");
        // A release can be taken back: this one starts over what a newer one has added, too.
        migrations.set_ignore_missing(true);
        for turn in 1.. {
            let mut connection = self.connection().await?;
            sqlx::raw_sql(MIGRATION_WAITS).execute(&mut *connection).await?;
            let Err(error) = migrations.run_direct(None, &mut *connection, false).await else {
                sqlx::raw_sql("RESET lock_timeout").execute(&mut *connection).await?;
                break;
            };
            // It still has the lock of who migrates, and ends with it; why is told below.
            drop(connection.close().await);
            if turn == MIGRATING_MAX || !stood_in_the_way(&error) {
                return Err(sqlx::Error::from(error).into());
            }
            warn!(%error, turn, "the migrations are begun anew");
            tokio::time::sleep(MIGRATION_PAUSE).await;
        }
        regions::seed(self).await?;
        categories::seed(self).await?;
        words::reindex(self).await
    }

    /// News from now on. A receiver that lags misses some and must read anew.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.changes.subscribe()
    }

    /// The time of the market's clock.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn now(&self) -> Result<Instant> {
        let mut connection = self.connection().await?;
        self.inner.clock.now(&mut connection).await
    }

    /// Whether the books answer; for readiness.
    ///
    /// # Errors
    /// When they do not.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query!("SELECT 1 AS one").fetch_one(&self.inner.pool).await?;
        Ok(())
    }

    /// How many connections there are, and how many of them nobody uses.
    #[must_use]
    pub fn connections(&self) -> (u32, usize) {
        (self.inner.pool.size(), self.inner.pool.num_idle())
    }

    /// Ends all connections.
    pub async fn disconnect(&self) {
        self.inner.pool.close().await;
    }

    fn publish(&self, change: Change) {
        // Nobody listening is no failure: the books are the truth.
        let _listeners = self.inner.changes.send(change);
    }

    /// A transaction. It begins in a task of its own: if the caller is dropped in the midst of `BEGIN`, sqlx
    /// 0.9.0 gives the connection back with the transaction open (its issue 4385), and what others then do
    /// there is lost or fails. So the task comes to its end, and the transaction is rolled back as any other.
    async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        // Not in the task: who is dropped no longer queues for a connection.
        let connection = self.inner.pool.acquire().await?;
        let begun = tokio::spawn(Transaction::begin(connection, None).in_current_span()).await;
        Ok(begun.map_err(|_| sqlx::Error::WorkerCrashed)??)
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        Ok(self.inner.pool.acquire().await?)
    }

    async fn clock(&self, connection: &mut PgConnection) -> Result<Instant> {
        self.inner.clock.now(connection).await
    }
}

/// A client's key as the books hold it: 1–100 characters, none of them a control character. Ours are always
/// so, another one is somebody's own making.
fn check_key(key: &str) -> std::result::Result<(), Refusal> {
    let sound = (1..=100).contains(&key.chars().count()) && !key.chars().any(char::is_control);
    if sound { Ok(()) } else { Err(Refusal::Malformed) }
}

/// One column of many rows, as a statement takes them.
fn column<R, T>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// Every write checks how many rows it changed.
fn expect_rows(found: u64, expected: usize, what: &'static str) -> Result<()> {
    if usize::try_from(found).is_ok_and(|found| found == expected) {
        Ok(())
    } else {
        Err(Error::Broken(format!("{what}: {found} rows written instead of {expected}")))
    }
}

/// Whether somebody else's transaction was in the way (deadlock, lock timeout): of a server that bids, or one
/// that migrates, too. Nothing of the migration has happened then.
fn stood_in_the_way(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(DatabaseError::code);
    matches!(code.as_deref(), Some("40P01" | "55P03"))
}
