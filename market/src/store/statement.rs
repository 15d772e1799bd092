//! The wallet's page: balances, holds, and the statement.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Market, Result,
    wallets::{ledger_kind, money},
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    view::{Hold, StatementRow, WalletPage},
};

/// Rows on one page of the statement.
const ROWS: usize = 30;

impl Market {
    /// The wallet of `user`, with the statement's page behind row `after`.
    ///
    /// # Errors
    /// `no_session` for somebody without a wallet.
    pub async fn wallet_page(&self, user: UserId, after: Option<i64>) -> Result<WalletPage> {
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
        let mut rows = wallet_page_rows(&mut transaction, user, after).await?;
        let next = if rows.len() > ROWS {
            rows.truncate(ROWS);
            rows.last().map(|row| row.id)
        } else {
            None
        };
        Ok(WalletPage {
            available: money(row.available)?,
            held: money(row.held)?,
            escrow: money(row.escrow)?,
            seq: row.seq,
            holds,
            rows,
            next,
            now,
        })
    }
}

async fn wallet_page_holds(connection: &mut PgConnection, user: UserId) -> Result<Vec<Hold>> {
    let rows = sqlx::query!(
        "SELECT id, title, art, hold, price, ends_at FROM auctions WHERE leader_id = $1 ORDER BY ends_at, id",
        user.0
    );
    let rows = rows.fetch_all(connection).await?;
    let hold = |(id, title, art, hold, price, ends_at): (i64, String, String, Decimal, Decimal, Instant)| {
        Ok(Hold { auction: AuctionId(id), title, art, amount: money(hold)?, price: money(price)?, ends_at })
    };
    rows.into_iter().map(|row| hold((row.id, row.title, row.art, row.hold, row.price, row.ends_at))).collect()
}

async fn wallet_page_rows(
    connection: &mut PgConnection,
    user: UserId,
    after: Option<i64>,
) -> Result<Vec<StatementRow>> {
    let rows = sqlx::query!(
        r#"SELECT l.id, l.at, l.kind, l.auction_id, a.title AS "title?", l.available, l.held,
                  l.available_after, l.held_after
           FROM ledger_rows l LEFT JOIN auctions a ON a.id = l.auction_id
           WHERE l.user_id = $1 AND l.id < $2 ORDER BY l.id DESC LIMIT $3"#,
        user.0,
        after.unwrap_or(i64::MAX),
        i64::try_from(ROWS + 1).unwrap_or(i64::MAX)
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
