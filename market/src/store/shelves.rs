//! The shelves of the first page: two queries, whatever stands on them.

use sqlx::PgConnection;

use super::{
    Market, Result,
    cards::{card_query, fetch_cards},
};
use crate::{
    AuctionId, Instant, UserId,
    view::{Card, FrontShelves},
};

/// Cards on a shelf: a row of a desktop, two of a phone.
const CARDS: usize = 4;
/// How many of the latest watches tell what is wanted. This bounds the cost, however many auctions and
/// watches there are: so many entries of one index, and as many auctions by their id at most.
const LATELY: i64 = 500;

impl Market {
    /// The shelves of the first page as `viewer` sees them, who lives in `region`: of the neighbourhood
    /// auctions those of its subtree, or all of them without one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shelves(&self, region: Option<&str>, viewer: Option<UserId>) -> Result<FrontShelves> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let (ending, mut wanted) = shelves_ids(&mut transaction, region, now).await?;
        wanted.retain(|id| !ending.contains(id));
        wanted.truncate(CARDS);
        let mut query = card_query(viewer);
        query.push("a.id = ANY (").push_bind([ending.as_slice(), wanted.as_slice()].concat()).push(")");
        let rows = fetch_cards(&mut transaction, query).await?;
        let cards = rows.into_iter().map(Card::try_from).collect::<Result<Vec<_>>>()?;
        let on = |ids: &[i64]| {
            let card = |id: &i64| cards.iter().find(|card| card.id == AuctionId(*id)).cloned();
            ids.iter().filter_map(card).collect()
        };
        Ok(FrontShelves { ending: on(&ending), wanted: on(&wanted), now })
    }
}

/// What ends next, and what is wanted: twice as many, as those that end next may be among them.
async fn shelves_ids(
    connection: &mut PgConnection,
    region: Option<&str>,
    now: Instant,
) -> Result<(Vec<i64>, Vec<i64>)> {
    let cards = i64::try_from(CARDS).unwrap_or(i64::MAX);
    let row = sqlx::query!(
        r#"SELECT ARRAY(
               SELECT id FROM auctions
               WHERE status = 'live' AND reach = 'national' AND starts_at <= $1 AND ends_at > $1
               ORDER BY ends_at, id LIMIT $2) AS "ending!",
             ARRAY(
               SELECT a.id
               FROM (SELECT auction_id, count(*) AS watches
                     FROM (SELECT auction_id FROM watches ORDER BY at DESC, auction_id LIMIT $3) lately
                     GROUP BY auction_id) w
                    JOIN auctions a ON a.id = w.auction_id
               WHERE a.status = 'live' AND a.starts_at <= $1 AND a.ends_at > $1
                     AND (a.reach = 'national' OR $4::text IS NULL
                          OR (a.region_code >= $4 AND a.region_code < $4 || ':'))
               ORDER BY w.watches DESC, a.ends_at, a.id LIMIT $2 * 2) AS "wanted!""#,
        now,
        cards,
        LATELY,
        region
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.ending, row.wanted))
}
