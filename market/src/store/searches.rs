//! Searches that people keep, and telling them of what was opened since and fits.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::{
    Change, Market, Result, check_key, expect_rows,
    notices::{self, Notify},
};
use crate::{
    AuctionId, CategoryId, Instant, Money, Refusal, SearchId, UserId,
    opening::{Condition, Reach},
    refusal::Reason,
    search,
    view::{Category, Filter, ListQuery, NoticeKind, Region, SEARCHES_MAX, SavedSearch, kept},
};

/// What of a filter is kept.
struct Terms<'a> {
    filter: &'a Filter,
    query: ListQuery,
    grams: Vec<String>,
    category: Option<CategoryId>,
}

impl Market {
    /// Keeps a search: of a filter all that narrows it but the stage. One that is kept already is answered
    /// with that; a key that was sent before is answered the same.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `fields`: nothing is narrowed, words that nothing can be found by, an
    /// unknown region or category, or one search more than [`SEARCHES_MAX`]; `key_reused`.
    pub async fn save_search(&self, user: UserId, key: &str, filter: &Filter) -> Result<SearchId> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let terms = save_search_terms(&mut transaction, filter).await?;
        save_search_lock(&mut transaction, user).await?;
        let now = self.clock(&mut transaction).await?;
        let saved = searches(&mut transaction, user).await?;
        if let Some(id) = save_search_keyed(&mut transaction, user, key).await? {
            let same = saved.iter().any(|known| known.id == id && known.query == terms.query);
            return if same { Ok(id) } else { Err(Refusal::KeyReused.into()) };
        }
        if let Some(known) = saved.iter().find(|known| known.query == terms.query) {
            return Ok(known.id);
        }
        if saved.len() >= SEARCHES_MAX {
            return Err(Refusal::field("q", Reason::TooMany).into());
        }
        let id = save_search_insert(&mut transaction, user, key, &terms, now).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Forgets a search.
    ///
    /// # Errors
    /// `not_found`, `not_yours`.
    pub async fn drop_search(&self, user: UserId, id: SearchId) -> Result<()> {
        let mut transaction = self.begin().await?;
        let owner =
            sqlx::query_scalar!("SELECT user_id FROM saved_searches WHERE id = $1 FOR NO KEY UPDATE", id.0);
        let owner = owner.fetch_optional(&mut *transaction).await?.ok_or(Refusal::NotFound)?;
        if owner != user.0 {
            return Err(Refusal::NotYours.into());
        }
        let dropped = sqlx::query!("DELETE FROM saved_searches WHERE id = $1", id.0);
        expect_rows(dropped.execute(&mut *transaction).await?.rows_affected(), 1, "a saved search")?;
        transaction.commit().await?;
        Ok(())
    }

    /// The searches that `user` keeps, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn saved_searches(&self, user: UserId) -> Result<Vec<SavedSearch>> {
        searches(&mut *self.connection().await?, user).await
    }

    /// Looks at auctions that were opened and not yet compared with the searches people keep, at most `limit`
    /// of them, oldest first, and tells whom they fit; how many auctions it were. The seller is not told of
    /// his own, nor anybody of what somebody sells whom he has blocked, nor of what is over by now. Several
    /// servers may do so: the rows taken away let one of them through.
    ///
    /// # Errors
    /// When the database fails; nothing was written then.
    pub async fn match_saved_searches(&self, limit: i64) -> Result<usize> {
        let mut transaction = self.begin().await?;
        let auctions = match_saved_searches_claim(&mut transaction, limit).await?;
        if auctions.is_empty() {
            return Ok(0);
        }
        let now = self.clock(&mut transaction).await?;
        let mut told = Vec::new();
        for (auction, users) in match_saved_searches_find(&mut transaction, &auctions, now).await? {
            let notify =
                |&user: &UserId| Notify { auction, user, kind: NoticeKind::Found, amount: None, times: 1 };
            let notices: Vec<Notify> = users.iter().map(notify).collect();
            notices::write(&mut transaction, &notices, now).await?;
            told.extend(users);
        }
        transaction.commit().await?;
        told.sort_unstable();
        told.dedup();
        if !told.is_empty() {
            self.publish(Change::People(told.into()));
        }
        Ok(auctions.len())
    }
}

async fn save_search_terms<'a>(connection: &mut PgConnection, filter: &'a Filter) -> Result<Terms<'a>> {
    let query = kept(filter).ok_or_else(|| Refusal::field("q", Reason::Required))?;
    let grams = filter.q.as_deref().map(search::query_grams).unwrap_or_default();
    if filter.q.is_some() && grams.is_empty() {
        return Err(Refusal::field("q", Reason::Malformed).into());
    }
    if let Some(code) = &filter.region {
        let known = sqlx::query_scalar!("SELECT code FROM regions WHERE code = $1", code);
        let known = known.fetch_optional(&mut *connection).await?;
        known.ok_or_else(|| Refusal::field("region", Reason::Unknown))?;
    }
    let category = match &filter.category {
        Some(slug) => {
            let known = sqlx::query_scalar!("SELECT id FROM categories WHERE slug = $1", slug);
            let known = known.fetch_optional(connection).await?;
            Some(CategoryId(known.ok_or_else(|| Refusal::field("category", Reason::Unknown))?))
        }
        None => None,
    };
    Ok(Terms { filter, query, grams, category })
}

/// One person saves one search at a time, so that what is counted stays true.
async fn save_search_lock(connection: &mut PgConnection, user: UserId) -> Result<()> {
    let known = sqlx::query_scalar!(
        "SELECT id FROM users WHERE id = $1 AND closed_at IS NULL FOR NO KEY UPDATE",
        user.0
    );
    known.fetch_optional(connection).await?.ok_or(Refusal::NoSession)?;
    Ok(())
}

async fn save_search_keyed(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
) -> Result<Option<SearchId>> {
    let id =
        sqlx::query_scalar!("SELECT id FROM saved_searches WHERE user_id = $1 AND key = $2", user.0, key);
    Ok(id.fetch_optional(connection).await?.map(SearchId))
}

async fn save_search_insert(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
    terms: &Terms<'_>,
    now: Instant,
) -> Result<SearchId> {
    let filter = terms.filter;
    let id = sqlx::query_scalar!(
        "INSERT INTO saved_searches (user_id, key, q, grams, region_code, category_id, min_price, max_price,
                                     condition, reach, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        user.0,
        key,
        filter.q.as_deref(),
        &terms.grams,
        filter.region.as_deref(),
        terms.category.map(|category| category.0),
        filter.min_price.map(Money::to_decimal),
        filter.max_price.map(Money::to_decimal),
        filter.condition.map(Condition::as_str),
        filter.reach.map(Reach::as_str),
        now
    );
    Ok(SearchId(id.fetch_one(connection).await?))
}

async fn searches(connection: &mut PgConnection, user: UserId) -> Result<Vec<SavedSearch>> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.q, s.min_price, s.max_price, s.condition, s.reach, s.region_code,
                  r.name AS "region?", r.full_name AS "full_name?",
                  s.category_id, c.slug AS "slug?", c.name_ko AS "name_ko?", c.name_en AS "name_en?",
                  c.art AS "art?", c.glyph AS "glyph?"
           FROM saved_searches s LEFT JOIN regions r ON r.code = s.region_code
                LEFT JOIN categories c ON c.id = s.category_id
           WHERE s.user_id = $1 ORDER BY s.id DESC"#,
        user.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let category = |id| {
            Some(Category {
                id: CategoryId(id),
                slug: row.slug?,
                name_ko: row.name_ko?,
                name_en: row.name_en?,
                art: row.art?,
                glyph: row.glyph?,
            })
        };
        let category = row.category_id.and_then(category);
        let region = |code: String| Some(Region { code, name: row.region?, full_name: row.full_name? });
        let region = row.region_code.and_then(region);
        let query = ListQuery {
            q: row.q.unwrap_or_default(),
            region: region.as_ref().map_or_else(|| "all".to_owned(), |region| region.code.clone()),
            category: category.as_ref().map(|category| category.slug.clone()).unwrap_or_default(),
            min_price: row.min_price.map(|price| price.to_string()).unwrap_or_default(),
            max_price: row.max_price.map(|price| price.to_string()).unwrap_or_default(),
            condition: row.condition.unwrap_or_default(),
            reach: row.reach.unwrap_or_default(),
            ..ListQuery::default()
        };
        SavedSearch { id: SearchId(row.id), query, region, category }
    });
    Ok(rows.collect())
}

/// Takes what waits away from the queue; what another server has taken is passed over.
async fn match_saved_searches_claim(connection: &mut PgConnection, limit: i64) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        // An array: of a subquery the planner expects a tenth of the queue, and would read all of it.
        "DELETE FROM unmatched_auctions WHERE auction_id = ANY (ARRAY(
           SELECT auction_id FROM unmatched_auctions ORDER BY auction_id LIMIT $1 FOR UPDATE SKIP LOCKED))
         RETURNING auction_id",
        limit
    );
    Ok(ids.fetch_all(connection).await?)
}

/// Whom which auction fits, in one statement.
async fn match_saved_searches_find(
    connection: &mut PgConnection,
    auctions: &[i64],
    now: Instant,
) -> Result<BTreeMap<AuctionId, Vec<UserId>>> {
    let rows = sqlx::query!(
        "SELECT DISTINCT a.id AS auction_id, s.user_id
         FROM auctions a
              JOIN saved_searches s ON s.grams <@ a.grams
              JOIN users u ON u.id = s.user_id AND u.closed_at IS NULL
         WHERE a.id = ANY ($1) AND a.status = 'live' AND a.ends_at > $2 AND s.user_id <> a.seller_id
               AND (s.region_code IS NULL OR a.reach = 'national'
                    OR (a.region_code >= s.region_code AND a.region_code < s.region_code || ':'))
               AND (s.category_id IS NULL OR s.category_id = a.category_id)
               AND (s.min_price IS NULL OR s.min_price <= a.shown_price)
               AND (s.max_price IS NULL OR s.max_price >= a.shown_price)
               AND (s.condition IS NULL OR s.condition = a.condition)
               AND (s.reach IS NULL OR s.reach = a.reach)
               AND NOT EXISTS (SELECT FROM blocks b
                               WHERE b.blocker_id = s.user_id AND b.blocked_id = a.seller_id)
         ORDER BY a.id, s.user_id",
        auctions,
        now
    );
    let mut found: BTreeMap<AuctionId, Vec<UserId>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        found.entry(AuctionId(row.auction_id)).or_default().push(UserId(row.user_id));
    }
    Ok(found)
}
