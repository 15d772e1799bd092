//! My page: the auctions I have to do with, one shelf of them at a time.

use std::collections::BTreeMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::{
    Market, Result,
    cards::{CardRow, card_query, fetch_cards},
};
use crate::{
    AuctionId, Instant, UserId,
    view::{Card, Cursor, MyPage, MyRow, MyTrade, Shelf, Sort, Stage},
};

/// Rows on one page of a shelf.
const ROWS: usize = 30;
/// Notices on my page; the rest is on a page of its own.
const NOTICES: i64 = 5;

impl Market {
    /// The auctions `user` has to do with: how many stand on each shelf, and one page of one of them. Without
    /// a name, the most urgent shelf that has something on it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_page(&self, user: UserId, asked: Option<Shelf>, after: Option<Cursor>) -> Result<MyPage> {
        let notices = self.notices(user, NOTICES).await?;
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let counts = my_page_counts(&mut transaction, user, now).await?;
        let filled = |wanted: &Shelf| counts.iter().any(|(shelf, count)| shelf == wanted && *count > 0);
        let current = asked.or_else(|| Shelf::BY_URGENCY.into_iter().find(filled)).unwrap_or(Shelf::Leading);
        let mut cards = my_page_cards(&mut transaction, current, user, after, now).await?;
        let has_more = cards.len() > ROWS;
        cards.truncate(ROWS);
        let next = match cards.last() {
            Some(last) if has_more => Some(my_page_cursor(current, last)?.encode()),
            _ => None,
        };
        let cards = cards.into_iter().map(Card::try_from).collect::<Result<Vec<_>>>()?;
        let trades = my_page_trades(&mut transaction, user, &cards).await?;
        let row = |card: Card| MyRow { trade: trades.get(&card.id).copied(), card };
        let rows = cards.into_iter().map(row).collect();
        Ok(MyPage { counts, shown: current, rows, next, notices, now })
    }
}

/// Which auctions stand on a shelf, of those in `a` for the viewer `v.id`.
fn push_shelf(query: &mut QueryBuilder<Postgres>, shelf: Shelf, now: Instant) {
    const BID: &str = "a.id IN (SELECT auction_id FROM bidders WHERE user_id = v.id)";
    match shelf {
        Shelf::Leading => query.push("a.leader_id = v.id"),
        Shelf::Outbid => query
            .push(BID)
            .push(" AND a.status = 'live' AND a.leader_id IS DISTINCT FROM v.id AND a.ends_at > ")
            .push_bind(now),
        Shelf::Won => query.push("a.winner_id = v.id"),
        Shelf::Lost => query.push(BID).push(" AND a.status <> 'live' AND a.winner_id IS DISTINCT FROM v.id"),
        Shelf::Watching => query.push("a.id IN (SELECT auction_id FROM watches WHERE user_id = v.id)"),
        Shelf::Selling => query.push("a.seller_id = v.id AND a.status = 'live'"),
        Shelf::Sold => query.push("a.seller_id = v.id AND a.status <> 'live'"),
    };
}

/// All shelves in one statement.
async fn my_page_counts(
    connection: &mut PgConnection,
    user: UserId,
    now: Instant,
) -> Result<Vec<(Shelf, i64)>> {
    let mut query = QueryBuilder::new("SELECT ARRAY[");
    for shelf in Shelf::ALL {
        if shelf != Shelf::ALL[0] {
            query.push(", ");
        }
        query.push("(SELECT count(*) FROM auctions a WHERE ");
        push_shelf(&mut query, shelf, now);
        query.push(")");
    }
    query.push("] FROM (SELECT ").push_bind(user.0).push("::bigint AS id) v");
    let counts: Vec<i64> = query.build_query_scalar().fetch_one(connection).await?;
    Ok(Shelf::ALL.into_iter().zip(counts).collect())
}

async fn my_page_cards(
    connection: &mut PgConnection,
    shelf: Shelf,
    user: UserId,
    after: Option<Cursor>,
    now: Instant,
) -> Result<Vec<CardRow>> {
    let mut query = card_query(Some(user));
    push_shelf(&mut query, shelf, now);
    let (column, compare, order) =
        if shelf.is_over() { ("a.closed_at", "<", "DESC") } else { ("a.ends_at", ">", "ASC") };
    if let Some(after) = after {
        query.push(format!(" AND ({column}, a.id) {compare} (")).push_bind(after.instant());
        query.push(", ").push_bind(after.id.0).push(")");
    }
    query.push(format!(" ORDER BY {column} {order}, a.id {order} LIMIT "));
    query.push_bind(i64::try_from(ROWS + 1).unwrap_or(i64::MAX));
    fetch_cards(connection, query).await
}

fn my_page_cursor(shelf: Shelf, last: &CardRow) -> Result<Cursor> {
    let cursor = last.cursor(Sort::EndingSoon, Stage::Running)?;
    let closed_at = last.closed_at.filter(|_| shelf.is_over());
    Ok(Cursor { key: closed_at.map_or(cursor.key, |at| at.timestamp_micros()), ..cursor })
}

/// How far the sales among `cards` are, in one statement.
async fn my_page_trades(
    connection: &mut PgConnection,
    user: UserId,
    cards: &[Card],
) -> Result<BTreeMap<AuctionId, MyTrade>> {
    let ids: Vec<i64> = cards.iter().map(|card| card.id.0).collect();
    let rows = sqlx::query!(
        r#"SELECT c.auction_id,
                  CASE WHEN c.seller_id = $2 THEN c.seller_unread ELSE c.winner_unread END AS "unread!",
                  t.handed_over_at IS NOT NULL AS "handed_over!",
                  EXISTS (SELECT FROM reviews r WHERE r.auction_id = c.auction_id AND r.author_id = $2)
                      AS "reviewed!"
           FROM conversations c LEFT JOIN trades t ON t.auction_id = c.auction_id
           WHERE c.auction_id = ANY($1) AND $2 IN (c.seller_id, c.winner_id)"#,
        &ids,
        user.0
    );
    let rows = rows.fetch_all(connection).await?;
    let trade = |unread, handed_over, reviewed| MyTrade { unread, handed_over, reviewed };
    let trade = rows
        .into_iter()
        .map(|row| (AuctionId(row.auction_id), trade(row.unread, row.handed_over, row.reviewed)));
    Ok(trade.collect())
}
