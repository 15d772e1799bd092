//! The rows of auctions: read under lock or without, and saved. How they come about: [`super::opening`].

use std::sync::Arc;

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Change, Error, Market, Result, column, expect_rows, wallets::money};
use crate::{
    Auction, AuctionId, Increment, Instant, Leading, Money, Refusal, Sale, Schedule, Settlement, SoftClose,
    Status, Terms, UserId, auction::StatusCode, live::AuctionState, opening::Reach,
};

/// An auction as its row holds it: the rules' part and what the books add.
pub(super) struct Record {
    pub id: AuctionId,
    pub auction: Auction,
    pub reach: Reach,
    pub seq: i64,
    pub bid_count: i32,
    pub bidder_count: i32,
}

/// The columns as they come.
struct Row {
    id: i64,
    seller_id: i64,
    reach: String,
    start_price: Decimal,
    increment: serde_json::Value,
    buy_now: Option<Decimal>,
    reserve: Option<Decimal>,
    soft_window: Option<i32>,
    soft_extension: Option<i32>,
    soft_hard_stop: Option<i32>,
    settlement: String,
    starts_at: Instant,
    ends_at: Instant,
    first_end: Instant,
    status: String,
    price: Decimal,
    leader_id: Option<i64>,
    hold: Decimal,
    last_call: bool,
    winner_id: Option<i64>,
    price_paid: Option<Decimal>,
    seq: i64,
    bid_count: i32,
    bidder_count: i32,
}

impl TryFrom<Row> for Record {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let status = row.status()?;
        let auction = Auction {
            seller: UserId(row.seller_id),
            terms: row.terms()?,
            schedule: Schedule { starts_at: row.starts_at, ends_at: row.ends_at, first_end: row.first_end },
            price: money(row.price)?,
            status,
            last_call: row.last_call,
        };
        Ok(Self {
            id: AuctionId(row.id),
            auction,
            reach: reach(&row.reach)?,
            seq: row.seq,
            bid_count: row.bid_count,
            bidder_count: row.bidder_count,
        })
    }
}

impl Record {
    /// The money behind the leader, if there is one.
    fn hold(&self) -> Money {
        self.auction.leading().map_or(Money::ZERO, |leading| leading.hold)
    }

    /// Whether `user` sells it.
    pub fn only_seller(&self, user: UserId) -> std::result::Result<(), Refusal> {
        if self.auction.seller == user { Ok(()) } else { Err(Refusal::NotYours) }
    }
}

impl Row {
    fn terms(&self) -> Result<Terms> {
        Ok(Terms {
            start_price: money(self.start_price)?,
            increment: increment(&self.increment)?,
            buy_now: self.buy_now.map(money).transpose()?,
            reserve: self.reserve.map(money).transpose()?,
            soft_close: soft_close(self.soft_window, self.soft_extension, self.soft_hard_stop),
            settlement: settlement(&self.settlement)?,
        })
    }

    fn status(&self) -> Result<Status> {
        let code = status_code(&self.status)?;
        let sale = match (self.winner_id, self.price_paid) {
            (Some(winner), Some(paid)) => Some(Sale { winner: UserId(winner), price_paid: money(paid)? }),
            _ => None,
        };
        let hold = money(self.hold)?;
        let leading = self.leader_id.map(|leader| Leading { user: UserId(leader), hold });
        let broken = || Error::Broken(format!("auction {} is {} without a sale", self.id, self.status));
        Ok(match code {
            StatusCode::Live => Status::Live(leading),
            StatusCode::Unsold => Status::Unsold,
            StatusCode::Cancelled => Status::Cancelled,
            StatusCode::Sold => Status::Sold(sale.ok_or_else(broken)?),
            StatusCode::Disputed => Status::Disputed(sale.ok_or_else(broken)?),
            StatusCode::Settled => Status::Settled(sale.ok_or_else(broken)?),
            StatusCode::Refunded => Status::Refunded(sale.ok_or_else(broken)?),
        })
    }
}

pub(super) fn status_code(name: &str) -> Result<StatusCode> {
    StatusCode::from_name(name).ok_or_else(|| Error::Broken(format!("status {name}")))
}

pub(super) fn reach(name: &str) -> Result<Reach> {
    Reach::from_name(name).ok_or_else(|| Error::Broken(format!("reach {name}")))
}

pub(super) fn settlement(name: &str) -> Result<Settlement> {
    match name {
        "on_close" => Ok(Settlement::OnClose),
        "on_handover" => Ok(Settlement::OnHandover),
        other => Err(Error::Broken(format!("settlement {other}"))),
    }
}

pub(super) fn increment(json: &serde_json::Value) -> Result<Increment> {
    serde_json::from_value(json.clone()).map_err(|error| Error::Broken(format!("increment: {error}")))
}

pub(super) fn soft_close(
    window: Option<i32>,
    extension: Option<i32>,
    stop: Option<i32>,
) -> Option<SoftClose> {
    let (window, extension, hard_stop) = (window?.into(), extension?.into(), stop?.into());
    Some(SoftClose { window, extension, hard_stop })
}

/// Locks the row (see the lock doctrine).
pub(super) async fn lock(connection: &mut PgConnection, id: AuctionId) -> Result<Option<Record>> {
    Ok(lock_all(connection, &[id]).await?.pop())
}

/// Locks the rows of those `ids` that exist, ascending (see the lock doctrine).
pub(super) async fn lock_all(connection: &mut PgConnection, ids: &[AuctionId]) -> Result<Vec<Record>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, seller_id, reach, start_price, increment, buy_now, reserve, soft_window,
                soft_extension, soft_hard_stop, settlement, starts_at, ends_at, first_end, status, price,
                leader_id, hold, last_call, winner_id, price_paid, seq, bid_count, bidder_count
         FROM auctions WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE",
        &ids
    );
    rows.fetch_all(connection).await?.into_iter().map(Record::try_from).collect()
}

/// Reads the row without a lock, for showing.
pub(super) async fn load(connection: &mut PgConnection, id: AuctionId) -> Result<Option<Record>> {
    let row = sqlx::query_as!(
        Row,
        "SELECT id, seller_id, reach, start_price, increment, buy_now, reserve, soft_window,
                soft_extension, soft_hard_stop, settlement, starts_at, ends_at, first_end, status, price,
                leader_id, hold, last_call, winner_id, price_paid, seq, bid_count, bidder_count
         FROM auctions WHERE id = $1",
        id.0
    );
    row.fetch_optional(connection).await?.map(Record::try_from).transpose()
}

/// Saves what moves; the record gets its next number.
pub(super) async fn save(connection: &mut PgConnection, record: &mut Record, now: Instant) -> Result<()> {
    save_all(connection, vec![record], now).await
}

/// Saves what moves of all of them in one statement; each record gets its next number.
pub(super) async fn save_all(
    connection: &mut PgConnection,
    mut records: Vec<&mut Record>,
    now: Instant,
) -> Result<()> {
    for record in &mut records {
        record.seq += 1;
    }
    let records: Vec<&Record> = records.into_iter().map(|record| &*record).collect();
    let records = records.as_slice();
    let written = sqlx::query!(
        "UPDATE auctions a
         SET status = u.status, price = u.price, leader_id = u.leader_id, hold = u.hold, ends_at = u.ends_at,
             first_end = u.first_end, last_call = u.last_call, winner_id = u.winner_id,
             price_paid = u.price_paid, seq = u.seq, bid_count = u.bid_count, bidder_count = u.bidder_count,
             reach = u.reach,
             closed_at = CASE WHEN u.status = 'live' THEN NULL ELSE coalesce(a.closed_at, $15) END
         FROM unnest($1::bigint[], $2::text[], $3::numeric[], $4::bigint[], $5::numeric[], $6::timestamptz[],
                     $7::timestamptz[], $8::boolean[], $9::bigint[], $10::numeric[], $11::bigint[],
                     $12::integer[], $13::integer[], $14::text[])
              AS u (id, status, price, leader_id, hold, ends_at, first_end, last_call, winner_id, price_paid,
                    seq, bid_count, bidder_count, reach)
         WHERE a.id = u.id",
        &column(records, |record| record.id.0),
        &column(records, |record| record.auction.status.code().as_str().to_owned()),
        &column(records, |record| record.auction.price.to_decimal()),
        &column(records, |record| record.auction.leading().map(|leading| leading.user.0)) as &[Option<i64>],
        &column(records, |record| record.hold().to_decimal()),
        &column(records, |record| record.auction.schedule.ends_at),
        &column(records, |record| record.auction.schedule.first_end),
        &column(records, |record| record.auction.last_call),
        &column(records, |record| record.auction.status.sale().map(|sale| sale.winner.0)) as &[Option<i64>],
        &column(records, |record| record.auction.status.sale().map(|sale| sale.price_paid.to_decimal()))
            as &[Option<Decimal>],
        &column(records, |record| record.seq),
        &column(records, |record| record.bid_count),
        &column(records, |record| record.bidder_count),
        &column(records, |record| record.reach.as_str().to_owned()),
        now,
    );
    expect_rows(written.execute(connection).await?.rows_affected(), records.len(), "auctions")
}

impl Market {
    /// The auction that ends next of those that take bids and whose key begins with `prefix`, for the demo.
    /// Keys come from clients, so only auctions of sellers nobody can sign in to count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn running_auction_keyed(&self, prefix: &str) -> Result<Option<AuctionId>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let id = sqlx::query_scalar!(
            "SELECT a.id FROM auctions a JOIN users u ON u.id = a.seller_id AND u.password_hash IS NULL
             WHERE a.status = 'live' AND a.ends_at > $1 AND a.starts_at <= $1 AND starts_with(a.key, $2)
             ORDER BY a.ends_at LIMIT 1",
            now,
            prefix
        );
        Ok(id.fetch_optional(&mut *connection).await?.map(AuctionId))
    }

    /// A transaction in which every statement sees the same state of the books.
    pub(super) async fn snapshot(&self) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
        let mut transaction = self.begin().await?;
        sqlx::query!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .execute(&mut *transaction)
            .await?;
        Ok(transaction)
    }

    /// Publishes what a committed change of an auction means to others.
    pub(super) fn announce(&self, reach: Reach, state: AuctionState, people: Vec<UserId>) {
        self.publish(Change::End(state.ends_at));
        if reach == Reach::National {
            self.publish(Change::Auction(Arc::new(state)));
        }
        if !people.is_empty() {
            self.publish(Change::People(people.into()));
        }
    }
}
