//! Wallets under lock, and the ledger rows that change them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Error, Result, column, expect_rows};
use crate::{
    AuctionId, BidId, Instant, Money, Refusal, UserId,
    wallet::{LedgerKind, Transfer, Wallet},
};

/// An amount of the books as [`Money`].
pub(super) fn money(amount: Decimal) -> Result<Money> {
    Money::from_decimal(amount).ok_or_else(|| Error::Broken(format!("not whole won: {amount}")))
}

/// Wallets that this transaction has locked, and the rows it will post to them.
pub(super) struct LockedWallets {
    wallets: BTreeMap<UserId, Wallet>,
    /// Those whose owners staff have suspended.
    suspended: BTreeSet<UserId>,
    changed: BTreeMap<UserId, Wallet>,
    rows: Vec<Posting>,
}

/// A ledger row to be written.
struct Posting {
    transfer: Transfer,
    after: Wallet,
    auction: Option<AuctionId>,
    /// Index into the bids that the same transaction inserts.
    bid: Option<usize>,
}

impl LockedWallets {
    /// Locks the wallets of `users` in one statement, ascending (see the lock doctrine). That of a closed
    /// account is not found: nothing moves there any more.
    pub(super) async fn lock(connection: &mut PgConnection, users: &[UserId]) -> Result<Self> {
        let ids: Vec<i64> = users.iter().map(|user| user.0).collect();
        let rows = sqlx::query!(
            "SELECT user_id, available, held, suspended_at FROM wallets
             WHERE user_id = ANY($1) AND closed_at IS NULL ORDER BY user_id FOR NO KEY UPDATE",
            &ids
        );
        let (mut wallets, mut suspended) = (BTreeMap::new(), BTreeSet::new());
        for row in rows.fetch_all(connection).await? {
            let wallet = Wallet { available: money(row.available)?, held: money(row.held)? };
            wallets.insert(UserId(row.user_id), wallet);
            suspended.extend(row.suspended_at.map(|_| UserId(row.user_id)));
        }
        Ok(Self { wallets, suspended, changed: BTreeMap::new(), rows: Vec::new() })
    }

    /// Whether staff have suspended `user`, if his wallet was locked.
    pub(super) fn is_suspended(&self, user: UserId) -> bool {
        self.suspended.contains(&user)
    }

    /// The wallet of `user` as it stands after what was posted so far, if it was locked.
    pub(super) fn get(&self, user: UserId) -> Option<Wallet> {
        self.changed.get(&user).or_else(|| self.wallets.get(&user)).copied()
    }

    /// Posts `transfers` in order, as caused by an auction and a bid of it; a change of nothing writes no
    /// row.
    pub(super) fn post(
        &mut self,
        transfers: &[Transfer],
        auction: Option<AuctionId>,
        bid: Option<usize>,
    ) -> Result<()> {
        for &transfer in transfers.iter().filter(|transfer| !transfer.is_nothing()) {
            let wallet = self
                .get(transfer.user)
                .ok_or_else(|| Error::Broken(format!("wallet {} is not locked", transfer.user)))?;
            // An error and not a panic: what is broken here must not stop who closes the others (defect M9).
            let after = wallet
                .try_after(&transfer)
                .ok_or_else(|| Error::Broken(format!("below zero: {wallet:?} {transfer:?}")))?;
            self.changed.insert(transfer.user, after);
            self.rows.push(Posting { transfer, after, auction, bid });
        }
        Ok(())
    }

    /// The people whose wallets change.
    pub(super) fn changed(&self) -> Vec<UserId> {
        self.changed.keys().copied().collect()
    }

    /// Writes the ledger rows and the balances: one statement, whatever was posted.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        bids: &[BidId],
        now: Instant,
    ) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let moved = |value: fn(&Posting) -> Money| column(&self.rows, |row| value(row).to_decimal());
        let bid_id = |row: &Posting| row.bid.and_then(|index| bids.get(index)).map(|id| id.0);
        let changed: Vec<(UserId, Wallet)> =
            self.changed.iter().map(|(&user, &wallet)| (user, wallet)).collect();
        let written = sqlx::query!(
            r#"WITH ledger AS (
                 INSERT INTO ledger_rows
                     (user_id, kind, available, held, available_after, held_after, bid_id, auction_id, at)
                 SELECT u.user_id, u.kind, u.available, u.held, u.available_after, u.held_after, u.bid_id,
                        u.auction_id, $9
                 FROM unnest($1::bigint[], $2::text[], $3::numeric[], $4::numeric[], $5::numeric[],
                             $6::numeric[], $7::bigint[], $8::bigint[]) WITH ORDINALITY
                      AS u (user_id, kind, available, held, available_after, held_after, bid_id, auction_id,
                            position)
                 ORDER BY u.position
                 RETURNING id
               ), balances AS (
                 UPDATE wallets w SET available = u.available, held = u.held, seq = w.seq + 1
                 FROM unnest($10::bigint[], $11::numeric[], $12::numeric[]) AS u (user_id, available, held)
                 WHERE w.user_id = u.user_id
                 RETURNING w.user_id
               )
               SELECT (SELECT count(*) FROM ledger) AS "rows!",
                      (SELECT count(*) FROM balances) AS "wallets!""#,
            &column(&self.rows, |row| row.transfer.user.0),
            &column(&self.rows, |row| row.transfer.kind.as_str().to_owned()),
            &moved(|row| row.transfer.available),
            &moved(|row| row.transfer.held),
            &moved(|row| row.after.available),
            &moved(|row| row.after.held),
            &column(&self.rows, bid_id) as &[Option<i64>],
            &column(&self.rows, |row| row.auction.map(|id| id.0)) as &[Option<i64>],
            now,
            &column(&changed, |(user, _)| user.0),
            &column(&changed, |(_, wallet)| wallet.available.to_decimal()),
            &column(&changed, |(_, wallet)| wallet.held.to_decimal()),
        );
        let written = written.fetch_one(connection).await?;
        expect_rows(written.rows.unsigned_abs(), self.rows.len(), "ledger rows")?;
        expect_rows(written.wallets.unsigned_abs(), changed.len(), "wallets")
    }
}

/// Keeps the account of `user` from being closed or suspended until this transaction is over: who opens an
/// auction has something to close first.
///
/// # Errors
/// `no_session` when it is closed already, `suspended`, `busy`.
pub(super) async fn keep_open(connection: &mut PgConnection, user: UserId) -> Result<()> {
    let suspended_at = sqlx::query_scalar!(
        "SELECT suspended_at FROM wallets WHERE user_id = $1 AND closed_at IS NULL FOR SHARE",
        user.0
    );
    let suspended_at = suspended_at.fetch_optional(connection).await?.ok_or(Refusal::NoSession)?;
    if suspended_at.is_some() { Err(Refusal::Suspended.into()) } else { Ok(()) }
}

/// The kind of a ledger row as stored.
pub(super) fn ledger_kind(name: &str) -> Result<LedgerKind> {
    LedgerKind::from_name(name).ok_or_else(|| Error::Broken(format!("ledger kind {name}")))
}
