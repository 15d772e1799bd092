//! What pages show, each in a fixed number of queries whatever it lists (defect S12).

use rust_decimal::Decimal;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    wallets::money,
};
use crate::{
    AuctionId, CategoryId, Instant, Money, Refusal, UserId,
    opening::{Condition, Reach, Shipping},
    search,
    view::{
        About, AuctionPage, COUNTED_TO, Card, Category, Cursor, Filter, ListPage, Mine, MyPage, Region,
        SellerCard, Shelf, Sort, Stage, Standing,
    },
};

/// Cards on one page of the list.
pub const PAGE: usize = 24;
/// Cards on one shelf of my page.
const SHELF: i64 = 30;
/// Points of the price chart: the newest.
const CHART_POINTS: i64 = 300;

/// The end of the year 9999 in microseconds: later than any auction.
const MICROS_MAX: i64 = 253_402_300_799_999_999;

/// The columns of a card; `$viewer` is the first parameter of every query that uses it.
const CARD: &str = "a.id, a.seq, a.title, a.art, a.status, a.reach, r.name AS region, a.price, \
    a.start_price, a.shown_price, a.increment, a.buy_now, a.starts_at, a.ends_at, a.opened_at, a.bid_count, \
    a.seller_id, a.leader_id, a.hold, a.winner_id, a.price_paid, \
    (SELECT count(*) FROM watches w WHERE w.auction_id = a.id)::int AS watcher_count, \
    EXISTS (SELECT FROM watches w WHERE w.auction_id = a.id AND w.user_id = v.id) AS watching, \
    EXISTS (SELECT FROM bidders b WHERE b.auction_id = a.id AND b.user_id = v.id) AS has_bid, v.id AS viewer";

#[derive(FromRow)]
struct CardRow {
    id: i64,
    seq: i64,
    title: String,
    art: String,
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

    fn cursor(&self, sort: Sort) -> Result<Cursor> {
        let key = match sort {
            Sort::EndingSoon => self.ends_at.timestamp_micros(),
            Sort::New => self.opened_at.timestamp_micros(),
            Sort::PriceUp | Sort::PriceDown => money(self.shown_price)?.to_won(),
            Sort::MostBids => self.bid_count.into(),
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
            region: row.region,
            price,
            start_price,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            bid_count: row.bid_count,
            watcher_count: row.watcher_count,
            watching: row.watching,
        })
    }
}

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

    /// Everything on an auction's page, in one snapshot.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn auction_page(&self, id: AuctionId, viewer: Option<UserId>) -> Result<AuctionPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let record = auctions::load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let state = auctions::state(&mut transaction, &record).await?;
        let about = auction_page_about(&mut transaction, &record).await?;
        let mine = match viewer {
            Some(viewer) => Some(auction_page_mine(&mut transaction, &record, viewer).await?),
            None => None,
        };
        let chart = auction_page_chart(&mut transaction, id).await?;
        let watchers = sqlx::query_scalar!(
            r#"SELECT count(*)::int AS "count!" FROM watches WHERE auction_id = $1"#,
            id.0
        );
        let watcher_count = watchers.fetch_one(&mut *transaction).await?;
        Ok(AuctionPage { state, about, mine, chart, watcher_count, now })
    }

    /// The auctions `user` has to do with, by what comes next.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_page(&self, user: UserId) -> Result<MyPage> {
        let notices = self.notices(user, 20).await?;
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let mut shelves = Vec::with_capacity(Shelf::ALL.len());
        for shelf in Shelf::ALL {
            shelves.push((shelf, my_page_shelf(&mut transaction, shelf, user, now).await?));
        }
        Ok(MyPage { shelves, notices, now })
    }

    /// Starts or stops watching; whether `user` watches now.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn watch(&self, user: UserId, id: AuctionId, watching: bool) -> Result<bool> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let known = sqlx::query_scalar!("SELECT id FROM auctions WHERE id = $1", id.0);
        known.fetch_optional(&mut *connection).await?.ok_or(Refusal::NotFound)?;
        if watching {
            sqlx::query!(
                "INSERT INTO watches (auction_id, user_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                id.0,
                user.0,
                now
            )
            .execute(&mut *connection)
            .await?;
        } else {
            sqlx::query!("DELETE FROM watches WHERE auction_id = $1 AND user_id = $2", id.0, user.0)
                .execute(&mut *connection)
                .await?;
        }
        Ok(watching)
    }
}

/// `SELECT … FROM auctions a`, with the viewer at hand as `v.id`.
fn card_query(viewer: Option<UserId>) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(CARD).push(" FROM auctions a JOIN regions r ON r.code = a.region_code CROSS JOIN (SELECT ");
    query.push_bind(viewer.map(|viewer| viewer.0)).push("::bigint AS id) v WHERE ");
    query
}

async fn fetch_cards(
    connection: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Vec<CardRow>> {
    let rows: Vec<PgRow> = query.build().fetch_all(connection).await?;
    Ok(rows.iter().map(CardRow::from_row).collect::<std::result::Result<_, _>>()?)
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

async fn my_page_shelf(
    connection: &mut PgConnection,
    shelf: Shelf,
    user: UserId,
    now: Instant,
) -> Result<Vec<Card>> {
    const BID: &str = "a.id IN (SELECT auction_id FROM bidders WHERE user_id = v.id)";
    let mut query = card_query(Some(user));
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
    let over = matches!(shelf, Shelf::Won | Shelf::Lost | Shelf::Sold);
    query.push(if over {
        " ORDER BY a.ends_at DESC, a.id LIMIT "
    } else {
        " ORDER BY a.ends_at, a.id LIMIT "
    });
    query.push_bind(SHELF);
    fetch_cards(connection, query).await?.into_iter().map(Card::try_from).collect()
}

async fn auction_page_about(connection: &mut PgConnection, record: &Record) -> Result<About> {
    let row = sqlx::query!(
        r#"SELECT a.title, a.description, a.condition, a.shipping, a.art, a.reach, c.id AS category_id,
                  c.slug, c.name_ko, c.name_en, c.art AS category_art, c.glyph, r.code, r.name AS region_name,
                  r.full_name, u.nickname, u.created_at,
                  (SELECT count(*) FROM auctions s WHERE s.seller_id = u.id AND s.status = 'settled')
                      AS "sold_count!",
                  (SELECT count(*) FROM auctions s WHERE s.seller_id = u.id AND s.status = 'live')
                      AS "running_count!"
           FROM auctions a JOIN categories c ON c.id = a.category_id JOIN regions r ON r.code = a.region_code
                JOIN users u ON u.id = a.seller_id
           WHERE a.id = $1"#,
        record.id.0
    );
    let row = row.fetch_one(connection).await?;
    let terms = &record.auction.terms;
    let broken = |what: &str| Error::Broken(format!("auction {}: {what}", record.id));
    Ok(About {
        title: row.title,
        description: row.description,
        category: Category {
            id: CategoryId(row.category_id),
            slug: row.slug,
            name_ko: row.name_ko,
            name_en: row.name_en,
            art: row.category_art,
            glyph: row.glyph,
        },
        condition: Condition::from_name(&row.condition).ok_or_else(|| broken(&row.condition))?,
        shipping: Shipping::from_name(&row.shipping).ok_or_else(|| broken(&row.shipping))?,
        art: row.art,
        region: Region { code: row.code, name: row.region_name, full_name: row.full_name },
        reach: Reach::from_name(&row.reach).ok_or_else(|| broken(&row.reach))?,
        start_price: terms.start_price,
        increment: terms.increment.clone(),
        buy_now: terms.buy_now,
        soft_close: terms.soft_close,
        settlement: terms.settlement,
        seller: SellerCard {
            id: record.auction.seller,
            nickname: row.nickname,
            sold_count: row.sold_count,
            running_count: row.running_count,
            since: row.created_at,
        },
    })
}

async fn auction_page_mine(connection: &mut PgConnection, record: &Record, viewer: UserId) -> Result<Mine> {
    let row = sqlx::query!(
        r#"SELECT w.available, b.number AS "number?",
                  EXISTS (SELECT FROM watches x WHERE x.auction_id = $1 AND x.user_id = $2) AS "watching!"
           FROM wallets w LEFT JOIN bidders b ON b.auction_id = $1 AND b.user_id = w.user_id
           WHERE w.user_id = $2"#,
        record.id.0,
        viewer.0
    );
    let row = row.fetch_optional(connection).await?.ok_or(Refusal::NoSession)?;
    Ok(Mine {
        alias: row.number.map(crate::alias::Alias),
        standing: super::bidding::standing(record, viewer, row.number.is_some()),
        available: money(row.available)?,
        watching: row.watching,
    })
}

async fn auction_page_chart(connection: &mut PgConnection, id: AuctionId) -> Result<Vec<(Instant, Money)>> {
    let rows = sqlx::query!(
        r#"SELECT at, price_after AS "price!" FROM bids
           WHERE auction_id = $1 AND number IS NOT NULL ORDER BY number DESC LIMIT $2"#,
        id.0,
        CHART_POINTS
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().rev().map(|row| Ok((row.at, money(row.price)?))).collect()
}
