//! Everything on an auction's page, in a fixed number of queries.

use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    cards::{card_query, fetch_cards},
    pictures, questions, states, trade_pages,
    wallets::money,
};
use crate::{
    AuctionId, CategoryId, Instant, Money, Refusal, UserId,
    live::ListedBid,
    opening::{Condition, Reach, Shipping},
    view::{
        About, AuctionPage, CHART_POINTS, Card, Category, Featured, Mine, PACE_MINUTES, Region, SellerCard,
    },
};

/// Cards of the seller's other auctions.
const OTHERS: i64 = 6;
/// The seller's pace is counted among so many of the newest bids.
const PACE_BIDS: i32 = 5_000;
/// Bids in each further piece of the list.
const BIDS: usize = 50;

impl Market {
    /// Everything on an auction's page, in one snapshot.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn auction_page(&self, id: AuctionId, viewer: Option<UserId>) -> Result<AuctionPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let record = auctions::load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let head = head(&mut transaction, &record, viewer, now).await?;
        let selling = viewer == Some(record.auction.seller);
        let pace =
            if selling { auction_page_pace(&mut transaction, &record, now).await? } else { Vec::new() };
        let questions = questions::shown(&mut transaction, id, None, viewer).await?;
        let others = auction_page_others(&mut transaction, &record, viewer, now).await?;
        let trade = trade_pages::of_page(&mut transaction, &record, viewer).await?;
        let returned = trade_pages::returned(&mut transaction, &record, viewer).await?;
        let Featured { state, about, mine, chart, watcher_count, now } = head;
        Ok(AuctionPage {
            state,
            about,
            mine,
            trade,
            returned,
            chart,
            pace,
            questions,
            others,
            watcher_count,
            now,
        })
    }

    /// The auction that stands large on the first page, in one snapshot: the national one with the most bids
    /// that ends soonest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn featured(&self, viewer: Option<UserId>) -> Result<Option<Featured>> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let id = sqlx::query_scalar!(
            "SELECT id FROM auctions
             WHERE status = 'live' AND reach = 'national' AND starts_at <= $1 AND ends_at > $1
             ORDER BY bid_count DESC, ends_at LIMIT 1",
            now
        );
        let Some(id) = id.fetch_optional(&mut *transaction).await? else { return Ok(None) };
        let Some(record) = auctions::load(&mut transaction, AuctionId(id)).await? else { return Ok(None) };
        head(&mut transaction, &record, viewer, now).await.map(Some)
    }

    /// The listed bids before the one with that number, newest first.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn bids_before(&self, id: AuctionId, number: i32) -> Result<Vec<ListedBid>> {
        let mut connection = self.connection().await?;
        auctions::load(&mut connection, id).await?.ok_or(Refusal::NotFound)?;
        states::listed(&mut connection, id, number, BIDS).await
    }
}

/// What an auction shows wherever it stands large.
async fn head(
    connection: &mut PgConnection,
    record: &Record,
    viewer: Option<UserId>,
    now: Instant,
) -> Result<Featured> {
    let state = states::state(&mut *connection, record).await?;
    let (about, watcher_count) = head_about(&mut *connection, record, now).await?;
    let mine = match viewer {
        Some(viewer) => Some(head_mine(&mut *connection, record, viewer).await?),
        None => None,
    };
    let chart = head_chart(connection, record).await?;
    Ok(Featured { state, about, mine, chart, watcher_count, now })
}

/// What does not move, and how many watch.
async fn head_about(connection: &mut PgConnection, record: &Record, now: Instant) -> Result<(About, i32)> {
    let row = sqlx::query!(
        r#"SELECT a.title, a.description, a.condition, a.shipping, a.art, a.reach, c.id AS category_id,
                  c.slug, c.name_ko, c.name_en, c.art AS category_art, c.glyph, r.code, r.name AS region_name,
                  r.full_name, u.nickname, u.created_at,
                  (SELECT count(*) FROM auctions s WHERE s.seller_id = u.id AND s.status = 'settled')
                      AS "sold_count!",
                  (SELECT count(*) FROM auctions s WHERE s.seller_id = u.id AND s.status = 'live')
                      AS "running_count!",
                  u.closed_at IS NOT NULL AS "has_left!",
                  (SELECT count(*) FROM reviews x
                   WHERE x.subject_id = u.id AND x.of_seller AND x.shown_at <= $2) AS "review_count!",
                  (SELECT coalesce(sum(x.stars), 0) FROM reviews x
                   WHERE x.subject_id = u.id AND x.of_seller AND x.shown_at <= $2) AS "stars!",
                  ARRAY(SELECT p.picture_id FROM auction_pictures p WHERE p.auction_id = a.id
                        ORDER BY p.position) AS "pictures!",
                  (SELECT count(*)::int FROM watches w WHERE w.auction_id = a.id) AS "watchers!"
           FROM auctions a JOIN categories c ON c.id = a.category_id JOIN regions r ON r.code = a.region_code
                JOIN users u ON u.id = a.seller_id
           WHERE a.id = $1"#,
        record.id.0,
        now
    );
    let row = row.fetch_one(connection).await?;
    let terms = &record.auction.terms;
    let broken = |what: &str| Error::Broken(format!("auction {}: {what}", record.id));
    let about = About {
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
        pictures: row.pictures.into_iter().map(pictures::id).collect::<Result<_>>()?,
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
            has_left: row.has_left,
            score: crate::review::score(row.stars, row.review_count),
            review_count: row.review_count,
            sold_count: row.sold_count,
            running_count: row.running_count,
            since: row.created_at,
        },
    };
    Ok((about, row.watchers))
}

async fn head_mine(connection: &mut PgConnection, record: &Record, viewer: UserId) -> Result<Mine> {
    let row = sqlx::query!(
        r#"SELECT w.available, b.number AS "number?",
                  (SELECT l.amount FROM bids l WHERE l.auction_id = $1 AND l.user_id = $2
                   ORDER BY l.id DESC LIMIT 1) AS last,
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
        last: row.last.map(money).transpose()?,
        available: money(row.available)?,
        watching: row.watching,
    })
}

/// Every change, or every second, every third …, counted back from the newest: one look-up a point, however
/// many bids there are.
async fn head_chart(connection: &mut PgConnection, record: &Record) -> Result<Vec<(Instant, Money)>> {
    let stride = ((record.bid_count + CHART_POINTS - 1) / CHART_POINTS).max(1);
    let rows = sqlx::query!(
        r#"SELECT b.at, b.price_after AS "price!"
           FROM generate_series($2::integer, 1, -$3::integer) AS n (number)
                JOIN bids b ON b.auction_id = $1 AND b.number = n.number
           ORDER BY n.number"#,
        record.id.0,
        record.bid_count,
        stride
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().map(|row| Ok((row.at, money(row.price)?))).collect()
}

/// How many bids each of the last minutes had, oldest first, counted among the newest few thousand.
async fn auction_page_pace(
    connection: &mut PgConnection,
    record: &Record,
    now: Instant,
) -> Result<Vec<(Instant, i32)>> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('minute', at) AS "minute!", count(*)::int AS "bids!" FROM bids
           WHERE auction_id = $1 AND number > $4
                 AND at > date_trunc('minute', $2::timestamptz) - make_interval(mins => $3)
           GROUP BY 1 ORDER BY 1"#,
        record.id.0,
        now,
        PACE_MINUTES,
        record.bid_count - PACE_BIDS
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.minute, row.bids)).collect())
}

/// What else the seller has running, what ends first.
async fn auction_page_others(
    connection: &mut PgConnection,
    record: &Record,
    viewer: Option<UserId>,
    now: Instant,
) -> Result<Vec<Card>> {
    let mut query = card_query(viewer);
    query.push("a.status = 'live' AND a.seller_id = ").push_bind(record.auction.seller.0);
    query.push(" AND a.id <> ").push_bind(record.id.0);
    query.push(" AND a.starts_at <= ").push_bind(now).push(" AND a.ends_at > ").push_bind(now);
    query.push(" ORDER BY a.ends_at, a.id LIMIT ").push_bind(OTHERS);
    fetch_cards(connection, query).await?.into_iter().map(Card::try_from).collect()
}
