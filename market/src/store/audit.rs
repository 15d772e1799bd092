//! The invariants of the market, asked of the books.

use super::{Market, Result};

/// An invariant that does not hold, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant, in words.
    pub invariant: String,
    /// The user or the auction; 0 for the market as a whole.
    pub subject: i64,
}

impl Market {
    /// What is broken in the books; empty when all is well.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&self) -> Result<Vec<Violation>> {
        let rows = sqlx::query_as!(
            Violation,
            r#"SELECT invariant AS "invariant!", subject AS "subject!" FROM audit ORDER BY 1, 2 LIMIT 100"#
        );
        Ok(rows.fetch_all(&mut *self.connection().await?).await?)
    }
}
