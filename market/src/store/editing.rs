//! Changing an auction: everything until the first bid, from then on only by adding. Both lock the auction's
//! row as a bid does, so the first bid comes either before an edit or after it.

use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    drafts, expect_rows,
    opening::Columns,
    pictures, states,
};
use crate::{
    AuctionId, Instant, Money, PictureId, Refusal, Status, UserId,
    opening::{ADDITIONS_MAX, Addition, Condition, Draft, Listing, Opened, Opening, Shipping},
    refusal::Reason,
    view::EditPage,
};

impl Market {
    /// Makes of an auction what its seller has typed anew, by all the rules of opening.
    ///
    /// # Errors
    /// `not_found`, `not_yours` (also a picture that the seller never sent), `ended`, `has_bids`,
    /// `already_national`, `fields`, `busy`.
    pub async fn edit_auction(&self, seller: UserId, id: AuctionId, draft: &Draft) -> Result<()> {
        let mut transaction = self.begin().await?;
        let mut record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.only_seller(seller)?;
        record.auction.editable_at(now)?;
        let opening = draft.check_edit(now, opened(&record))?;
        let columns = Columns::of(&mut transaction, seller, &opening).await?;
        record.auction = record.auction.edit(&opening, now)?;
        record.reach = opening.listing.reach;
        edit_auction_write(&mut transaction, id, &opening, &columns).await?;
        pictures::clear(&mut transaction, id).await?;
        pictures::attach(&mut transaction, id, seller, &opening.pictures).await?;
        auctions::save(&mut transaction, &mut record, now).await?;
        let state = states::state(&mut transaction, &record).await?;
        transaction.commit().await?;
        self.announce(record.reach, state, Vec::new());
        Ok(())
    }

    /// Adds a dated note to the description, pictures behind those that are there, or both. The same key adds
    /// once.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_found`, `not_yours` (also a picture that the seller never sent),
    /// `ended`; `fields`: nothing to add, too much, too often; `busy`.
    pub async fn add_to_auction(
        &self,
        seller: UserId,
        id: AuctionId,
        key: &str,
        typed: &str,
        added: &[PictureId],
    ) -> Result<()> {
        super::check_key(key)?;
        let mut transaction = self.begin().await?;
        let mut record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.only_seller(seller)?;
        if add_to_auction_known(&mut transaction, id, key).await? {
            return Ok(());
        }
        if !matches!(record.auction.status, Status::Live(_)) || now >= record.auction.schedule.ends_at {
            return Err(Refusal::Ended.into());
        }
        let earlier = additions_of(&mut transaction, id).await?;
        let description = opening_of(&mut transaction, &record).await?.listing.description;
        let written = Addition::appended(&description, &earlier).chars().count();
        let text = Addition::check(typed, written)?;
        if text.is_empty() && added.is_empty() {
            return Err(Refusal::field("addition", Reason::Required).into());
        }
        if !text.is_empty() {
            add_to_auction_note(&mut transaction, id, key, &text, earlier.len() + 1, now).await?;
        }
        add_to_auction_pictures(&mut transaction, &record, added).await?;
        auctions::save(&mut transaction, &mut record, now).await?;
        let state = states::state(&mut transaction, &record).await?;
        transaction.commit().await?;
        self.announce(record.reach, state, Vec::new());
        Ok(())
    }

    /// What the seller has added to an auction, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn additions(&self, auction: AuctionId) -> Result<Vec<Addition>> {
        additions_of(&mut *self.connection().await?, auction).await
    }

    /// Everything on the page of editing, which is the seller's alone: it shows the reserve.
    ///
    /// # Errors
    /// `not_found`, `not_yours`.
    pub async fn edit_page(&self, seller: UserId, id: AuctionId) -> Result<EditPage> {
        let categories = self.categories().await?;
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let record = auctions::load(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        record.only_seller(seller)?;
        let opening = opening_of(&mut transaction, &record).await?;
        let form = drafts::prefilled(&mut transaction, Draft::from(&opening), now).await?;
        Ok(EditPage {
            form,
            opened: opened(&record),
            status: record.auction.status.code(),
            has_bids: record.bid_count > 0,
            additions: additions_of(&mut transaction, id).await?,
            categories,
            now,
        })
    }
}

fn opened(record: &Record) -> Opened {
    let schedule = record.auction.schedule;
    Opened { starts_at: schedule.starts_at, ends_at: schedule.ends_at, reach: record.reach }
}

/// How the auction was opened; its end without what late bids added to it.
pub(super) async fn opening_of(connection: &mut PgConnection, record: &Record) -> Result<Opening> {
    let row = sqlx::query!(
        "SELECT a.title, a.description, c.slug, a.condition, a.shipping, a.region_code
         FROM auctions a JOIN categories c ON c.id = a.category_id WHERE a.id = $1",
        record.id.0
    );
    let row = row.fetch_one(&mut *connection).await?;
    let broken = |what: &str| Error::Broken(format!("auction {}: {what}", record.id));
    let schedule = record.auction.schedule;
    Ok(Opening {
        listing: Listing {
            title: row.title,
            description: row.description,
            category: row.slug,
            condition: Condition::from_name(&row.condition).ok_or_else(|| broken(&row.condition))?,
            shipping: Shipping::from_name(&row.shipping).ok_or_else(|| broken(&row.shipping))?,
            reach: record.reach,
            region: Some(row.region_code),
        },
        pictures: pictures::shown_by(connection, record.id).await?,
        terms: record.auction.terms.clone(),
        starts_at: schedule.starts_at,
        ends_at: schedule.first_end,
    })
}

/// What was added to it, oldest first.
pub(super) async fn additions_of(connection: &mut PgConnection, auction: AuctionId) -> Result<Vec<Addition>> {
    let rows = sqlx::query_as!(
        Addition,
        "SELECT text, at FROM additions WHERE auction_id = $1 ORDER BY number",
        auction.0
    );
    Ok(rows.fetch_all(connection).await?)
}

/// What a first bid would fix, and what people read; [`auctions::save`] writes what moves.
async fn edit_auction_write(
    connection: &mut PgConnection,
    id: AuctionId,
    opening: &Opening,
    columns: &Columns,
) -> Result<()> {
    let (listing, terms) = (&opening.listing, &opening.terms);
    let [window, extension, hard_stop] = columns.soft_close;
    let written = sqlx::query!(
        "UPDATE auctions
         SET title = $2, description = $3, category_id = $4, condition = $5, shipping = $6, art = $7,
             region_code = $8, start_price = $9, increment = $10, buy_now = $11, reserve = $12,
             soft_window = $13, soft_extension = $14, soft_hard_stop = $15, settlement = $16,
             starts_at = $17, ends_at = $18, first_end = $18, grams = $19, grams_version = $20
         WHERE id = $1",
        id.0,
        listing.title,
        listing.description,
        columns.category.id.0,
        listing.condition.as_str(),
        listing.shipping.as_str(),
        columns.category.art,
        columns.region,
        terms.start_price.to_decimal(),
        columns.increment,
        terms.buy_now.map(Money::to_decimal),
        terms.reserve.map(Money::to_decimal),
        window,
        extension,
        hard_stop,
        columns.settlement,
        opening.starts_at,
        opening.ends_at,
        &columns.grams,
        crate::search::VERSION,
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "edited auction")
}

async fn add_to_auction_known(connection: &mut PgConnection, id: AuctionId, key: &str) -> Result<bool> {
    let known = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM additions WHERE auction_id = $1 AND key = $2) AS "known!""#,
        id.0,
        key
    );
    Ok(known.fetch_one(connection).await?)
}

async fn add_to_auction_note(
    connection: &mut PgConnection,
    id: AuctionId,
    key: &str,
    text: &str,
    number: usize,
    now: Instant,
) -> Result<()> {
    let number = i32::try_from(number).ok().filter(|_| number <= ADDITIONS_MAX);
    let number = number.ok_or_else(|| Refusal::field("addition", Reason::TooMany))?;
    let written = sqlx::query!(
        "INSERT INTO additions (auction_id, number, key, text, at) VALUES ($1, $2, $3, $4, $5)",
        id.0,
        number,
        key,
        text,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "addition")
}

/// One that is there already stays where it is.
async fn add_to_auction_pictures(
    connection: &mut PgConnection,
    record: &Record,
    added: &[PictureId],
) -> Result<()> {
    let mut shown = pictures::shown_by(&mut *connection, record.id).await?;
    let known = shown.len();
    for picture in added {
        if !shown.contains(picture) {
            shown.push(picture.clone());
        }
    }
    if shown.len() == known {
        return Ok(());
    }
    pictures::clear(&mut *connection, record.id).await?;
    pictures::attach(connection, record.id, record.auction.seller, &shown).await
}
