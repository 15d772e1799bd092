//! How an operation on the books can end other than well.

use crate::Refusal;

/// The outcome of an operation.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal for the user, or a failure for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule says no; not a failure.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed. Its text is for the log alone.
    #[error(transparent)]
    Database(sqlx::Error),
    /// The books are not as they must be; nothing was written.
    #[error("broken books: {0}")]
    Broken(String),
}

impl Error {
    /// The refusal, if it is one; a failure is given back.
    ///
    /// # Errors
    /// The failure itself.
    pub fn refusal(self) -> std::result::Result<Refusal, Self> {
        match self {
            Self::Refused(refusal) => Ok(refusal),
            failure => Err(failure),
        }
    }
}

impl Error {
    /// The same for another one who waited for it; a failure keeps its text.
    pub(super) fn repeated(&self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            failure => Self::Broken(failure.to_string()),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A row that stayed locked too long and a pool without a free connection are `busy`: nothing was written,
/// and the same request may be sent again.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        /// `lock_not_available`, PostgreSQL's class 55.
        const LOCK_TIMEOUT: &str = "55P03";
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        if code.as_deref() == Some(LOCK_TIMEOUT) || matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Refused(Refusal::Busy);
        }
        Self::Database(error)
    }
}
