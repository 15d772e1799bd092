//! Reviews: both parties of a trade write one, once, when it is over. The auction's lock orders the two, so
//! that each sees whether the other is there (defect K5).

use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result,
    auctions::{self, Record},
    check_key, expect_rows,
    notices::{self, Notify},
};
use crate::{
    AuctionId, Instant, Refusal, ReviewId, UserId,
    live::Party,
    review::{self, NewReview, Stars},
    view::{Neighbour, NoticeKind, Review, TradeReviews},
};

/// A review as its row holds it.
struct Written {
    author: UserId,
    key: String,
    review: Review,
}

impl Market {
    /// Writes what `author` says of the other party of a trade. The same key acts once and answers the same.
    ///
    /// # Errors
    /// `not_found`; `trade_open`, `not_yours`, `already_reviewed` (see [`review::may_review`]); `malformed`:
    /// a senseless key; `key_reused`; `busy`.
    pub async fn review(
        &self,
        author: UserId,
        id: AuctionId,
        new: &NewReview,
        key: &str,
    ) -> Result<TradeReviews> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let before = of_auction(&mut transaction, id).await?;
        let mine = before.iter().find(|written| written.author == author);
        if let Some(earlier) = mine.filter(|mine| mine.key == key) {
            let same = earlier.review.stars == new.stars && earlier.review.text == new.text;
            if !same {
                return Err(Refusal::KeyReused.into());
            }
            return trade(&mut transaction, &record, author, before, now).await?.ok_or_else(no_party);
        }
        let (seller, status) = (record.auction.seller, record.auction.status);
        let party = review::may_review(seller, status, author, mine.is_some())?;
        let subject = party_id(&record, party.other()).ok_or_else(no_party)?;
        let over_at = over_at(&mut transaction, &record).await?;
        let other_at = before.iter().find(|written| written.author == subject).map(|them| them.review.at);
        let shown_at = review::shown_at(over_at, now, other_at);
        let writing = Writing { author, subject, of_seller: party == Party::Winner, new, key, now, shown_at };
        review_insert(&mut transaction, id, &writing).await?;
        if let Some(other_at) = other_at {
            let shown_at = review::shown_at(over_at, other_at, Some(now));
            review_show(&mut transaction, id, subject, shown_at).await?;
        }
        let notice = Notify { auction: id, user: subject, kind: NoticeKind::Review, amount: None, times: 1 };
        notices::write(&mut transaction, &[notice], now).await?;
        let after = of_auction(&mut transaction, id).await?;
        let answer = trade(&mut transaction, &record, author, after, now).await?;
        transaction.commit().await?;
        self.publish(Change::People(vec![subject].into()));
        answer.ok_or_else(no_party)
    }

    /// The reviews of a trade as `viewer` sees them; `None` for whoever is not in it.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn trade_reviews(&self, id: AuctionId, viewer: Option<UserId>) -> Result<Option<TradeReviews>> {
        let Some(viewer) = viewer else { return Ok(None) };
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let record = auctions::load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let written = of_auction(&mut transaction, id).await?;
        trade(&mut transaction, &record, viewer, written, now).await
    }
}

fn no_party() -> Error {
    Error::Broken("a trade without its two parties".to_owned())
}

fn party_id(record: &Record, party: Party) -> Option<UserId> {
    match party {
        Party::Seller => Some(record.auction.seller),
        Party::Winner => record.auction.status.sale().map(|sale| sale.winner),
    }
}

/// What `viewer` sees; `None` if he is no party.
async fn trade(
    connection: &mut PgConnection,
    record: &Record,
    viewer: UserId,
    written: Vec<Written>,
    now: Instant,
) -> Result<Option<TradeReviews>> {
    let (seller, status) = (record.auction.seller, record.auction.status);
    let Some(party) = review::party(seller, status, viewer) else { return Ok(None) };
    let other = party_id(record, party.other()).ok_or_else(no_party)?;
    let other = neighbour(connection, other).await?;
    let (mine, theirs): (Vec<_>, Vec<_>) = written.into_iter().partition(|one| one.author == viewer);
    let mine = mine.into_iter().next().map(|mine| mine.review);
    let theirs = theirs.into_iter().next().map(|theirs| theirs.review);
    Ok(Some(TradeReviews {
        party,
        other,
        may_write: review::may_review(seller, status, viewer, mine.is_some()).is_ok(),
        mine,
        they_wrote: theirs.is_some(),
        theirs: theirs.filter(|theirs| theirs.shown_at <= now),
        now,
    }))
}

async fn neighbour(connection: &mut PgConnection, id: UserId) -> Result<Neighbour> {
    let row = sqlx::query!(
        r#"SELECT nickname, closed_at IS NOT NULL AS "has_left!" FROM users WHERE id = $1"#,
        id.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(Neighbour { id, nickname: row.nickname, has_left: row.has_left })
}

/// The reviews of a trade: none, one or two.
async fn of_auction(connection: &mut PgConnection, id: AuctionId) -> Result<Vec<Written>> {
    let rows = sqlx::query!(
        "SELECT id, author_id, key, stars, body, at, shown_at FROM reviews WHERE auction_id = $1",
        id.0
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let review = Review {
                id: ReviewId(row.id),
                stars: stars(row.stars)?,
                text: row.body,
                at: row.at,
                shown_at: row.shown_at,
            };
            Ok(Written { author: UserId(row.author_id), key: row.key, review })
        })
        .collect()
}

/// Stars of the books.
pub(super) fn stars(number: i16) -> Result<Stars> {
    let stars = u8::try_from(number).ok().and_then(Stars::new);
    stars.ok_or_else(|| Error::Broken(format!("{number} stars")))
}

/// When the money found its owner: the ledger says so, and is never changed.
async fn over_at(connection: &mut PgConnection, record: &Record) -> Result<Instant> {
    let winner = party_id(record, Party::Winner).ok_or_else(no_party)?;
    let at = sqlx::query_scalar!(
        "SELECT max(at) FROM ledger_rows
         WHERE auction_id = $1 AND (user_id = $2 AND kind = 'earning'
                                    OR user_id = $3 AND kind = 'bid_refund' AND held = 0)",
        record.id.0,
        record.auction.seller.0,
        winner.0
    );
    let at = at.fetch_one(connection).await?;
    at.ok_or_else(|| Error::Broken(format!("auction {} is over, and its money is nowhere", record.id)))
}

/// A review to be written.
struct Writing<'a> {
    author: UserId,
    subject: UserId,
    of_seller: bool,
    new: &'a NewReview,
    key: &'a str,
    now: Instant,
    shown_at: Instant,
}

async fn review_insert(connection: &mut PgConnection, id: AuctionId, writing: &Writing<'_>) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO reviews (auction_id, author_id, subject_id, of_seller, stars, body, key, at, shown_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.0,
        writing.author.0,
        writing.subject.0,
        writing.of_seller,
        i16::from(writing.new.stars.get()),
        writing.new.text,
        writing.key,
        writing.now,
        writing.shown_at
    );
    let written = written.execute(connection).await.map_err(review_error)?;
    expect_rows(written.rows_affected(), 1, "a review")
}

/// `reviews_once` cannot be met under the auction's lock; `reviews_key_once` is another trade's key.
fn review_error(error: sqlx::Error) -> Error {
    match error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) {
        Some("reviews_once") => Refusal::AlreadyReviewed.into(),
        Some("reviews_key_once") => Refusal::KeyReused.into(),
        _ => error.into(),
    }
}

/// The review of `author` is seen from `shown_at`.
async fn review_show(
    connection: &mut PgConnection,
    id: AuctionId,
    author: UserId,
    shown_at: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE reviews SET shown_at = $3 WHERE auction_id = $1 AND author_id = $2",
        id.0,
        author.0,
        shown_at
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "the other review")
}
