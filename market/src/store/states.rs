//! What the public sees of auctions: aliases, listed bids, and the whole state that frames and pages show.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{Record, load},
    column,
    wallets::money,
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    alias::Alias,
    live::{AuctionState, LISTED_IN_FRAME, ListedBid},
    opening::Reach,
};

/// The numbers of users among the bidders of auctions.
pub(super) type Aliases = BTreeMap<(AuctionId, UserId), Alias>;
/// The newest listed bids of auctions, newest first: as many as a frame shows.
pub(super) type Newest = BTreeMap<AuctionId, Vec<ListedBid>>;

/// The numbers of users among the bidders of auctions, pair by pair: each looked up by itself (`LIMIT`), for
/// while an auction is hot the planner knows nothing of its bidders yet and would read all of them.
async fn aliases(connection: &mut PgConnection, pairs: &[(AuctionId, UserId)]) -> Result<Aliases> {
    let (auctions, users): (Vec<i64>, Vec<i64>) = pairs.iter().map(|(id, user)| (id.0, user.0)).unzip();
    let rows = sqlx::query!(
        "SELECT x.auction_id, x.user_id, x.number
         FROM unnest($1::bigint[], $2::bigint[]) AS u (auction_id, user_id)
         CROSS JOIN LATERAL (
           SELECT * FROM bidders x WHERE x.auction_id = u.auction_id AND x.user_id = u.user_id LIMIT 1
         ) x",
        &auctions,
        &users
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| ((AuctionId(row.auction_id), UserId(row.user_id)), Alias(row.number))).collect())
}

/// Listed bids with a number below `before`, newest first.
pub(super) async fn listed(
    connection: &mut PgConnection,
    id: AuctionId,
    before: i32,
    limit: usize,
) -> Result<Vec<ListedBid>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        r#"SELECT b.number AS "number!", x.number AS bidder, b.shown_amount AS "amount!",
                  b.price_after AS "price!", b.at
           FROM bids b JOIN bidders x ON x.auction_id = b.auction_id AND x.user_id = b.user_id
           WHERE b.auction_id = $1 AND b.number IS NOT NULL AND b.number < $2
           ORDER BY b.number DESC LIMIT $3"#,
        id.0,
        before,
        limit
    );
    let rows = rows.fetch_all(connection).await?;
    let bid = |row: (i32, i32, Decimal, Decimal, Instant)| {
        let (number, bidder, amount, price, at) = row;
        Ok(ListedBid { number, bidder: Alias(bidder), amount: money(amount)?, price: money(price)?, at })
    };
    rows.into_iter().map(|row| bid((row.number, row.bidder, row.amount, row.price, row.at))).collect()
}

/// The newest listed bids of each of the auctions, newest first; for one without bids, none.
pub(super) async fn newest(connection: &mut PgConnection, ids: &[AuctionId]) -> Result<Newest> {
    let rows = sqlx::query!(
        r#"SELECT b.auction_id, b.number AS "number!", x.number AS bidder, b.shown_amount AS "amount!",
                  b.price_after AS "price!", b.at
           FROM unnest($1::bigint[]) AS u (auction_id)
           CROSS JOIN LATERAL (
             SELECT * FROM bids b WHERE b.auction_id = u.auction_id AND b.number IS NOT NULL
             ORDER BY b.number DESC LIMIT $2
           ) b
           JOIN bidders x ON x.auction_id = b.auction_id AND x.user_id = b.user_id
           ORDER BY b.auction_id, b.number DESC"#,
        &column(ids, |id| id.0),
        i64::try_from(LISTED_IN_FRAME).unwrap_or(i64::MAX)
    );
    let mut newest: Newest = ids.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows.fetch_all(connection).await? {
        let (amount, price) = (money(row.amount)?, money(row.price)?);
        let bid = ListedBid { number: row.number, bidder: Alias(row.bidder), amount, price, at: row.at };
        newest.entry(AuctionId(row.auction_id)).or_default().push(bid);
    }
    Ok(newest)
}

/// The public state of a record: what frames and pages show.
pub(super) async fn state(connection: &mut PgConnection, record: &Record) -> Result<AuctionState> {
    let records = std::slice::from_ref(record);
    let state = states(connection, records, &Aliases::new(), Newest::new()).await?.pop();
    state.ok_or_else(|| Error::Broken(format!("auction {} has no state", record.id)))
}

/// The public states of records, in their order: at most two statements, however many they are. Aliases and
/// newest bids that the caller knows already are not read again.
pub(super) async fn states(
    connection: &mut PgConnection,
    records: &[Record],
    known: &Aliases,
    mut bids: Newest,
) -> Result<Vec<AuctionState>> {
    let leader = |record: &Record| record.auction.leading().map(|leading| leading.user);
    let winner = |record: &Record| record.auction.status.sale().map(|sale| sale.winner);
    let named = |record| leader(record).into_iter().chain(winner(record)).map(|user| (record.id, user));
    let unknown = records.iter().flat_map(named).filter(|named| !known.contains_key(named));
    let unknown: Vec<_> = unknown.collect();
    let read = if unknown.is_empty() { Aliases::new() } else { aliases(&mut *connection, &unknown).await? };
    let unread = records.iter().map(|record| record.id).filter(|id| !bids.contains_key(id));
    let unread: Vec<AuctionId> = unread.collect();
    if !unread.is_empty() {
        bids.extend(newest(connection, &unread).await?);
    }
    let state = |record: &Record| {
        let (id, auction) = (record.id, &record.auction);
        let alias = |user: Option<UserId>| {
            user.and_then(|user| known.get(&(id, user)).or_else(|| read.get(&(id, user))).copied())
        };
        AuctionState {
            id,
            seq: record.seq,
            status: auction.status.code(),
            price: auction.price,
            leader: alias(leader(record)),
            winner: alias(winner(record)),
            reserve_met: auction.reserve_met(),
            starts_at: auction.schedule.starts_at,
            ends_at: auction.schedule.ends_at,
            first_end: auction.schedule.first_end,
            hard_stop_at: auction.hard_stop_at(),
            last_call: auction.last_call,
            bid_count: record.bid_count,
            bidder_count: record.bidder_count,
            bids: bids.remove(&id).unwrap_or_default(),
        }
    };
    Ok(records.iter().map(state).collect())
}

impl Market {
    /// The public state of a national auction, for a socket that subscribes.
    ///
    /// # Errors
    /// `not_found`, for neighbourhood auctions too: they have no topic (design, *Live*).
    pub async fn live_state(&self, id: AuctionId) -> Result<AuctionState> {
        let mut transaction = self.snapshot().await?;
        let record = load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        if record.reach != Reach::National {
            return Err(Refusal::NotFound.into());
        }
        state(&mut transaction, &record).await
    }
}
