//! Who keeps an eye on what.

use super::{Market, Result};
use crate::{AuctionId, Refusal, UserId};

impl Market {
    /// Starts or stops watching; whether `user` watches now.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn watch(&self, user: UserId, id: AuctionId, watching: bool) -> Result<bool> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let known = sqlx::query_scalar!("SELECT id FROM auctions WHERE id = $1", id.0);
        known.fetch_optional(&mut *connection).await?.ok_or(Refusal::NotFound)?;
        if watching {
            sqlx::query!(
                "INSERT INTO watches (auction_id, user_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                id.0,
                user.0,
                now
            )
            .execute(&mut *connection)
            .await?;
        } else {
            sqlx::query!("DELETE FROM watches WHERE auction_id = $1 AND user_id = $2", id.0, user.0)
                .execute(&mut *connection)
                .await?;
        }
        Ok(watching)
    }
}
