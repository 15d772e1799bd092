//! What demo data need of the books and people do not: their builder works at set times, alone, and looks
//! for what it opened before.

use sqlx::{Postgres, Transaction};

use super::{Clock, Error, Market, Result, expect_rows};
use crate::{AuctionId, Instant, UserId};

/// Serialises the builders of several servers over the same books.
const BUILDING: i64 = 0x6e62_6465_6d6f;
/// It works alone and one event after the other; the desk decides on a second connection.
const CONNECTIONS: u32 = 2;

/// The right to build demo data, held by one server at a time.
#[derive(Debug)]
pub struct BuildingTurn(Transaction<'static, Postgres>);

impl BuildingTurn {
    /// Gives it back; dropping it does too, a little later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

/// An auction by the key its seller opened it under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// The key.
    pub key: String,
    /// From when it takes bids.
    pub starts_at: Instant,
    /// Until when it takes or took bids.
    pub ends_at: Instant,
    /// Neither closed nor past its end; its start may be to come.
    pub is_open: bool,
}

impl Market {
    /// The right to build demo data; `None` while another server has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_building_turn(&self) -> Result<Option<BuildingTurn>> {
        let mut transaction = self.begin().await?;
        let taken = sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "taken!""#, BUILDING);
        let taken = taken.fetch_one(&mut *transaction).await?;
        Ok(taken.then_some(BuildingTurn(transaction)))
    }

    /// The same books for building demo data at set times, over connections of their own. Commits do not
    /// wait for the disk, a thousand of them in a row would. A crash loses the newest of them, whole and in
    /// order: auctions that were not opened yet are opened at the next start.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn for_building(&self, clock: Clock) -> Result<Self> {
        let options = (*self.inner.pool.connect_options()).clone();
        Self::connect(options.options([("synchronous_commit", "off")]), CONNECTIONS, clock).await
    }

    /// All auctions of `sellers`, in any state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn auctions_by_key(&self, sellers: &[UserId]) -> Result<Vec<Keyed>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let sellers: Vec<i64> = sellers.iter().map(|seller| seller.0).collect();
        let rows = sqlx::query_as!(
            Keyed,
            r#"SELECT key, starts_at, ends_at, status = 'live' AND ends_at > $2 AS "is_open!"
               FROM auctions WHERE seller_id = ANY($1) ORDER BY id"#,
            &sellers,
            now
        );
        Ok(rows.fetch_all(&mut *connection).await?)
    }

    /// Chooses the illustration that stands in for a picture. The category's stands at first; demo data
    /// choose one for each thing.
    ///
    /// # Errors
    /// When there is no such auction.
    pub async fn set_art(&self, id: AuctionId, art: &str) -> Result<()> {
        let written = sqlx::query!("UPDATE auctions SET art = $2 WHERE id = $1", id.0, art);
        let written = written.execute(&mut *self.connection().await?).await?;
        expect_rows(written.rows_affected(), 1, "art").map_err(|_| Error::Broken(format!("no auction {id}")))
    }
}
