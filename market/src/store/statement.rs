//! The wallet's page: balances, holds, and the statement.

use sqlx::PgConnection;

use super::{
    Market, Result, pictures,
    wallets::{ledger_kind, money},
};
use crate::{
    AuctionId, Refusal, UserId,
    view::{Hold, StatementFilter, StatementRow, WalletPage},
    wallet::LedgerKind,
};

/// Rows on one page of the statement.
const ROWS: i64 = 30;

impl Market {
    /// The wallet of `user`, with one page of the statement.
    ///
    /// # Errors
    /// `no_session` for somebody without a wallet.
    pub async fn wallet_page(&self, user: UserId, filter: &StatementFilter) -> Result<WalletPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let row = sqlx::query!(
            r#"SELECT available, held, seq,
                      (SELECT coalesce(sum(price_paid), 0) FROM auctions
                       WHERE winner_id = $1 AND status IN ('sold', 'disputed')) AS "escrow!"
               FROM wallets WHERE user_id = $1"#,
            user.0
        );
        let row = row.fetch_optional(&mut *transaction).await?.ok_or(Refusal::NoSession)?;
        let holds = wallet_page_holds(&mut transaction, user).await?;
        let mut rows = statement_rows(&mut transaction, user, filter, ROWS + 1).await?;
        let has_more = rows.len() > usize::try_from(ROWS).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
        Ok(WalletPage {
            available: money(row.available)?,
            held: money(row.held)?,
            escrow: money(row.escrow)?,
            seq: row.seq,
            holds,
            next: rows.last().map(|row| row.id).filter(|_| has_more),
            rows,
            ignored: filter.ignored.clone(),
            now,
        })
    }

    /// The newest `limit` rows that `filter` lets through, newest first; for the file, which is written page
    /// by page behind each other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn statement(
        &self,
        user: UserId,
        filter: &StatementFilter,
        limit: i64,
    ) -> Result<Vec<StatementRow>> {
        statement_rows(&mut *self.connection().await?, user, filter, limit).await
    }
}

async fn wallet_page_holds(connection: &mut PgConnection, user: UserId) -> Result<Vec<Hold>> {
    let rows = sqlx::query!(
        r#"SELECT a.id, a.title, a.art, a.hold, a.price, a.ends_at, p.picture_id AS "cover?"
           FROM auctions a LEFT JOIN auction_pictures p ON p.auction_id = a.id AND p.position = 0
           WHERE a.leader_id = $1 ORDER BY a.ends_at, a.id"#,
        user.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| {
        Ok(Hold {
            auction: AuctionId(row.id),
            title: row.title,
            art: row.art,
            cover: row.cover.map(pictures::id).transpose()?,
            amount: money(row.hold)?,
            price: money(row.price)?,
            ends_at: row.ends_at,
        })
    })
    .collect()
}

async fn statement_rows(
    connection: &mut PgConnection,
    user: UserId,
    filter: &StatementFilter,
    limit: i64,
) -> Result<Vec<StatementRow>> {
    let rows = sqlx::query!(
        r#"SELECT l.id, l.at, l.kind, l.auction_id, a.title AS "title?", l.available, l.held,
                  l.available_after, l.held_after
           FROM ledger_rows l LEFT JOIN auctions a ON a.id = l.auction_id
           WHERE l.user_id = $1 AND l.id < $2
             AND ($4::text IS NULL OR l.kind = $4)
             AND ($5::timestamptz IS NULL OR l.at >= $5)
             AND ($6::timestamptz IS NULL OR l.at < $6)
             AND ($7::bigint IS NULL OR l.auction_id = $7)
           ORDER BY l.id DESC LIMIT $3"#,
        user.0,
        filter.after.unwrap_or(i64::MAX),
        limit,
        filter.kind.map(LedgerKind::as_str),
        filter.from,
        filter.until,
        filter.auction.map(|auction| auction.0)
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(StatementRow {
                id: row.id,
                at: row.at,
                kind: ledger_kind(&row.kind)?,
                auction: row.auction_id.map(AuctionId).zip(row.title),
                available: money(row.available)?,
                held: money(row.held)?,
                available_after: money(row.available_after)?,
                held_after: money(row.held_after)?,
            })
        })
        .collect()
}
