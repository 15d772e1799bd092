//! A person as others see him: what he sells and sold, and what was said of him. A review counts and is shown
//! from its `shown_at` on, never before.

use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::{
    Market, Result, blocks,
    cards::{card_query, fetch_cards},
    reviews::stars,
};
use crate::{
    AuctionId, Instant, Refusal, ReviewId, UserId,
    review::Ratings,
    view::{Card, Neighbour, ReceivedReview, Region, Review, SellerPage, SellerShelf},
};

/// Cards on a page of one shelf.
const CARDS: usize = 24;
/// Cards of each sort where everything is shown.
const FIRST_CARDS: usize = 8;
/// Reviews on a page of one shelf.
const REVIEWS: usize = 20;
/// Reviews of each sort where everything is shown.
const FIRST_REVIEWS: usize = 5;

/// Part of a longer list: so many at most, behind the row `after`.
#[derive(Clone, Copy)]
struct Slice {
    limit: usize,
    after: Option<i64>,
}

impl Slice {
    /// One more than are shown: whether there is a next page.
    fn limit(self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    fn after(self) -> i64 {
        self.after.unwrap_or(i64::MAX)
    }

    /// Cuts `rows` to what is shown; the row behind which the next page begins, if there is one.
    fn cut<T>(self, rows: &mut Vec<T>, id: impl Fn(&T) -> i64) -> Option<i64> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        rows.last().filter(|_| more).map(id)
    }
}

impl Market {
    /// The page of `id` as `viewer` sees it: `shown`, from behind the row `after`.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn seller_page(
        &self,
        id: UserId,
        shown: SellerShelf,
        after: Option<i64>,
        viewer: Option<UserId>,
    ) -> Result<SellerPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let mut page = seller_page_person(&mut transaction, id, shown, viewer, now).await?;
        page.selling = ratings(&mut transaction, id, true, now).await?;
        if let Some(viewer) = viewer {
            page.is_blocked = blocks::blocks(&mut transaction, viewer, id).await?;
        }
        page.buying = ratings(&mut transaction, id, false, now).await?;
        let all = shown == SellerShelf::All;
        let cards = Slice { limit: if all { FIRST_CARDS } else { CARDS }, after };
        let reviews = Slice { limit: if all { FIRST_REVIEWS } else { REVIEWS }, after };
        let includes = |one: SellerShelf| all || shown == one;
        let mut nexts = Vec::new();
        if includes(SellerShelf::Running) {
            let next;
            (page.running, next) = running(&mut transaction, id, viewer, cards).await?;
            nexts.push(next);
        }
        if includes(SellerShelf::Sold) {
            let next;
            (page.sold, next) = sold(&mut transaction, id, viewer, cards).await?;
            nexts.push(next);
        }
        if includes(SellerShelf::Selling) {
            let next;
            (page.as_seller, next) = received(&mut transaction, id, true, reviews, now).await?;
            nexts.push(next);
        }
        if includes(SellerShelf::Buying) {
            let next;
            (page.as_buyer, next) = received(&mut transaction, id, false, reviews, now).await?;
            nexts.push(next);
        }
        page.next = nexts.into_iter().flatten().next().filter(|_| !all);
        Ok(page)
    }
}

/// Who, where, since when, and how many; the lists are still empty.
async fn seller_page_person(
    connection: &mut PgConnection,
    id: UserId,
    shelf: SellerShelf,
    viewer: Option<UserId>,
    now: Instant,
) -> Result<SellerPage> {
    let row = sqlx::query!(
        r#"SELECT u.nickname, u.created_at, u.closed_at IS NOT NULL AS "has_left!",
                  r.code, r.name, r.full_name,
                  (SELECT count(*) FROM auctions a
                   WHERE a.seller_id = u.id AND a.status IN ('sold', 'disputed', 'settled')) AS "sold_count!",
                  (SELECT count(*) FROM auctions a WHERE a.seller_id = u.id AND a.status = 'live')
                      AS "running_count!"
           FROM users u JOIN regions home ON home.code = u.region_code
                JOIN regions r ON r.code = CASE home.depth WHEN 3 THEN home.parent ELSE home.code END
           WHERE u.id = $1"#,
        id.0
    );
    let row = row.fetch_optional(connection).await?.ok_or(Refusal::NotFound)?;
    Ok(SellerPage {
        person: Neighbour { id, nickname: row.nickname, has_left: row.has_left },
        region: Region { code: row.code, name: row.name, full_name: row.full_name },
        since: row.created_at,
        shelf,
        sold_count: row.sold_count,
        running_count: row.running_count,
        selling: Ratings::default(),
        buying: Ratings::default(),
        running: Vec::new(),
        sold: Vec::new(),
        as_seller: Vec::new(),
        as_buyer: Vec::new(),
        next: None,
        viewer,
        is_blocked: false,
        now,
    })
}

/// How many of each number of stars `subject` has, as a seller or as a buyer.
async fn ratings(
    connection: &mut PgConnection,
    subject: UserId,
    of_seller: bool,
    now: Instant,
) -> Result<Ratings> {
    let rows = sqlx::query!(
        r#"SELECT stars, count(*) AS "count!" FROM reviews
           WHERE subject_id = $1 AND of_seller = $2 AND shown_at <= $3 GROUP BY stars"#,
        subject.0,
        of_seller,
        now
    );
    let mut ratings = Ratings::default();
    for row in rows.fetch_all(connection).await? {
        ratings.0[usize::from(stars(row.stars)?.get() - 1)] = row.count;
    }
    Ok(ratings)
}

/// What `id` sells now. The order is that of the ends, and a page begins behind the auction `after`: where it
/// stands is read anew, as an end may have moved.
async fn running(
    connection: &mut PgConnection,
    id: UserId,
    viewer: Option<UserId>,
    slice: Slice,
) -> Result<(Vec<Card>, Option<i64>)> {
    let mut query = card_query(viewer);
    query.push("a.status = 'live' AND a.seller_id = ").push_bind(id.0);
    if let Some(after) = slice.after {
        query.push(" AND (a.ends_at, a.id) > (SELECT x.ends_at, x.id FROM auctions x WHERE x.id = ");
        query.push_bind(after).push(")");
    }
    query.push(" ORDER BY a.ends_at, a.id LIMIT ").push_bind(slice.limit());
    cards(connection, query, slice).await
}

/// What `id` has sold, the newest auction first.
async fn sold(
    connection: &mut PgConnection,
    id: UserId,
    viewer: Option<UserId>,
    slice: Slice,
) -> Result<(Vec<Card>, Option<i64>)> {
    let mut query = card_query(viewer);
    query.push("a.status IN ('sold', 'disputed', 'settled') AND a.seller_id = ").push_bind(id.0);
    query.push(" AND a.id < ").push_bind(slice.after());
    query.push(" ORDER BY a.id DESC LIMIT ").push_bind(slice.limit());
    cards(connection, query, slice).await
}

async fn cards(
    connection: &mut PgConnection,
    query: QueryBuilder<Postgres>,
    slice: Slice,
) -> Result<(Vec<Card>, Option<i64>)> {
    let rows = fetch_cards(connection, query).await?;
    let mut cards: Vec<Card> = rows.into_iter().map(Card::try_from).collect::<Result<_>>()?;
    let next = slice.cut(&mut cards, |card| card.id.0);
    Ok((cards, next))
}

/// What `subject` received as a seller or as a buyer, newest first.
async fn received(
    connection: &mut PgConnection,
    subject: UserId,
    of_seller: bool,
    slice: Slice,
    now: Instant,
) -> Result<(Vec<ReceivedReview>, Option<i64>)> {
    let rows = sqlx::query!(
        r#"SELECT x.id, x.stars, x.body, x.at, x.shown_at, x.auction_id, a.title, x.author_id, u.nickname,
                  u.closed_at IS NOT NULL AS "has_left!"
           FROM reviews x JOIN auctions a ON a.id = x.auction_id JOIN users u ON u.id = x.author_id
           WHERE x.subject_id = $1 AND x.of_seller = $2 AND x.shown_at <= $3 AND x.id < $4
           ORDER BY x.id DESC LIMIT $5"#,
        subject.0,
        of_seller,
        now,
        slice.after(),
        slice.limit()
    );
    let rows = rows.fetch_all(connection).await?;
    let mut reviews = Vec::with_capacity(rows.len());
    for row in rows {
        let id = UserId(row.author_id);
        reviews.push(ReceivedReview {
            review: Review {
                id: ReviewId(row.id),
                stars: stars(row.stars)?,
                text: row.body,
                at: row.at,
                shown_at: row.shown_at,
            },
            author: Neighbour { id, nickname: row.nickname, has_left: row.has_left },
            auction: AuctionId(row.auction_id),
            title: row.title,
        });
    }
    let next = slice.cut(&mut reviews, |received| received.review.id.0);
    Ok((reviews, next))
}
