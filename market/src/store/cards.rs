//! An auction as a list shows it, the same for every list.

use rust_decimal::Decimal;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};

use super::{Error, Result, auctions, pictures, wallets::money};
use crate::{
    AuctionId, Instant, UserId,
    view::{Card, Cursor, Sort, Stage, Standing},
};

/// The columns of a card; `$viewer` is the first parameter of every query that uses it.
pub(super) const CARD: &str = "a.id, a.seq, a.title, a.art, a.status, a.reach, r.name AS region, a.price, \
    a.start_price, a.shown_price, a.increment, a.buy_now, a.starts_at, a.ends_at, a.closed_at, \
    a.opened_at, a.bid_count, a.seller_id, a.leader_id, a.hold, a.winner_id, a.price_paid, \
    (SELECT count(*) FROM watches w WHERE w.auction_id = a.id)::int AS watcher_count, \
    (SELECT p.picture_id FROM auction_pictures p WHERE p.auction_id = a.id AND p.position = 0) AS cover, \
    EXISTS (SELECT FROM watches w WHERE w.auction_id = a.id AND w.user_id = v.id) AS watching, \
    EXISTS (SELECT FROM bidders b WHERE b.auction_id = a.id AND b.user_id = v.id) AS has_bid, v.id AS viewer";

#[derive(FromRow)]
pub(super) struct CardRow {
    id: i64,
    seq: i64,
    title: String,
    art: String,
    cover: Option<String>,
    status: String,
    reach: String,
    region: String,
    price: Decimal,
    start_price: Decimal,
    shown_price: Decimal,
    increment: serde_json::Value,
    buy_now: Option<Decimal>,
    starts_at: Instant,
    ends_at: Instant,
    pub(super) closed_at: Option<Instant>,
    opened_at: Instant,
    bid_count: i32,
    seller_id: i64,
    leader_id: Option<i64>,
    hold: Decimal,
    winner_id: Option<i64>,
    price_paid: Option<Decimal>,
    watcher_count: i32,
    watching: bool,
    has_bid: bool,
    viewer: Option<i64>,
    /// Only where a list asks from a point: in degrees, and in metres.
    #[sqlx(default)]
    near: Option<f64>,
    #[sqlx(default)]
    distance: Option<i32>,
}

impl CardRow {
    fn standing(&self) -> Result<Standing> {
        let Some(viewer) = self.viewer else { return Ok(Standing::None) };
        Ok(match self {
            row if row.seller_id == viewer => Standing::Seller,
            row if row.leader_id == Some(viewer) => Standing::Leading { maximum: money(row.hold)? },
            row if row.winner_id == Some(viewer) => {
                let paid =
                    row.price_paid.ok_or_else(|| Error::Broken("a winner without a price".to_owned()))?;
                Standing::Won { paid: money(paid)? }
            }
            row if !row.has_bid => Standing::None,
            row if row.status == "live" => Standing::Outbid,
            _ => Standing::Lost,
        })
    }

    pub(super) fn cursor(&self, sort: Sort, stage: Stage) -> Result<Cursor> {
        let key = match sort {
            Sort::EndingSoon if stage == Stage::Scheduled => self.starts_at.timestamp_micros(),
            Sort::EndingSoon => self.ends_at.timestamp_micros(),
            Sort::New if stage == Stage::Running => self.starts_at.timestamp_micros(),
            Sort::New => self.opened_at.timestamp_micros(),
            Sort::PriceUp | Sort::PriceDown => money(self.shown_price)?.to_won(),
            Sort::MostBids => self.bid_count.into(),
            // Exactly, or the next page would begin elsewhere.
            Sort::Near => i64::from_ne_bytes(self.near.unwrap_or_default().to_bits().to_ne_bytes()),
        };
        Ok(Cursor { key, id: AuctionId(self.id) })
    }
}

impl TryFrom<CardRow> for Card {
    type Error = Error;

    fn try_from(row: CardRow) -> Result<Self> {
        let (price, start_price) = (money(row.price)?, money(row.start_price)?);
        let increment = auctions::increment(&row.increment)?;
        Ok(Self {
            id: AuctionId(row.id),
            seq: row.seq,
            standing: row.standing()?,
            status: auctions::status_code(&row.status)?,
            reach: auctions::reach(&row.reach)?,
            next_bid: crate::auction::next_bid(&increment, start_price, price),
            increment,
            buy_now: row.buy_now.map(money).transpose()?,
            title: row.title,
            art: row.art,
            cover: row.cover.map(pictures::id).transpose()?,
            region: row.region,
            price,
            start_price,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            closed_at: row.closed_at,
            bid_count: row.bid_count,
            distance: row.distance,
            watcher_count: row.watcher_count,
            watching: row.watching,
        })
    }
}

/// `SELECT … FROM auctions a`, with the viewer at hand as `v.id`.
pub(super) fn card_query(viewer: Option<UserId>) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(CARD).push(" FROM auctions a JOIN regions r ON r.code = a.region_code CROSS JOIN (SELECT ");
    query.push_bind(viewer.map(|viewer| viewer.0)).push("::bigint AS id) v WHERE ");
    query
}

pub(super) async fn fetch_cards(
    connection: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Vec<CardRow>> {
    let rows: Vec<PgRow> = query.build().fetch_all(connection).await?;
    Ok(rows.iter().map(CardRow::from_row).collect::<std::result::Result<_, _>>()?)
}
