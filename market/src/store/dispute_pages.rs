//! Disputes as staff see them.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    staff,
    trade_pages::{broken, complaint, end, load, side_of},
    wallets::{ledger_kind, money},
};
use crate::{
    AuctionId, Instant, Refusal, Sale, UserId,
    auction::StatusCode,
    trade::{Side, Turn},
    view::{DisputeList, DisputePage, DisputeRow, Neighbour, SaleRow},
};

/// Open disputes that are listed.
const OPEN: i64 = 200;
/// Decided ones that are listed.
const OVER: i64 = 50;

impl Market {
    /// The disputes, for staff.
    ///
    /// # Errors
    /// `not_yours` for everybody else.
    pub async fn disputes(&self, staff: UserId) -> Result<DisputeList> {
        let mut transaction = self.snapshot().await?;
        staff::require(&mut transaction, staff).await?;
        let now = self.clock(&mut transaction).await?;
        let open = disputes_rows(&mut transaction, true, OPEN).await?;
        let mut over = disputes_rows(&mut transaction, false, OVER).await?;
        over.reverse();
        Ok(DisputeList { open, over, now })
    }

    /// A dispute as staff see it before they decide.
    ///
    /// # Errors
    /// `not_yours` for everybody else, also for staff who buy or sell here; `not_found` without a dispute.
    pub async fn dispute_page(&self, staff: UserId, id: AuctionId) -> Result<DisputePage> {
        let mut transaction = self.snapshot().await?;
        staff::require(&mut transaction, staff).await?;
        let now = self.clock(&mut transaction).await?;
        let record = auctions::load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let sale = record.auction.status.sale().ok_or(Refusal::NotFound)?;
        if record.auction.side(staff, true)? != Side::Staff {
            return Err(Refusal::NotYours.into());
        }
        let trade = load(&mut transaction, &record, sale, Side::Staff).await?;
        trade.dispute.as_ref().ok_or(Refusal::NotFound)?;
        let rows = dispute_page_rows(&mut transaction, &record, sale).await?;
        let row = sqlx::query!(
            r#"SELECT a.title, u.nickname AS "decided_by?"
               FROM auctions a
               LEFT JOIN staff_acts x ON x.auction_id = a.id AND x.act IN ('settle', 'refund')
               LEFT JOIN users u ON u.id = x.staff_id
               WHERE a.id = $1"#,
            id.0
        );
        let row = row.fetch_one(&mut *transaction).await?;
        Ok(DisputePage { title: row.title, trade, rows, decided_by: row.decided_by, now })
    }
}

/// The rows that moved the sale's money; their condition is that of their index.
async fn dispute_page_rows(
    connection: &mut PgConnection,
    record: &Record,
    sale: Sale,
) -> Result<Vec<SaleRow>> {
    let rows = sqlx::query!(
        "SELECT at, user_id, kind, available, held FROM ledger_rows
         WHERE auction_id = $1 AND (kind IN ('payment', 'earning') OR (kind = 'bid_refund' AND held = 0))
         ORDER BY id",
        record.id.0
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(SaleRow {
                at: row.at,
                side: side_of(UserId(row.user_id), sale, record.auction.seller),
                kind: ledger_kind(&row.kind)?,
                available: money(row.available)?,
                held: money(row.held)?,
            })
        })
        .collect()
}

/// The columns of the list as they come.
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
struct ListRow {
    auction_id: i64,
    title: String,
    price_paid: Option<Decimal>,
    buyer_id: i64,
    buyer: String,
    buyer_left: bool,
    seller_id: i64,
    seller: String,
    seller_left: bool,
    complaint: String,
    opened_at: Instant,
    status: String,
    buyer_wrote: bool,
    seller_wrote: bool,
    settled_at: Option<Instant>,
    settled_by: Option<String>,
}

impl TryFrom<ListRow> for DisputeRow {
    type Error = Error;

    fn try_from(row: ListRow) -> Result<Self> {
        let status = auctions::status_code(&row.status)?;
        let open = status == StatusCode::Disputed;
        Ok(Self {
            auction: AuctionId(row.auction_id),
            title: row.title,
            paid: money(row.price_paid.ok_or_else(|| broken("a dispute without a sale"))?)?,
            buyer: Neighbour { id: UserId(row.buyer_id), nickname: row.buyer, has_left: row.buyer_left },
            seller: Neighbour { id: UserId(row.seller_id), nickname: row.seller, has_left: row.seller_left },
            complaint: complaint(&row.complaint)?,
            opened_at: row.opened_at,
            status,
            turn: if open { Turn::after(row.buyer_wrote, row.seller_wrote) } else { Turn::Nobody },
            end: end(row.settled_at, row.settled_by.as_deref())?,
        })
    }
}

/// Open ones, oldest first; or the last of those that are over, in the order of their end.
async fn disputes_rows(connection: &mut PgConnection, open: bool, limit: i64) -> Result<Vec<DisputeRow>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"SELECT l.auction_id, l.title, l.price_paid, b.id AS buyer_id, b.nickname AS buyer,
                  b.closed_at IS NOT NULL AS "buyer_left!", s.id AS seller_id, s.nickname AS seller,
                  s.closed_at IS NOT NULL AS "seller_left!", l.complaint, l.opened_at, l.status,
                  l.settled_at AS "settled_at?", l.settled_by AS "settled_by?",
                  coalesce(m.buyer, false) AS "buyer_wrote!", coalesce(m.seller, false) AS "seller_wrote!"
           FROM (SELECT d.auction_id, d.complaint, d.opened_at, a.title, a.price_paid, a.status, a.winner_id,
                        a.seller_id, t.settled_at, t.settled_by,
                        coalesce(t.settled_at, d.opened_at) AS at
                 FROM disputes d JOIN auctions a ON a.id = d.auction_id
                      LEFT JOIN trades t ON t.auction_id = d.auction_id
                 WHERE (a.status = 'disputed') = $1
                 ORDER BY CASE WHEN $1 THEN d.opened_at END, t.settled_at DESC, d.auction_id
                 LIMIT $2) l
                JOIN users b ON b.id = l.winner_id JOIN users s ON s.id = l.seller_id
                LEFT JOIN LATERAL (
                    SELECT bool_or(w.author_id = l.winner_id) AS buyer,
                           bool_or(w.author_id = l.seller_id) AS seller
                    FROM dispute_messages w
                    WHERE w.auction_id = l.auction_id
                      AND w.id > coalesce((SELECT max(z.id) FROM dispute_messages z
                                           WHERE z.auction_id = l.auction_id
                                             AND z.author_id NOT IN (l.winner_id, l.seller_id)), 0)) m ON true
           ORDER BY l.at, l.auction_id"#,
        open,
        limit
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().map(DisputeRow::try_from).collect()
}
