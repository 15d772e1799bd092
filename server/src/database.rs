//! Where the data lie: in the PostgreSQL given, or in one of our own.

use anyhow::Context;
use own_postgres::{OwnPostgres, Purpose};
use tokio::task::spawn_blocking;
use tracing::info;

use crate::Config;

/// The database, and who has to stop it.
#[derive(Debug)]
pub enum Database {
    /// Somebody else's (`DATABASE_URL`).
    Given(String),
    /// Ours.
    Own(OwnPostgres),
}

impl Database {
    /// Takes the one given, else starts our own.
    ///
    /// # Errors
    ///
    /// When our own does not come up; the text says what to do.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = config.database_url() {
            return Ok(Self::Given(url.to_owned()));
        }
        let folder = config.data_dir();
        let own = spawn_blocking(move || OwnPostgres::start(&folder, Purpose::Market)).await?;
        let own = own.context("the market's own PostgreSQL does not start")?;
        info!(home = %own.home().display(), "own PostgreSQL runs");
        Ok(Self::Own(own))
    }

    /// How to reach it.
    pub fn url(&self) -> &str {
        match self {
            Self::Given(url) => url,
            Self::Own(own) => own.url(),
        }
    }

    /// Leaves it; our own stops when no other server uses it.
    ///
    /// # Errors
    ///
    /// When our own does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Given(_) => Ok(()),
            Self::Own(own) => {
                spawn_blocking(move || own.stop()).await?.context("own PostgreSQL does not stop")
            }
        }
    }
}
