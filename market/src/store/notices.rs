//! Notices: rows of the same transaction as their cause; and what the header shows of them.

use sqlx::PgConnection;

use super::{Error, Market, Result, expect_rows, wallets::money};
use crate::{
    AuctionId, Instant, Money, NoticeId, Refusal, UserId,
    live::{MyState, Outbid},
    view::{Notice, NoticeKind},
};

/// A notice to be written.
pub(super) struct Notify {
    pub user: UserId,
    pub kind: NoticeKind,
    pub amount: Option<Money>,
    pub times: i32,
}

/// Writes notices about one auction in one statement. Unread ones of the same kind are counted up instead of
/// repeated; their rows belong to the auction, whose lock the transaction holds, so no two writers meet here.
pub(super) async fn write(
    connection: &mut PgConnection,
    auction: AuctionId,
    notices: &[Notify],
    now: Instant,
) -> Result<()> {
    if notices.is_empty() {
        return Ok(());
    }
    let amounts: Vec<_> = notices.iter().map(|notice| notice.amount.map(Money::to_decimal)).collect();
    let written = sqlx::query!(
        "INSERT INTO notices (user_id, kind, auction_id, amount, times, at)
         SELECT u.user_id, u.kind, $1, u.amount, u.times, $2
         FROM unnest($3::bigint[], $4::text[], $5::numeric[], $6::integer[])
              AS u (user_id, kind, amount, times)
         ON CONFLICT (user_id, auction_id, kind) WHERE read_at IS NULL
         DO UPDATE SET times = notices.times + excluded.times, amount = excluded.amount, at = excluded.at,
                       seq = nextval('notice_seq')",
        auction.0,
        now,
        &notices.iter().map(|notice| notice.user.0).collect::<Vec<_>>(),
        &notices.iter().map(|notice| notice.kind.as_str().to_owned()).collect::<Vec<_>>(),
        &amounts as &[Option<rust_decimal::Decimal>],
        &notices.iter().map(|notice| notice.times).collect::<Vec<_>>(),
    );
    expect_rows(written.execute(connection).await?.rows_affected(), notices.len(), "notices")
}

/// Tells every bidder but `except` how the auction ended: one statement, however many they are.
pub(super) async fn write_to_bidders(
    connection: &mut PgConnection,
    auction: AuctionId,
    except: Option<UserId>,
    kind: NoticeKind,
    now: Instant,
) -> Result<Vec<UserId>> {
    let users = sqlx::query_scalar!(
        "INSERT INTO notices (user_id, kind, auction_id, at)
         SELECT user_id, $3, $1, $4 FROM bidders WHERE auction_id = $1 AND user_id IS DISTINCT FROM $2
         ON CONFLICT (user_id, auction_id, kind) WHERE read_at IS NULL
         DO UPDATE SET times = notices.times + 1, at = excluded.at, seq = nextval('notice_seq')
         RETURNING user_id",
        auction.0,
        except.map(|user| user.0),
        kind.as_str(),
        now,
    );
    Ok(users.fetch_all(connection).await?.into_iter().map(UserId).collect())
}

impl Market {
    /// What the header of `user` shows: the whole current state, in one snapshot.
    ///
    /// # Errors
    /// `no_session` for somebody without a wallet.
    pub async fn my_state(&self, user: UserId) -> Result<MyState> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let row = sqlx::query!(
            r#"SELECT w.available, w.held, w.seq,
                      (SELECT coalesce(max(seq), 0) FROM notices WHERE user_id = $1) AS "inbox_seq!",
                      (SELECT count(*) FROM notices WHERE user_id = $1 AND read_at IS NULL) AS "unread!"
               FROM wallets w WHERE w.user_id = $1"#,
            user.0
        );
        let row = row.fetch_optional(&mut *transaction).await?.ok_or(Refusal::NoSession)?;
        Ok(MyState {
            user,
            wallet_seq: row.seq,
            available: money(row.available)?,
            held: money(row.held)?,
            inbox_seq: row.inbox_seq,
            unread: row.unread,
            outbid: my_state_outbid(&mut transaction, user, now).await?,
        })
    }

    /// The newest notices of `user`, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices(&self, user: UserId, limit: i64) -> Result<Vec<Notice>> {
        let rows = sqlx::query!(
            "SELECT n.id, n.kind, n.auction_id, a.title, n.times, n.amount, n.at, n.read_at
             FROM notices n JOIN auctions a ON a.id = n.auction_id
             WHERE n.user_id = $1 ORDER BY n.seq DESC LIMIT $2",
            user.0,
            limit
        );
        let rows = rows.fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter()
            .map(|row| {
                let kind = NoticeKind::from_name(&row.kind);
                Ok(Notice {
                    id: NoticeId(row.id),
                    kind: kind.ok_or_else(|| Error::Broken(format!("notice {}", row.kind)))?,
                    auction: AuctionId(row.auction_id),
                    title: row.title,
                    times: row.times,
                    amount: row.amount.map(money).transpose()?,
                    at: row.at,
                    read: row.read_at.is_some(),
                })
            })
            .collect()
    }

    /// Marks the notices of `user` up to the inbox's number `up_to` as read. One that a bid is counting up at
    /// this moment has more to tell and stays unread: the inbox waits for no bid, so it can be in no
    /// deadlock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_notices(&self, user: UserId, up_to: i64) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        sqlx::query!(
            "UPDATE notices SET read_at = $3
             WHERE id IN (SELECT id FROM notices WHERE user_id = $1 AND seq <= $2 AND read_at IS NULL
                          FOR NO KEY UPDATE SKIP LOCKED)",
            user.0,
            up_to,
            now
        )
        .execute(&mut *connection)
        .await?;
        self.publish(super::Change::People(vec![user].into()));
        Ok(())
    }
}

async fn my_state_outbid(connection: &mut PgConnection, user: UserId, now: Instant) -> Result<Vec<Outbid>> {
    let rows = sqlx::query!(
        "SELECT a.id, a.title, a.price, a.start_price, a.increment
         FROM bidders b JOIN auctions a ON a.id = b.auction_id
         WHERE b.user_id = $1 AND a.status = 'live' AND a.ends_at > $2 AND a.leader_id IS DISTINCT FROM $1
         ORDER BY a.ends_at LIMIT 10",
        user.0,
        now
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let price = money(row.price)?;
            let increment = super::auctions::increment(&row.increment)?;
            let next_bid = crate::auction::next_bid(&increment, money(row.start_price)?, price);
            Ok(Outbid { auction: AuctionId(row.id), title: row.title, price, next_bid })
        })
        .collect()
}
