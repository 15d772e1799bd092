//! Auctions as staff see them, and how they take one back.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Error, Market, Result, auctions, check_key,
    staff::{self, About, Act},
    staff_log::{Acts, acts, cut},
    wallets::money,
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    auction::StatusCode,
    staff::{ActKind, reason},
    view::{AuctionFacts, AuctionRows, Neighbour, StaffAuctionQuery, StaffAuctionRow},
};

/// Auctions on a page.
const PAGE: usize = 50;
/// Auctions where they stand beside something else.
const FEW: i64 = 20;

impl Market {
    /// Staff take a live or scheduled auction back, for a reason: whoever leads has his hold again, and its
    /// seller and all who bid are told. The same key acts once.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_yours` unless `staff` is of the staff and has no part in it;
    /// `fields`: no reason; `not_found`, `key_reused`, `ended`, `busy`.
    pub async fn cancel_by_staff(
        &self,
        staff: UserId,
        id: AuctionId,
        why: &str,
        key: &str,
    ) -> Result<StatusCode> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let auction = &record.auction;
        let about = About { auction: Some(id), user: Some(auction.seller), ..About::default() };
        let act = Act::new(staff, key, ActKind::CancelAuction, &reason, about);
        if staff::logged(&mut transaction, &act).await? {
            return Ok(StatusCode::Cancelled);
        }
        let leads = auction.leading().is_some_and(|leading| leading.user == staff);
        if leads || auction.seller == staff {
            return Err(Refusal::NotYours.into());
        }
        let cancelled = auction.clone().cancel_by_staff(now)?;
        staff::log(&mut transaction, &act, now).await?;
        self.finish(transaction, record, now, cancelled, None).await
    }

    /// Auctions as staff look for them, newest first.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_auctions(&self, staff: UserId, query: &StaffAuctionQuery) -> Result<AuctionRows> {
        let mut connection = self.connection().await?;
        let now = self.enter(&mut connection, staff).await?;
        let mut rows = rows(&mut connection, Which::Page(query)).await?;
        let next = cut(&mut rows, PAGE, |row| row.id.0);
        Ok(AuctionRows { rows, next, now })
    }

    /// An auction, with what staff have done about it.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff, `not_found`.
    pub async fn staff_auction(&self, staff: UserId, id: AuctionId) -> Result<AuctionFacts> {
        let mut transaction = self.snapshot().await?;
        let now = self.enter(&mut transaction, staff).await?;
        let row = rows(&mut transaction, Which::One(id)).await?.pop().ok_or(Refusal::NotFound)?;
        let cancellable = row.status == StatusCode::Live && now < row.ends_at;
        let acts = acts(&mut transaction, Acts::About(id)).await?;
        Ok(AuctionFacts { row, cancellable, acts, now })
    }
}

/// The newest auctions that somebody sells or has won.
pub(super) async fn of(connection: &mut PgConnection, user: UserId) -> Result<Vec<StaffAuctionRow>> {
    let mut rows = rows(connection, Which::Of(user)).await?;
    rows.truncate(usize::try_from(FEW).unwrap_or(usize::MAX));
    Ok(rows)
}

/// Which auctions.
enum Which<'a> {
    /// A page and one more.
    Page(&'a StaffAuctionQuery),
    /// Those that somebody sells or has won.
    Of(UserId),
    One(AuctionId),
}

/// The columns as they come.
struct Row {
    id: i64,
    title: String,
    seller_id: i64,
    seller: String,
    seller_left: bool,
    bidder_id: Option<i64>,
    bidder: Option<String>,
    bidder_left: Option<bool>,
    status: String,
    price: Decimal,
    bids: i32,
    starts_at: Instant,
    ends_at: Instant,
}

impl TryFrom<Row> for StaffAuctionRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let bidder = row.bidder_id.zip(row.bidder).zip(row.bidder_left);
        let bidder =
            bidder.map(|((id, nickname), has_left)| Neighbour { id: UserId(id), nickname, has_left });
        Ok(Self {
            id: AuctionId(row.id),
            title: row.title,
            seller: Neighbour { id: UserId(row.seller_id), nickname: row.seller, has_left: row.seller_left },
            bidder,
            status: auctions::status_code(&row.status)?,
            price: money(row.price)?,
            bids: row.bids,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    }
}

/// Each way of asking is a branch with its own index; but one of them is empty before it begins.
async fn rows(connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<StaffAuctionRow>> {
    let (mut q, mut status, mut before, mut of, mut one) = ("", "", i64::MAX, None, None);
    let mut limit = FEW;
    match which {
        Which::Page(query) => {
            (q, status) = (query.q.trim(), query.status.trim());
            before = query.after.trim().parse().unwrap_or(i64::MAX);
            limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        }
        Which::Of(user) => of = Some(user.0),
        Which::One(id) => one = Some(id.0),
    }
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT a.id AS "id!", a.title AS "title!", s.id AS seller_id, s.nickname AS seller,
                  s.closed_at IS NOT NULL AS "seller_left!", b.id AS "bidder_id?", b.nickname AS "bidder?",
                  b.closed_at IS NOT NULL AS bidder_left, a.status AS "status!",
                  coalesce(a.price_paid, a.shown_price) AS "price!",
                  a.bid_count AS "bids!", a.starts_at AS "starts_at!", a.ends_at AS "ends_at!"
           FROM ((SELECT x.* FROM auctions x JOIN users u ON u.id = x.seller_id
                  WHERE $1::bigint IS NULL AND $2::bigint IS NULL AND x.id < $3 AND ($4 = '' OR x.status = $4)
                    AND ($5 = '' OR position(lower($5) IN lower(x.title)) > 0 OR x.id::text = $5
                         OR position(lower($5) IN lower(u.nickname)) > 0 OR lower(u.username) = lower($5))
                  ORDER BY x.id DESC LIMIT $6)
                 UNION ALL
                 (SELECT x.* FROM auctions x WHERE x.seller_id = $1 ORDER BY x.id DESC LIMIT $6)
                 UNION ALL
                 (SELECT x.* FROM auctions x WHERE x.winner_id = $1 ORDER BY x.id DESC LIMIT $6)
                 UNION ALL
                 (SELECT x.* FROM auctions x WHERE x.id = $2)) a
                JOIN users s ON s.id = a.seller_id
                LEFT JOIN users b ON b.id = coalesce(a.winner_id, a.leader_id)
           ORDER BY a.id DESC"#,
        of,
        one,
        before,
        status,
        q,
        limit
    );
    rows.fetch_all(connection).await?.into_iter().map(StaffAuctionRow::try_from).collect()
}
