//! The list of auctions, in two statements whatever it lists (defect S12): one that reads the clock, the
//! region and the spelling, and one for the cards and how many there are.

use rust_decimal::Decimal;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, Row, postgres::PgRow};

use super::{
    Market, Result,
    cards::{CARD, CardRow},
};
use crate::{
    Instant, UserId,
    opening::Reach,
    search::{self, Word},
    view::{COUNTED_TO, Card, Cursor, Filter, ListPage, Region, Sort, Stage},
};

/// Cards on one page of the list.
pub const PAGE: usize = 24;
/// So many other spellings of one word are tried.
const SPELLINGS_MAX: usize = 5;

/// What has to be known before the cards are asked for.
struct Asked {
    now: Instant,
    region: Option<Region>,
    category: Option<i64>,
    /// Longitude (shortened as in the table) and latitude from which distances count.
    origin: Option<(f64, f64)>,
    /// What is looked for; `None`: nothing could be found.
    words: Option<Vec<Word>>,
    /// What is looked for instead of what was typed.
    instead: Option<String>,
}

impl Market {
    /// One page of the list, as `viewer` sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, filter: &Filter, viewer: Option<UserId>) -> Result<ListPage> {
        let mut connection = self.connection().await?;
        let mut asked = list_ask(&mut connection, filter, viewer).await?;
        asked.now = self.inner.clock.or_read(asked.now);
        let mut ignored = filter.ignored.clone();
        if filter.region.is_some() && asked.region.is_none() {
            ignored.push("region".to_owned());
        }
        if filter.category.is_some() && asked.category.is_none() {
            ignored.push("category".to_owned());
        }
        // Nowhere to count distances from.
        let sort = if filter.sort == Sort::Near && asked.origin.is_none() {
            ignored.push("sort".to_owned());
            Sort::EndingSoon
        } else {
            filter.sort
        };
        let (mut rows, count) =
            list_cards(&mut connection, filter, &Order::of(sort, filter.stage), &asked, viewer).await?;
        let next = if rows.len() > PAGE {
            rows.truncate(PAGE);
            rows.last().map(|row| row.cursor(sort, filter.stage)).transpose()?
        } else {
            None
        };
        let cards = rows.into_iter().map(Card::try_from).collect::<Result<_>>()?;
        let Asked { now, region, instead, .. } = asked;
        Ok(ListPage { cards, count, next: next.map(Cursor::encode), region, instead, ignored, now })
    }
}

/// The clock, the region, the point that distances count from, and what a word may have been meant to be that
/// no title knows.
async fn list_ask(connection: &mut PgConnection, filter: &Filter, viewer: Option<UserId>) -> Result<Asked> {
    let mut words = filter.q.as_deref().map(search::words);
    let doubtful: Vec<(i32, &Word)> =
        (0..).zip(words.iter().flatten().flatten()).filter(|(_, word)| !word.deletions.is_empty()).collect();
    let row = sqlx::query!(
        r#"SELECT clock_timestamp() AS "now!", r.code AS "code?", r.name AS "name?",
                  r.full_name AS "full_name?", c.id AS "category?",
                  (o.longitude * 0.804)::float8 AS "longitude?", o.latitude::float8 AS "latitude?",
                  coalesce(s.positions, '{}') AS "positions!", coalesce(s.words, '{}') AS "words!"
           FROM (VALUES (1)) AS one (row)
           LEFT JOIN regions r ON r.code = $1
           LEFT JOIN categories c ON c.slug = $7
           LEFT JOIN regions o
                  ON $2 AND o.code = coalesce($1, (SELECT region_code FROM users WHERE id = $3))
           LEFT JOIN LATERAL (
               SELECT array_agg(t.position) AS positions, array_agg(w.word) AS words
               FROM unnest($4::integer[], $5::text[], $6::text[]) AS t (position, grams, deletions)
               JOIN LATERAL (SELECT word FROM words
                             WHERE deletions && string_to_array(t.deletions, ' ') LIMIT 50) w ON true
               WHERE NOT EXISTS (SELECT FROM words k WHERE k.grams @> string_to_array(t.grams, ' '))
           ) s ON true"#,
        filter.region.as_deref(),
        filter.sort == Sort::Near,
        viewer.map(|viewer| viewer.0),
        &doubtful.iter().map(|(position, _)| *position).collect::<Vec<_>>(),
        &doubtful.iter().map(|(_, word)| word.ways[0].join(" ")).collect::<Vec<_>>(),
        &doubtful.iter().map(|(_, word)| word.deletions.join(" ")).collect::<Vec<_>>(),
        filter.category.as_deref(),
    );
    let row = row.fetch_one(connection).await?;
    let spellings = row.positions.into_iter().zip(row.words);
    let instead = words.as_mut().and_then(Option::as_mut).and_then(|words| correct(words, spellings));
    let region = row.code.zip(row.name).zip(row.full_name);
    Ok(Asked {
        now: row.now,
        region: region.map(|((code, name), full_name)| Region { code, name, full_name }),
        category: row.category,
        origin: row.longitude.zip(row.latitude),
        // Nothing is looked for, or nothing can be found.
        words: match words {
            None => Some(Vec::new()),
            Some(words) => words,
        },
        instead,
    })
}

/// Adds the spellings that are near enough; the whole search with the first of them.
fn correct(words: &mut [Word], spellings: impl Iterator<Item = (i32, String)>) -> Option<String> {
    let mut spellings: Vec<(i32, String)> = spellings.collect();
    // The same answer each time, whatever order the index gave.
    spellings.sort();
    let mut instead: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    let mut corrected = vec![0_usize; words.len()];
    for (position, spelling) in spellings {
        let Some(position) = usize::try_from(position).ok().filter(|position| *position < words.len()) else {
            continue;
        };
        let word = &mut words[position];
        if corrected[position] < SPELLINGS_MAX && search::alike(&word.text, &spelling) {
            word.add_way(&spelling);
            if corrected[position] == 0 {
                instead[position] = spelling;
            }
            corrected[position] += 1;
        }
    }
    corrected.iter().any(|spellings| *spellings > 0).then(|| instead.join(" "))
}

/// The cards in their order, one more than a page holds, and how many there are in all.
///
/// What matches is looked for by whatever index brings it, up to a thousand. If that was all, it is put in
/// order. Else there is so much of it that the index of the order meets it soon: on the way through it, the
/// page is full.
async fn list_cards(
    connection: &mut PgConnection,
    filter: &Filter,
    order: &Order,
    asked: &Asked,
    viewer: Option<UserId>,
) -> Result<(Vec<CardRow>, i64)> {
    let Order { direction, .. } = order;
    let mut query = QueryBuilder::new("WITH m AS MATERIALIZED (SELECT a.id, ");
    order.push_key(&mut query, asked);
    query.push(" AS key FROM auctions a WHERE ");
    push_filter(&mut query, filter, asked);
    push_words(&mut query, asked, Found::ByIndex);
    query.push(format!(" LIMIT {COUNTED_TO}"));
    query.push("), n AS MATERIALIZED (SELECT count(*) AS count FROM m), p AS MATERIALIZED (");
    push_few(&mut query, filter, order);
    query.push(" UNION ALL ");
    push_many(&mut query, filter, order, asked);
    query.push(") SELECT n.count, c.* FROM n LEFT JOIN (SELECT ").push(CARD).push(", p.key");
    if order.sort == Sort::Near {
        query.push(", p.key AS near, round(p.key * 111195)::integer AS distance");
    }
    query.push(" FROM p JOIN auctions a ON a.id = p.id JOIN regions r ON r.code = a.region_code");
    query.push(" CROSS JOIN (SELECT ").push_bind(viewer.map(|viewer| viewer.0)).push("::bigint AS id) v) c");
    query.push(format!(" ON true ORDER BY c.key {direction}, c.id {direction}"));
    // Which plan is right depends on what is asked for, hardly on its values: it is kept by its text.
    let rows: Vec<PgRow> = query.build().fetch_all(connection).await?;
    let count = rows.first().map(|row| row.try_get("count")).transpose()?.unwrap_or(0);
    let mut cards = Vec::with_capacity(rows.len());
    for row in &rows {
        // Where nothing is found the count stands alone.
        if row.try_get::<Option<i64>, _>("id")?.is_some() {
            cards.push(CardRow::from_row(row)?);
        }
    }
    Ok((cards, count))
}

/// One more than a page holds, to know whether there is a next one.
fn push_limit(query: &mut QueryBuilder<Postgres>) {
    query.push(format!(" LIMIT {})", PAGE + 1));
}

/// The page out of all that matches.
fn push_few(query: &mut QueryBuilder<Postgres>, filter: &Filter, order: &Order) {
    query.push(format!("(SELECT m.id, m.key FROM m WHERE (SELECT count FROM n) < {COUNTED_TO}"));
    if let Some(after) = filter.after {
        order.push_after(query, after, |query| {
            query.push("m.key");
        });
    }
    query.push(format!(" ORDER BY m.key {0}, m.id {0}", order.direction));
    push_limit(query);
}

/// The page on the way through the order.
fn push_many(query: &mut QueryBuilder<Postgres>, filter: &Filter, order: &Order, asked: &Asked) {
    query.push("(SELECT a.id, ");
    order.push_key(query, asked);
    query.push(format!(" FROM auctions a WHERE (SELECT count FROM n) >= {COUNTED_TO} AND "));
    push_filter(query, filter, asked);
    push_words(query, asked, Found::OnTheWay);
    if let Some(after) = filter.after {
        order.push_after(query, after, |query| order.push_key(query, asked));
    }
    query.push(" ORDER BY ");
    order.push_key(query, asked);
    query.push(format!(" {}", order.direction));
    // The nearest are found by an index that knows distances alone; no two are equally far.
    if order.sort != Sort::Near {
        query.push(format!(", a.id {}", order.direction));
    }
    push_limit(query);
}

/// What a list goes by.
struct Order {
    sort: Sort,
    column: &'static str,
    compare: &'static str,
    direction: &'static str,
}

impl Order {
    fn of(sort: Sort, stage: Stage) -> Self {
        let (column, descending) = match sort {
            // What starts next is what one looks for among the scheduled,
            Sort::EndingSoon if stage == Stage::Scheduled => ("a.starts_at", false),
            // and what ended last among the ended.
            Sort::EndingSoon => ("a.ends_at", stage == Stage::Ended),
            // Opened long before it began, it would be new to nobody who can bid.
            Sort::New if stage == Stage::Running => ("a.starts_at", true),
            Sort::New => ("a.opened_at", true),
            Sort::PriceUp => ("a.shown_price", false),
            Sort::PriceDown => ("a.shown_price", true),
            Sort::MostBids => ("a.bid_count", true),
            Sort::Near => ("a.place <-> ", false),
        };
        let (compare, direction) = if descending { ("<", "DESC") } else { (">", "ASC") };
        Self { sort, column, compare, direction }
    }

    fn push_key(&self, query: &mut QueryBuilder<Postgres>, asked: &Asked) {
        query.push(self.column);
        if self.sort == Sort::Near {
            let (longitude, latitude) = asked.origin.unwrap_or_default();
            query.push("point(").push_bind(longitude).push(", ").push_bind(latitude).push(")");
        }
    }

    /// Behind the last row of the page before.
    fn push_after(
        &self,
        query: &mut QueryBuilder<Postgres>,
        after: Cursor,
        push_key: impl FnOnce(&mut QueryBuilder<Postgres>),
    ) {
        if self.sort == Sort::Near {
            query.push(" AND ");
            push_key(query);
            query.push(" > ").push_bind(f64::from_bits(u64::from_ne_bytes(after.key.to_ne_bytes())));
            return;
        }
        query.push(" AND (");
        push_key(query);
        query.push(format!(", id) {} (", self.compare));
        match self.sort {
            Sort::EndingSoon | Sort::New => query.push_bind(after.instant()),
            _ => query.push_bind(Decimal::from(after.key)),
        };
        query.push(", ").push_bind(after.id.0).push(")");
    }
}

/// The conditions of a filter on `auctions a`.
fn push_filter(query: &mut QueryBuilder<Postgres>, filter: &Filter, asked: &Asked) {
    match filter.stage {
        Stage::Running => {
            query.push("a.status = 'live' AND a.starts_at <= ").push_bind(asked.now);
            query.push(" AND a.ends_at > ").push_bind(asked.now);
        }
        Stage::Scheduled => {
            query.push("a.status = 'live' AND a.starts_at > ").push_bind(asked.now);
        }
        Stage::Ended => {
            query.push("a.status NOT IN ('live', 'cancelled')");
        }
    }
    push_where(query, filter);
    if let Some(category) = asked.category {
        query.push(" AND a.category_id = ").push_bind(category);
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
}

/// A region shows its subtree and all that is national, unless one of the two is asked for. Nearest first
/// goes on beyond the region; it only begins there.
fn push_where(query: &mut QueryBuilder<Postgres>, filter: &Filter) {
    let region = filter.region.as_ref().filter(|_| filter.sort != Sort::Near);
    let push_subtree = |query: &mut QueryBuilder<Postgres>, code: &String| {
        // The subtree is a range of codes: digits only, so ':' is the first character after '9'.
        query.push("a.region_code >= ").push_bind(code.clone());
        query.push(" AND a.region_code < ").push_bind(format!("{code}:"));
    };
    match (filter.reach, region) {
        (None, None) => {}
        (None, Some(code)) => {
            query.push(" AND (a.reach = 'national' OR (");
            push_subtree(query, code);
            query.push("))");
        }
        (Some(Reach::Neighbourhood), Some(code)) => {
            query.push(" AND a.reach = 'neighbourhood' AND ");
            push_subtree(query, code);
        }
        (Some(reach), _) => {
            query.push(" AND a.reach = ").push_bind(reach.as_str());
        }
    }
}

/// How the words are looked for: rare ones by their index. Common ones are met soon on the way through the
/// order asked for; their index would bring thousands of rows to sort. On the way a row is read for its words
/// only when everything else fits, and that the index of the order often knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    ByIndex,
    OnTheWay,
}

/// Each word is found in any of its ways.
fn push_words(query: &mut QueryBuilder<Postgres>, asked: &Asked, found: Found) {
    let Some(words) = &asked.words else {
        query.push(" AND false");
        return;
    };
    for word in words {
        let (begin, grams, end) = match found {
            Found::ByIndex => (" AND (false", "a.grams", ")"),
            Found::OnTheWay => (" AND (SELECT false", "g.grams", " FROM auctions g WHERE g.id = a.id)"),
        };
        query.push(begin);
        for way in word.ways.iter().filter(|way| !way.is_empty()) {
            query.push(format!(" OR {grams} @> ")).push_bind(way.clone());
        }
        query.push(end);
    }
}
