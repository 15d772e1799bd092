//! The market's time without a query each: read from the database now and then, counted on in between.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use market::{Instant, store::Market};
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// How often the database's clock is read. Two clocks drift by far less than a millisecond in that time.
const READ_EVERY: Duration = Duration::from_secs(10);

/// What the database's clock said, and when that was by ours.
type Reading = (Instant, tokio::time::Instant);

/// The market's time, shared by all sockets.
#[derive(Debug, Clone, Default)]
pub(super) struct MarketTime(Arc<Mutex<Option<Reading>>>);

impl MarketTime {
    /// Milliseconds since 1970 by the market's clock; `None` until it was read for the first time.
    pub(super) fn now_ms(&self) -> Option<i64> {
        let (said, at) = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let since = i64::try_from(at.elapsed().as_millis()).ok()?;
        said.timestamp_millis().checked_add(since)
    }

    /// Keeps reading until told to stop. When the database is away, counting goes on.
    pub(super) async fn keep(self, market: Market, stop: CancellationToken) {
        let mut every = tokio::time::interval(READ_EVERY);
        while stop.run_until_cancelled(every.tick()).await.is_some() {
            match market.now().await {
                Ok(said) => {
                    let reading = (said, tokio::time::Instant::now());
                    *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
                }
                Err(error) => debug!(%error, "the market's clock"),
            }
        }
    }
}
