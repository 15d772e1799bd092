//! The list of auctions: one query for its cards, one for the count, whatever it lists (defect S12).

use rust_decimal::Decimal;
use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::{
    Market, Result,
    cards::{CardRow, card_query, fetch_cards},
};
use crate::{
    AuctionId, Instant, UserId, search,
    view::{AuctionPage, COUNTED_TO, Card, Cursor, Filter, ListPage, Region, Sort, Stage},
};

/// Cards on one page of the list.
pub const PAGE: usize = 24;

/// The end of the year 9999 in microseconds: later than any auction.
const MICROS_MAX: i64 = 253_402_300_799_999_999;

impl Market {
    /// One page of the list, as `viewer` sees it: one query for the cards, one for the count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, filter: &Filter, viewer: Option<UserId>) -> Result<ListPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let mut rows = list_cards(&mut transaction, filter, viewer, now).await?;
        let next = if rows.len() > PAGE {
            rows.truncate(PAGE);
            rows.last().map(|row| row.cursor(filter.sort)).transpose()?
        } else {
            None
        };
        let count = list_count(&mut transaction, filter, now).await?;
        let region = match &filter.region {
            Some(code) => {
                let region = "SELECT code, name, full_name FROM regions WHERE code = $1";
                let row = sqlx::query_as::<_, (String, String, String)>(region).bind(code);
                let row = row.fetch_optional(&mut *transaction).await?;
                row.map(|(code, name, full_name)| Region { code, name, full_name })
            }
            None => None,
        };
        let mut ignored = filter.ignored.clone();
        if filter.region.is_some() && region.is_none() {
            ignored.push("region".to_owned());
        }
        let cards = rows.into_iter().map(Card::try_from).collect::<Result<_>>()?;
        Ok(ListPage { cards, count, next: next.map(Cursor::encode), region, ignored, now })
    }

    /// The auction that stands large on the first page: the national one with the most bids that ends
    /// soonest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn featured(&self, viewer: Option<UserId>) -> Result<Option<AuctionPage>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let id = sqlx::query_scalar!(
            "SELECT id FROM auctions
             WHERE status = 'live' AND reach = 'national' AND starts_at <= $1 AND ends_at > $1
             ORDER BY bid_count DESC, ends_at LIMIT 1",
            now
        );
        let id = id.fetch_optional(&mut *connection).await?;
        drop(connection);
        match id {
            Some(id) => self.auction_page(AuctionId(id), viewer).await.map(Some),
            None => Ok(None),
        }
    }
}

async fn list_cards(
    connection: &mut PgConnection,
    filter: &Filter,
    viewer: Option<UserId>,
    now: Instant,
) -> Result<Vec<CardRow>> {
    let mut query = card_query(viewer);
    push_filter(&mut query, filter, now);
    let ended = filter.stage == Stage::Ended;
    let (column, descending) = match filter.sort {
        // What ended last is what one looks for among the ended.
        Sort::EndingSoon => ("a.ends_at", ended),
        Sort::New => ("a.opened_at", true),
        Sort::PriceUp => ("a.shown_price", false),
        Sort::PriceDown => ("a.shown_price", true),
        Sort::MostBids => ("a.bid_count", true),
    };
    let (compare, order) = if descending { ("<", "DESC") } else { (">", "ASC") };
    if let Some(after) = filter.after {
        query.push(format!(" AND ({column}, a.id) {compare} ("));
        match filter.sort {
            Sort::EndingSoon | Sort::New => {
                // Only years that PostgreSQL knows: the cursor comes from the URL (defect S1).
                let key = after.key.clamp(0, MICROS_MAX);
                query.push_bind(chrono::DateTime::from_timestamp_micros(key).unwrap_or(now));
            }
            _ => {
                query.push_bind(Decimal::from(after.key));
            }
        }
        query.push(", ").push_bind(after.id.0).push(")");
    }
    query.push(format!(" ORDER BY {column} {order}, a.id {order} LIMIT "));
    query.push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    fetch_cards(connection, query).await
}

async fn list_count(connection: &mut PgConnection, filter: &Filter, now: Instant) -> Result<i64> {
    let mut query = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM auctions a WHERE ");
    push_filter(&mut query, filter, now);
    query.push(" LIMIT ").push_bind(COUNTED_TO).push(") counted");
    Ok(query.build_query_scalar().fetch_one(connection).await?)
}

/// The conditions of a filter on `auctions a`.
fn push_filter(query: &mut QueryBuilder<Postgres>, filter: &Filter, now: Instant) {
    match filter.stage {
        Stage::Running => {
            query.push("a.status = 'live' AND a.starts_at <= ").push_bind(now);
            query.push(" AND a.ends_at > ").push_bind(now);
        }
        Stage::Scheduled => {
            query.push("a.status = 'live' AND a.starts_at > ").push_bind(now);
        }
        Stage::Ended => {
            query.push("a.status NOT IN ('live', 'cancelled')");
        }
    }
    if let Some(code) = &filter.region {
        // The subtree is a range of codes: digits only, so ':' is the first character after '9'.
        query.push(" AND (a.reach = 'national' OR (a.region_code >= ").push_bind(code.clone());
        query.push(" AND a.region_code < ").push_bind(format!("{code}:")).push("))");
    }
    if let Some(slug) = &filter.category {
        query
            .push(" AND a.category_id = (SELECT id FROM categories WHERE slug = ")
            .push_bind(slug.clone())
            .push(")");
    }
    if let Some(price) = filter.min_price {
        query.push(" AND a.shown_price >= ").push_bind(price.to_decimal());
    }
    if let Some(price) = filter.max_price {
        query.push(" AND a.shown_price <= ").push_bind(price.to_decimal());
    }
    if let Some(condition) = filter.condition {
        query.push(" AND a.condition = ").push_bind(condition.as_str());
    }
    if let Some(reach) = filter.reach {
        query.push(" AND a.reach = ").push_bind(reach.as_str());
    }
    if let Some(words) = &filter.q {
        push_search(query, words);
    }
}

fn push_search(query: &mut QueryBuilder<Postgres>, words: &str) {
    let folded = search::fold(words);
    if search::is_leads(&folded) {
        query.push(" AND strpos(a.leads, ").push_bind(folded).push(") > 0");
        return;
    }
    let grams = search::bigrams(words);
    if grams.is_empty() {
        // Nothing that could be searched for, such as "%": nothing is found.
        query.push(" AND false");
    } else {
        query.push(" AND a.grams @> ").push_bind(grams);
    }
}
