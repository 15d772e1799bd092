//! How auctions end in the books: on time, early, and out of escrow; what people do after a sale is in
//! `trades`. Each operation is one transaction with the phases lock → decide (pure) → write → commit →
//! publish.

use std::collections::BTreeSet;

use sqlx::{PgConnection, Postgres, Transaction};

use super::{
    Change, Market, Result,
    auctions::{self, Record},
    measures,
    notices::{self, Notify},
    staff, states, trades,
    wallets::LockedWallets,
};
use crate::{
    Auction, AuctionId, Instant, Refusal, Status, UserId,
    auction::StatusCode,
    closing::{HANDOVER_DAYS, Transition},
    opening::Reach,
    trade::{SettledBy, settles_at},
    view::NoticeKind,
};

impl Market {
    /// Closes an auction whose end is reached, by the market's clock, read under the auction's lock.
    ///
    /// # Errors
    /// `not_found`, `ended` when it is closed already, `not_due`, `busy`.
    pub async fn close(&self, id: AuctionId) -> Result<StatusCode> {
        self.transition(id, None, Auction::close).await
    }

    /// The seller is paid out of escrow, whoever says so: for the vectors. People confirm
    /// ([`Market::confirm_handover`]), staff decide ([`Market::decide_sale`]).
    ///
    /// # Errors
    /// `not_found`, `not_sold`, `busy`.
    pub async fn settle(&self, id: AuctionId) -> Result<StatusCode> {
        self.transition(id, Some(SettledBy::Staff), |auction, _| auction.settle()).await
    }

    /// The buyer has his money back, whoever says so: for the vectors, as [`Market::settle`].
    ///
    /// # Errors
    /// `not_found`, `not_sold`, `busy`.
    pub async fn refund(&self, id: AuctionId) -> Result<StatusCode> {
        self.transition(id, Some(SettledBy::Staff), |auction, _| auction.refund()).await
    }

    /// The 7 days are over; a dispute stops this timer.
    ///
    /// # Errors
    /// `not_found`, `not_sold`, `not_due`, `busy`.
    pub async fn settle_by_time(&self, id: AuctionId) -> Result<StatusCode> {
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let Status::Sold(_) = record.auction.status else { return Err(Refusal::NotSold.into()) };
        if !handover_is_due(&mut transaction, id, now).await? {
            return Err(Refusal::NotDue.into());
        }
        let settled = record.auction.clone().settle()?;
        self.finish(transaction, record, now, settled, Some(SettledBy::Time)).await
    }

    /// The seller takes an auction back that has no bids.
    ///
    /// # Errors
    /// `not_found`, `not_yours`, `ended`, `has_bids`, `busy`.
    pub async fn cancel(&self, seller: UserId, id: AuctionId) -> Result<StatusCode> {
        let cancel = |auction: Auction, now| auction.only_seller(seller).and_then(|()| auction.cancel(now));
        self.transition(id, None, cancel).await
    }

    /// The seller calls last bids.
    ///
    /// # Errors
    /// `not_found`, `not_yours`, `not_started`, `ended`, `no_bids`, `already_called`, `busy`.
    pub async fn call_last_bids(&self, seller: UserId, id: AuctionId) -> Result<StatusCode> {
        let call =
            |auction: Auction, now| auction.only_seller(seller).and_then(|()| auction.call_last_bids(now));
        self.transition(id, None, call).await
    }

    /// The seller shows a neighbourhood auction to the whole country, live.
    ///
    /// # Errors
    /// `not_found`, `not_yours`, `ended`, `already_national`, `busy`.
    pub async fn make_national(&self, seller: UserId, id: AuctionId) -> Result<()> {
        let mut transaction = self.begin().await?;
        let mut record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.auction.only_seller(seller)?;
        if record.reach == Reach::National {
            return Err(Refusal::AlreadyNational.into());
        }
        if !matches!(record.auction.status, Status::Live(_)) || now >= record.auction.schedule.ends_at {
            return Err(Refusal::Ended.into());
        }
        record.reach = Reach::National;
        auctions::save(&mut transaction, &mut record, now).await?;
        let state = states::state(&mut transaction, &record).await?;
        transaction.commit().await?;
        self.announce(record.reach, state, Vec::new());
        Ok(())
    }

    /// The live auctions whose end is reached, oldest first, without locks; see [`Market::close`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due(&self, limit: i64) -> Result<Vec<AuctionId>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let ids = sqlx::query_scalar!(
            "SELECT id FROM auctions WHERE status = 'live' AND ends_at <= $1 ORDER BY ends_at, id LIMIT $2",
            now,
            limit
        );
        Ok(ids.fetch_all(&mut *connection).await?.into_iter().map(AuctionId).collect())
    }

    /// The sales whose 7 days are over; see [`Market::settle_by_time`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handovers_due(&self, limit: i64) -> Result<Vec<AuctionId>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let since = now - chrono::TimeDelta::days(HANDOVER_DAYS);
        let ids = sqlx::query_scalar!(
            "SELECT id FROM auctions WHERE status = 'sold' AND closed_at <= $1 ORDER BY closed_at LIMIT $2",
            since,
            limit
        );
        Ok(ids.fetch_all(&mut *connection).await?.into_iter().map(AuctionId).collect())
    }

    /// When the next live auction ends or the next handover falls due, and the time now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self) -> Result<(Option<Instant>, Instant)> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let next = sqlx::query_scalar!(
            "SELECT least((SELECT min(ends_at) FROM auctions WHERE status = 'live'),
                          (SELECT min(closed_at) FROM auctions WHERE status = 'sold')
                              + make_interval(days => $1))",
            i32::try_from(HANDOVER_DAYS).unwrap_or(i32::MAX)
        );
        Ok((next.fetch_one(&mut *connection).await?, now))
    }

    /// A sale whose money waits in escrow settles by itself: the closer must be awake then.
    pub(super) fn announce_settling(&self, auction: &Auction, paid_at: Instant) {
        if matches!(auction.status, Status::Sold(_)) {
            self.publish(Change::End(settles_at(paid_at)));
        }
    }

    /// Locks, reads the clock, decides, and finishes.
    async fn transition(
        &self,
        id: AuctionId,
        by: Option<SettledBy>,
        decide: impl FnOnce(Auction, Instant) -> std::result::Result<Transition, Refusal>,
    ) -> Result<StatusCode> {
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let decided = decide(record.auction.clone(), now)?;
        self.finish(transaction, record, now, decided, by).await
    }

    /// What was decided: locks the wallets concerned in one statement, writes, commits and publishes. `by`
    /// says by what the money leaves escrow, if it does.
    pub(super) async fn finish(
        &self,
        mut transaction: Transaction<'static, Postgres>,
        mut record: Record,
        now: Instant,
        (auction, transfers): Transition,
        by: Option<SettledBy>,
    ) -> Result<StatusCode> {
        let before = record.auction.status.code();
        record.auction = auction;
        let users: BTreeSet<UserId> = transfers.iter().map(|transfer| transfer.user).collect();
        let users: Vec<UserId> = users.into_iter().collect();
        let mut wallets = LockedWallets::lock(&mut transaction, &users).await?;
        wallets.post(&transfers, Some(record.id), None)?;
        wallets.write(&mut transaction, &[], now).await?;
        auctions::save(&mut transaction, &mut record, now).await?;
        if let Some(by) = by {
            trades::write_end(&mut transaction, record.id, by, now).await?;
        }
        let mut people: BTreeSet<UserId> = users.into_iter().collect();
        people.extend(finish_notices(&mut transaction, &record, (before, by), now).await?);
        people.extend(record.auction.status.sale().map(|sale| sale.winner));
        let state = states::state(&mut transaction, &record).await?;
        transaction.commit().await?;
        self.announce(record.reach, state, people.into_iter().collect());
        if before == StatusCode::Live {
            measures::closed(record.auction.status.code(), now - record.auction.schedule.ends_at);
            self.announce_settling(&record.auction, now);
        }
        Ok(record.auction.status.code())
    }
}

/// Who learns of a transition; the people told.
async fn finish_notices(
    connection: &mut PgConnection,
    record: &Record,
    (before, by): (StatusCode, Option<SettledBy>),
    now: Instant,
) -> Result<Vec<UserId>> {
    let auction = &record.auction;
    let (seller, sale) = (auction.seller, auction.status.sale());
    let winner = sale.map(|sale| sale.winner);
    let notify = |user, kind| Notify {
        auction: record.id,
        user,
        kind,
        amount: sale.map(|sale| sale.price_paid),
        times: 1,
    };
    let after = auction.status.code();
    let mut told = Vec::new();
    let ended = before == StatusCode::Live && after != StatusCode::Live;
    let notices: Vec<Notify> = match after {
        StatusCode::Unsold => vec![notify(seller, NoticeKind::Unsold)],
        StatusCode::Cancelled => vec![notify(seller, NoticeKind::Cancelled)],
        StatusCode::Sold | StatusCode::Settled if ended => winner
            .map(|winner| notify(winner, NoticeKind::Won))
            .into_iter()
            .chain([notify(seller, NoticeKind::Sold)])
            .collect(),
        StatusCode::Settled => {
            let decided = before == StatusCode::Disputed && by == Some(SettledBy::Staff);
            let buyer = winner.filter(|_| decided).map(|winner| notify(winner, NoticeKind::Disputed));
            [notify(seller, NoticeKind::Paid)].into_iter().chain(buyer).collect()
        }
        StatusCode::Disputed => {
            let staff = staff::others(&mut *connection, [Some(seller), winner]).await?;
            [seller].into_iter().chain(staff).map(|user| notify(user, NoticeKind::Disputed)).collect()
        }
        StatusCode::Refunded => winner
            .map(|winner| notify(winner, NoticeKind::Refunded))
            .into_iter()
            .chain([notify(seller, NoticeKind::Disputed)])
            .collect(),
        StatusCode::Live | StatusCode::Sold => Vec::new(),
    };
    notices::write(&mut *connection, &notices, now).await?;
    told.extend(notices.iter().map(|notice| notice.user));
    if ended {
        let kind = if after == StatusCode::Cancelled { NoticeKind::Cancelled } else { NoticeKind::Lost };
        told.extend(notices::write_to_bidders(connection, record.id, winner, kind, now).await?);
    }
    Ok(told)
}

async fn handover_is_due(connection: &mut PgConnection, id: AuctionId, now: Instant) -> Result<bool> {
    let since = now - chrono::TimeDelta::days(HANDOVER_DAYS);
    let due = sqlx::query_scalar!(
        r#"SELECT coalesce(closed_at <= $2, false) AS "due!" FROM auctions WHERE id = $1"#,
        id.0,
        since
    );
    Ok(due.fetch_one(connection).await?)
}
