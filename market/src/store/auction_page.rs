//! Everything on an auction's page, in a fixed number of queries.

use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    wallets::money,
};
use crate::{
    AuctionId, CategoryId, Instant, Money, Refusal, UserId,
    opening::{Condition, Reach, Shipping},
    view::{About, AuctionPage, Category, Mine, Region, SellerCard},
};

/// Points of the price chart: the newest.
const CHART_POINTS: i64 = 300;

impl Market {
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
