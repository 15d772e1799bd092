//! The inbox: notices as they are read, and what the header shows of them.

use sqlx::PgConnection;

use super::{
    Change, Market, Result, chat_pages,
    notices::{NoticeRow, kind, words},
    wallets::money,
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    live::{IN_PASSING, MyState, Outbid},
    notice::Group,
    view::{InboxPage, Notice, NoticeKind},
};

/// Notices on one page of the inbox.
const PAGE: usize = 30;

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
            unread_messages: chat_pages::unread_messages(&mut transaction, user).await?,
            news: my_state_news(&mut transaction, user).await?,
            outbid: my_state_outbid(&mut transaction, user, now).await?,
        })
    }

    /// The newest notices of `user`, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices(&self, user: UserId, limit: i64) -> Result<Vec<Notice>> {
        newest(&mut *self.connection().await?, user, &NoticeKind::ALL, i64::MAX, limit).await
    }

    /// The page of the inbox of `user` behind the number `after`, of one group or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn inbox(&self, user: UserId, group: Option<Group>, after: Option<i64>) -> Result<InboxPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let kinds: Vec<_> = group.map_or(NoticeKind::ALL.to_vec(), |group| group.kinds().collect());
        let before = after.unwrap_or(i64::MAX);
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut notices = newest(&mut transaction, user, &kinds, before, limit).await?;
        let next = (notices.len() > PAGE).then(|| notices[PAGE - 1].seq);
        notices.truncate(PAGE);
        let unread = inbox_unread(&mut transaction, user).await?;
        let inbox_seq = sqlx::query_scalar!(
            r#"SELECT coalesce(max(seq), 0) AS "seq!" FROM notices WHERE user_id = $1"#,
            user.0
        );
        let inbox_seq = inbox_seq.fetch_one(&mut *transaction).await?;
        Ok(InboxPage { notices, group, unread, next, inbox_seq, now })
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
        let read = sqlx::query!(
            "UPDATE notices SET read_at = $3
             WHERE id IN (SELECT id FROM notices WHERE user_id = $1 AND seq <= $2 AND read_at IS NULL
                          FOR NO KEY UPDATE SKIP LOCKED)",
            user.0,
            up_to,
            now
        );
        self.told_read(user, read.execute(&mut *connection).await?.rows_affected());
        Ok(())
    }

    /// Marks the notices of `user` with these numbers as read, as [`Market::read_notices`] does: what was
    /// counted up since has another number and stays unread.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn see_notices(&self, user: UserId, numbers: &[i64]) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let read = sqlx::query!(
            "UPDATE notices SET read_at = $3
             WHERE id IN (SELECT id FROM notices WHERE user_id = $1 AND seq = ANY ($2) AND read_at IS NULL
                          FOR NO KEY UPDATE SKIP LOCKED)",
            user.0,
            numbers,
            now
        );
        self.told_read(user, read.execute(&mut *connection).await?.rows_affected());
        Ok(())
    }

    fn told_read(&self, user: UserId, read: u64) {
        if read > 0 {
            self.publish(Change::People(vec![user].into()));
        }
    }
}

/// Notices of these kinds with a number under `before`, newest first.
async fn newest(
    connection: &mut PgConnection,
    user: UserId,
    kinds: &[NoticeKind],
    before: i64,
    limit: i64,
) -> Result<Vec<Notice>> {
    let rows = sqlx::query_as!(
        NoticeRow,
        "SELECT n.id, n.kind, n.auction_id, a.title, n.times, n.amount, n.at, n.read_at, n.seq
         FROM notices n JOIN auctions a ON a.id = n.auction_id
         WHERE n.user_id = $1 AND n.kind = ANY ($2) AND n.seq < $3 ORDER BY n.seq DESC LIMIT $4",
        user.0,
        &words(kinds),
        before,
        limit
    );
    rows.fetch_all(connection).await?.into_iter().map(Notice::try_from).collect()
}

async fn inbox_unread(connection: &mut PgConnection, user: UserId) -> Result<Vec<(Group, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT kind, count(*) AS "unread!" FROM notices WHERE user_id = $1 AND read_at IS NULL
           GROUP BY kind"#,
        user.0
    );
    let mut unread = Group::ALL.map(|group| (group, 0));
    for row in rows.fetch_all(connection).await? {
        let group = Group::of(kind(&row.kind)?);
        for (_, count) in unread.iter_mut().filter(|(known, _)| *known == group) {
            *count += row.unread;
        }
    }
    Ok(unread.to_vec())
}

async fn my_state_news(connection: &mut PgConnection, user: UserId) -> Result<Vec<Notice>> {
    let rows = sqlx::query_as!(
        NoticeRow,
        "SELECT n.id, n.kind, n.auction_id, a.title, n.times, n.amount, n.at, n.read_at, n.seq
         FROM notices n JOIN auctions a ON a.id = n.auction_id
              LEFT JOIN notice_settings s ON s.user_id = n.user_id
         WHERE n.user_id = $1 AND n.read_at IS NULL AND (s.toast IS NULL OR n.kind = ANY (s.toast))
         ORDER BY n.seq DESC LIMIT $2",
        user.0,
        i64::try_from(IN_PASSING).unwrap_or(i64::MAX)
    );
    rows.fetch_all(connection).await?.into_iter().map(Notice::try_from).collect()
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
