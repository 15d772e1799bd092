//! What is kept no longer than it is of use. Never money, bids, auctions, trades, what people said, or what
//! staff did: only what was a means to an end that is over.
//!
//! A batch is a transaction of its own and waits for nobody: a row that somebody has is left for the next
//! round.

use chrono::TimeDelta;

use super::{Market, Result};

/// What goes when its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// Sessions that ran out or were ended, with the browsers that they let wake.
    Sessions,
    /// Notices that were read. The newest of each person stays: the numbers of an inbox never fall.
    Notices,
    /// Letters and pushes that were sent, dropped or given up.
    Parcels,
    /// Secrets of letters about forgotten passwords, used or not.
    Resets,
    /// Marks that watchers of an auction were reminded.
    Reminders,
}

impl Stale {
    /// All of it, in the order in which it goes: what refers to something goes before that.
    pub const ALL: [Self; 5] = [Self::Parcels, Self::Notices, Self::Sessions, Self::Resets, Self::Reminders];

    /// How long it is kept after it was over, in days. The one place of these periods; `docs/deploy.md` tells
    /// them.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::Notices => 180,
            Self::Sessions | Self::Parcels | Self::Reminders => 30,
            Self::Resets => 1,
        }
    }

    /// For logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Notices => "notices",
            Self::Parcels => "parcels",
            Self::Resets => "resets",
            Self::Reminders => "reminders",
        }
    }
}

impl Market {
    /// Forgets at most `limit` of what is stale; how many it were. Fewer than `limit`: no more can go now.
    ///
    /// # Errors
    /// When the database fails; then nothing is gone.
    pub async fn forget_stale(&self, stale: Stale, limit: i64) -> Result<u64> {
        let mut connection = self.connection().await?;
        let before = self.clock(&mut connection).await? - TimeDelta::days(stale.days());
        let gone = match stale {
            Stale::Sessions => sqlx::query!(
                "DELETE FROM sessions WHERE token_sha256 = ANY (ARRAY(
                   SELECT token_sha256 FROM sessions WHERE least(expires_at, revoked_at) < $1
                   LIMIT $2 FOR UPDATE SKIP LOCKED))",
                before,
                limit
            ),
            Stale::Notices => sqlx::query!(
                "DELETE FROM notices WHERE id = ANY (ARRAY(
                   SELECT n.id FROM notices n
                   WHERE n.read_at < $1
                     AND n.seq < (SELECT max(m.seq) FROM notices m WHERE m.user_id = n.user_id)
                   ORDER BY n.read_at LIMIT $2 FOR UPDATE OF n SKIP LOCKED))",
                before,
                limit
            ),
            Stale::Parcels => sqlx::query!(
                "DELETE FROM outbox WHERE id = ANY (ARRAY(
                   SELECT id FROM outbox WHERE closed_at < $1
                   ORDER BY closed_at LIMIT $2 FOR UPDATE SKIP LOCKED))",
                before,
                limit
            ),
            Stale::Resets => sqlx::query!(
                "DELETE FROM password_resets WHERE token_sha256 = ANY (ARRAY(
                   SELECT token_sha256 FROM password_resets WHERE expires_at < $1
                   LIMIT $2 FOR UPDATE SKIP LOCKED))",
                before,
                limit
            ),
            Stale::Reminders => sqlx::query!(
                "DELETE FROM reminders WHERE auction_id = ANY (ARRAY(
                   SELECT r.auction_id FROM reminders r JOIN auctions a ON a.id = r.auction_id
                   WHERE a.closed_at < $1 LIMIT $2 FOR UPDATE OF r SKIP LOCKED))",
                before,
                limit
            ),
        };
        Ok(gone.execute(&mut *connection).await?.rows_affected())
    }
}
