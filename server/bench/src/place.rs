//! A PostgreSQL for the bench: default settings, durable commits, thrown away afterwards.

use std::path::Path;

use anyhow::Context;
use market::store::{Clock, Market};
use own_postgres::{OwnPostgres, Purpose};
use sqlx::PgPool;
use tempfile::TempDir;

/// As many as a server has by default.
const CONNECTIONS: u32 = 20;

/// A market in a PostgreSQL of its own.
pub struct Place {
    /// The books.
    pub market: Market,
    /// The same database, for filling it.
    pub pool: PgPool,
    postgres: OwnPostgres,
    folder: TempDir,
}

impl Place {
    /// Starts it, with the schema and nothing else.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("a folder")?;
        let postgres = OwnPostgres::start(folder.path(), Purpose::Market)?;
        let market = Market::connect(postgres.url().parse()?, CONNECTIONS, Clock::Database).await?;
        market.migrate().await?;
        let pool = PgPool::connect(postgres.url()).await?;
        Ok(Self { market, pool, postgres, folder })
    }

    /// How `pgbench` reaches it.
    pub fn url(&self) -> &str {
        self.postgres.url()
    }

    /// Where a server may keep its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it and removes its files.
    pub async fn discard(self) -> anyhow::Result<()> {
        self.market.disconnect().await;
        self.pool.close().await;
        Ok(self.postgres.discard()?)
    }
}
