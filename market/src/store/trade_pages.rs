//! A sale as its two and staff see it.

use sqlx::PgConnection;

use super::{Error, Result, auctions::Record, pictures, staff, wallets::money};
use crate::{
    AuctionId, Instant, Money, Sale, UserId,
    auction::StatusCode,
    trade::{Complaint, Decision, SettledBy, Side},
    view::{Decided, Dispute, DisputeMessage, Handover, Neighbour, SaleEnd, Trade},
};

/// The sale of an auction as `viewer` may see it: its two and staff may.
pub(super) async fn of_page(
    connection: &mut PgConnection,
    record: &Record,
    viewer: Option<UserId>,
) -> Result<Option<Trade>> {
    let (Some(viewer), Some(sale)) = (viewer, record.auction.status.sale()) else { return Ok(None) };
    let staff = staff::is_staff(&mut *connection, viewer).await?;
    let Ok(side) = record.auction.side(viewer, staff) else { return Ok(None) };
    load(connection, record, sale, side).await.map(Some)
}

/// What `viewer` got back of his hold when it was over for him: a loser his last one, the winner what he had
/// offered beyond the price.
pub(super) async fn returned(
    connection: &mut PgConnection,
    record: &Record,
    viewer: Option<UserId>,
) -> Result<Option<Money>> {
    let Some(viewer) = viewer.filter(|_| record.auction.status.code() != StatusCode::Live) else {
        return Ok(None);
    };
    // Behind his payment: who buys what he leads with has his hold back before he pays, which is no rest.
    let amount = sqlx::query_scalar!(
        "SELECT r.available FROM ledger_rows r
         WHERE r.user_id = $1 AND r.auction_id = $2 AND r.kind = 'bid_refund' AND r.held < 0
               AND r.id > coalesce((SELECT p.id FROM ledger_rows p
                                    WHERE p.auction_id = $2 AND p.user_id = $1 AND p.kind = 'payment'), 0)
         ORDER BY r.id DESC LIMIT 1",
        viewer.0,
        record.id.0
    );
    amount.fetch_optional(connection).await?.map(money).transpose()
}

/// The columns as they come.
struct Row {
    paid_at: Option<Instant>,
    buyer: String,
    buyer_left: bool,
    seller: String,
    seller_left: bool,
    handed_over_at: Option<Instant>,
    handover_note: Option<String>,
    settled_at: Option<Instant>,
    settled_by: Option<String>,
    complaint: Option<String>,
    opened_at: Option<Instant>,
    act: Option<String>,
    reason: Option<String>,
    decided_at: Option<Instant>,
}

pub(super) async fn load(
    connection: &mut PgConnection,
    record: &Record,
    sale: Sale,
    side: Side,
) -> Result<Trade> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT a.closed_at AS paid_at, b.nickname AS buyer, b.closed_at IS NOT NULL AS "buyer_left!",
                  s.nickname AS seller, s.closed_at IS NOT NULL AS "seller_left!",
                  t.handed_over_at AS "handed_over_at?", t.handover_note AS "handover_note?",
                  t.settled_at AS "settled_at?", t.settled_by AS "settled_by?",
                  d.complaint AS "complaint?", d.opened_at AS "opened_at?",
                  x.act AS "act?", x.reason AS "reason?", x.at AS "decided_at?"
           FROM auctions a JOIN users b ON b.id = a.winner_id JOIN users s ON s.id = a.seller_id
                LEFT JOIN trades t ON t.auction_id = a.id
                LEFT JOIN disputes d ON d.auction_id = a.id
                LEFT JOIN staff_acts x ON x.auction_id = a.id AND x.act IN ('settle', 'refund')
           WHERE a.id = $1"#,
        record.id.0
    );
    let row = row.fetch_one(&mut *connection).await?;
    let dispute = match row.complaint()? {
        Some((complaint, opened_at)) => {
            let messages = load_messages(connection, record.id, sale, record.auction.seller).await?;
            Some(Dispute { complaint, opened_at, messages, decided: row.decided()? })
        }
        None => None,
    };
    Ok(Trade {
        auction: record.id,
        seq: record.seq,
        side,
        status: record.auction.status.code(),
        settlement: record.auction.terms.settlement,
        paid: sale.price_paid,
        paid_at: row.paid_at.ok_or_else(|| broken("a sale without its time"))?,
        handover: row.handed_over_at.map(|at| Handover { at, note: row.handover_note.clone() }),
        end: end(row.settled_at, row.settled_by.as_deref())?,
        buyer: Neighbour { id: sale.winner, nickname: row.buyer, has_left: row.buyer_left },
        seller: Neighbour { id: record.auction.seller, nickname: row.seller, has_left: row.seller_left },
        dispute,
    })
}

impl Row {
    fn complaint(&self) -> Result<Option<(Complaint, Instant)>> {
        let Some((name, at)) = self.complaint.as_deref().zip(self.opened_at) else { return Ok(None) };
        Ok(Some((complaint(name)?, at)))
    }

    fn decided(&self) -> Result<Option<Decided>> {
        let Some((name, at)) = self.act.as_deref().zip(self.decided_at) else { return Ok(None) };
        let decision = Decision::from_name(name).ok_or_else(|| broken(name))?;
        Ok(Some(Decided { decision, reason: self.reason.clone().unwrap_or_default(), at }))
    }
}

pub(super) fn broken(what: &str) -> Error {
    Error::Broken(format!("a trade: {what}"))
}

pub(super) fn complaint(name: &str) -> Result<Complaint> {
    Complaint::from_name(name).ok_or_else(|| broken(name))
}

pub(super) fn end(at: Option<Instant>, by: Option<&str>) -> Result<Option<SaleEnd>> {
    let Some((at, by)) = at.zip(by) else { return Ok(None) };
    Ok(Some(SaleEnd { at, by: SettledBy::from_name(by).ok_or_else(|| broken(by))? }))
}

/// Who of a sale somebody is; whoever else has written is of the staff.
pub(super) fn side_of(user: UserId, sale: Sale, seller: UserId) -> Side {
    match user {
        user if user == sale.winner => Side::Buyer,
        user if user == seller => Side::Seller,
        _ => Side::Staff,
    }
}

async fn load_messages(
    connection: &mut PgConnection,
    id: AuctionId,
    sale: Sale,
    seller: UserId,
) -> Result<Vec<DisputeMessage>> {
    let rows = sqlx::query!(
        "SELECT id, author_id, text, picture_id, at FROM dispute_messages WHERE auction_id = $1 ORDER BY id",
        id.0
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(DisputeMessage {
                id: row.id,
                side: side_of(UserId(row.author_id), sale, seller),
                text: row.text,
                picture: row.picture_id.map(pictures::id).transpose()?,
                at: row.at,
            })
        })
        .collect()
}
