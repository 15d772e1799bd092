//! Who wants to hear no more from whom. A block counts in both directions: neither can write to the other.

use sqlx::PgConnection;

use super::{Market, Result};
use crate::{
    Refusal, UserId,
    view::{BlockedPerson, Neighbour},
};

impl Market {
    /// `user` wants to hear no more from `other`. Twice is once.
    ///
    /// # Errors
    /// `not_found`, `malformed` for oneself.
    pub async fn block(&self, user: UserId, other: UserId) -> Result<()> {
        if user == other {
            return Err(Refusal::Malformed.into());
        }
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let known = sqlx::query_scalar!("SELECT id FROM users WHERE id = $1", other.0);
        known.fetch_optional(&mut *connection).await?.ok_or(Refusal::NotFound)?;
        sqlx::query!(
            "INSERT INTO blocks (blocker_id, blocked_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            user.0,
            other.0,
            now
        )
        .execute(&mut *connection)
        .await?;
        Ok(())
    }

    /// `user` takes a block back. What is not blocked stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unblock(&self, user: UserId, other: UserId) -> Result<()> {
        sqlx::query!("DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2", user.0, other.0)
            .execute(&mut *self.connection().await?)
            .await?;
        Ok(())
    }

    /// Whom `user` has blocked, newest first, at most 500.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocked_people(&self, user: UserId) -> Result<Vec<BlockedPerson>> {
        let rows = sqlx::query!(
            r#"SELECT u.id, u.nickname, u.closed_at IS NOT NULL AS "has_left!", b.at
               FROM blocks b JOIN users u ON u.id = b.blocked_id
               WHERE b.blocker_id = $1 ORDER BY b.at DESC, u.id LIMIT 500"#,
            user.0
        );
        let rows = rows.fetch_all(&mut *self.connection().await?).await?;
        let people = rows.into_iter().map(|row| BlockedPerson {
            person: Neighbour { id: UserId(row.id), nickname: row.nickname, has_left: row.has_left },
            at: row.at,
        });
        Ok(people.collect())
    }

    /// Whether `user` has blocked `other`, for the page of the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_blocked(&self, user: UserId, other: UserId) -> Result<bool> {
        blocks(&mut *self.connection().await?, user, other).await
    }
}

/// Whether one of the two has blocked the other: then neither can write to the other.
pub(super) async fn between(connection: &mut PgConnection, a: UserId, b: UserId) -> Result<bool> {
    Ok(blocks(&mut *connection, a, b).await? || blocks(connection, b, a).await?)
}

/// Whether `one` has blocked `other`.
pub(super) async fn blocks(connection: &mut PgConnection, one: UserId, other: UserId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM blocks WHERE blocker_id = $1 AND blocked_id = $2) AS "found!""#,
        one.0,
        other.0
    );
    Ok(found.fetch_one(connection).await?)
}
