//! Reminders: ten minutes before the end its watchers are told, once, however often the end moves.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::{
    Change, Market, Result,
    notices::{self, Notify},
};
use crate::{AuctionId, Instant, UserId, view::NoticeKind};

/// How long before the end.
const BEFORE: TimeDelta = TimeDelta::minutes(10);

impl Market {
    /// Tells the watchers of auctions that end within ten minutes, of at most `limit` auctions; the seller
    /// knows. How many auctions it were. Several servers may do so: an auction's row in `reminders` lets one
    /// of them through.
    ///
    /// # Errors
    /// When the database fails; nothing was written then.
    pub async fn remind(&self, limit: i64) -> Result<usize> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let reminded = remind_claim(&mut transaction, limit, now).await?;
        let mut told = Vec::new();
        for (auction, users) in remind_watchers(&mut transaction, &reminded).await? {
            let notify = |&user: &UserId| Notify {
                auction,
                user,
                kind: NoticeKind::EndingSoon,
                amount: None,
                times: 1,
            };
            let notices: Vec<Notify> = users.iter().map(notify).collect();
            notices::write(&mut transaction, &notices, now).await?;
            told.extend(users);
        }
        transaction.commit().await?;
        if !told.is_empty() {
            self.publish(Change::People(told.into()));
        }
        Ok(reminded.len())
    }

    /// When the next reminder is due, and what time it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_reminder(&self) -> Result<(Option<Instant>, Instant)> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let end = sqlx::query_scalar!(
            "SELECT ends_at FROM auctions a
             WHERE status = 'live' AND ends_at > $1
                   AND NOT EXISTS (SELECT FROM reminders r WHERE r.auction_id = a.id)
             ORDER BY ends_at, id LIMIT 1",
            now
        );
        let end = end.fetch_optional(&mut *connection).await?;
        Ok((end.map(|end| end - BEFORE), now))
    }
}

async fn remind_claim(connection: &mut PgConnection, limit: i64, now: Instant) -> Result<Vec<AuctionId>> {
    let ids = sqlx::query_scalar!(
        "INSERT INTO reminders (auction_id, at)
         SELECT id, $1 FROM auctions a
         WHERE status = 'live' AND ends_at > $1 AND ends_at <= $2
               AND NOT EXISTS (SELECT FROM reminders r WHERE r.auction_id = a.id)
         ORDER BY ends_at, id LIMIT $3
         ON CONFLICT DO NOTHING RETURNING auction_id",
        now,
        now + BEFORE,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(AuctionId).collect())
}

async fn remind_watchers(
    connection: &mut PgConnection,
    auctions: &[AuctionId],
) -> Result<BTreeMap<AuctionId, Vec<UserId>>> {
    let rows = sqlx::query!(
        "SELECT w.auction_id, w.user_id FROM watches w JOIN auctions a ON a.id = w.auction_id
         WHERE w.auction_id = ANY ($1) AND w.user_id <> a.seller_id",
        &auctions.iter().map(|id| id.0).collect::<Vec<_>>()
    );
    let mut watchers: BTreeMap<AuctionId, Vec<UserId>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        watchers.entry(AuctionId(row.auction_id)).or_default().push(UserId(row.user_id));
    }
    Ok(watchers)
}
