//! One clock: the database's. Tests and demo data set theirs.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::PgConnection;

use super::Result;
use crate::Instant;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The database's, read at each question.
    Database,
    /// Set by hand, shared by all clones.
    Set(Arc<Mutex<Instant>>),
}

impl Clock {
    /// A clock that stands at `at` until it is set anew.
    #[must_use]
    pub fn set_to(at: Instant) -> Self {
        Self::Set(Arc::new(Mutex::new(at)))
    }

    /// Moves a set clock; the database's cannot be moved.
    ///
    /// # Panics
    /// On [`Clock::Database`]: only tests and demo data move clocks, and they make their own.
    pub fn set(&self, at: Instant) {
        match self {
            Self::Set(clock) => *clock.lock().unwrap_or_else(PoisonError::into_inner) = at,
            Self::Database => panic!("the database's clock cannot be set"),
        }
    }

    /// The time, where a statement has read the database's clock along.
    pub(super) fn or_read(&self, read: Instant) -> Instant {
        match self {
            Self::Database => read,
            Self::Set(clock) => *clock.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    pub(super) async fn now(&self, connection: &mut PgConnection) -> Result<Instant> {
        match self {
            Self::Database => {
                let now = sqlx::query_scalar!(r#"SELECT clock_timestamp() AS "now!""#);
                Ok(now.fetch_one(connection).await?)
            }
            Self::Set(clock) => Ok(*clock.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}
