//! Opening auctions: from a form, and how an opening is written.

use sqlx::PgConnection;

use super::{Change, Error, Market, Result, categories, drafts, pictures, wallets, words};
use crate::{
    AuctionId, Instant, Money, Refusal, Settlement, SoftClose, UserId,
    opening::{Draft, Listing, Opening},
    refusal::Reason,
    search,
};

/// Whose auction is inserted, by which form.
pub(super) struct Opener<'a> {
    pub seller: UserId,
    pub key: &'a str,
    /// The auction that is listed again.
    pub relisted_from: Option<AuctionId>,
}

impl Market {
    /// Opens what a person has typed. A form that is refused is kept, so that nothing of it is lost on its
    /// way back to the page.
    ///
    /// # Errors
    /// `fields`, and as [`Market::open_auction`].
    pub async fn open_draft(&self, seller: UserId, key: &str, draft: &Draft) -> Result<AuctionId> {
        super::check_key(key)?;
        let opener = Opener { seller, key, relisted_from: None };
        // Before the form is judged: what was opened stays opened, though its end may have come meanwhile.
        if let Some(known) = opened_by(&mut *self.connection().await?, &opener).await? {
            return Ok(known);
        }
        let answer = match draft.check(self.now().await?) {
            Ok(opening) => self.open_auction(seller, key, &opening).await,
            Err(refusal) => Err(refusal.into()),
        };
        if let Err(Error::Refused(Refusal::Fields { .. })) = &answer {
            self.save_draft(seller, key, draft).await?;
        }
        answer
    }

    /// Opens an auction. The same key of the same seller opens one. A draft that waited is done with.
    ///
    /// # Errors
    /// `malformed`: a senseless key. `suspended`. `key_reused`: it has listed something again. `fields`: a
    /// category that does not exist or takes no new auctions, a region that does not exist, too many
    /// pictures. `not_yours`: a picture that the seller never sent.
    pub async fn open_auction(&self, seller: UserId, key: &str, opening: &Opening) -> Result<AuctionId> {
        super::check_key(key)?;
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let opener = Opener { seller, key, relisted_from: None };
        if let Some(known) = opened_by(&mut transaction, &opener).await? {
            return Ok(known);
        }
        let Some(id) = insert(&mut transaction, &opener, opening, now).await? else {
            // The same form at the same moment: the other one won, and is committed by now.
            let known = opened_by(&mut transaction, &opener).await?;
            return known.ok_or_else(|| Error::Broken("an auction's key vanished".to_owned()));
        };
        drafts::remove(&mut transaction, seller).await?;
        transaction.commit().await?;
        self.publish(Change::End(opening.ends_at));
        Ok(id)
    }
}

/// What the form has opened already.
pub(super) async fn opened_by(
    connection: &mut PgConnection,
    opener: &Opener<'_>,
) -> Result<Option<AuctionId>> {
    let row = sqlx::query!(
        "SELECT id, relisted_from FROM auctions WHERE seller_id = $1 AND key = $2",
        opener.seller.0,
        opener.key
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    if row.relisted_from == opener.relisted_from.map(|auction| auction.0) {
        Ok(Some(AuctionId(row.id)))
    } else {
        Err(Refusal::KeyReused.into())
    }
}

/// Writes an auction with its pictures, of an account that stays open meanwhile; `None` if the form's key is
/// there already.
pub(super) async fn insert(
    connection: &mut PgConnection,
    opener: &Opener<'_>,
    opening: &Opening,
    now: Instant,
) -> Result<Option<AuctionId>> {
    wallets::keep_open(&mut *connection, opener.seller).await?;
    let columns = Columns::of(&mut *connection, opener.seller, opening).await?;
    if columns.category.retired {
        return Err(Refusal::field("category", Reason::Unknown).into());
    }
    let Some(id) = insert_row(&mut *connection, opener, opening, &columns, now).await? else {
        return Ok(None);
    };
    pictures::attach(connection, id, opener.seller, &opening.pictures).await?;
    Ok(Some(id))
}

async fn insert_row(
    connection: &mut PgConnection,
    opener: &Opener<'_>,
    opening: &Opening,
    columns: &Columns,
    now: Instant,
) -> Result<Option<AuctionId>> {
    let (listing, terms) = (&opening.listing, &opening.terms);
    let [window, extension, hard_stop] = columns.soft_close;
    let id = sqlx::query_scalar!(
        "INSERT INTO auctions
             (seller_id, key, title, description, category_id, condition, shipping, art, reach, region_code,
              start_price, increment, buy_now, reserve, soft_window, soft_extension, soft_hard_stop,
              settlement, opened_at, starts_at, ends_at, first_end, grams, grams_version, relisted_from)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                 $21, $21, $22, $23, $24)
         ON CONFLICT ON CONSTRAINT auctions_key_once DO NOTHING
         RETURNING id",
        opener.seller.0,
        opener.key,
        listing.title,
        listing.description,
        columns.category.id.0,
        listing.condition.as_str(),
        listing.shipping.as_str(),
        columns.category.art,
        listing.reach.as_str(),
        columns.region,
        terms.start_price.to_decimal(),
        columns.increment,
        terms.buy_now.map(Money::to_decimal),
        terms.reserve.map(Money::to_decimal),
        window,
        extension,
        hard_stop,
        columns.settlement,
        now,
        opening.starts_at,
        opening.ends_at,
        &columns.grams,
        search::VERSION,
        opener.relisted_from.map(|auction| auction.0),
    );
    Ok(id.fetch_optional(connection).await?.map(AuctionId))
}

/// What an opening becomes in its row, besides what stands in it as it is.
pub(super) struct Columns {
    pub category: categories::Found,
    pub region: String,
    pub increment: serde_json::Value,
    /// Window, extension, hard stop.
    pub soft_close: [Option<i32>; 3],
    pub settlement: &'static str,
    pub grams: Vec<String>,
}

impl Columns {
    /// Finds category and region, computes what the search compares with, and teaches it the title's words.
    ///
    /// # Errors
    /// `fields`: a category or a region that does not exist.
    pub async fn of(connection: &mut PgConnection, seller: UserId, opening: &Opening) -> Result<Self> {
        let (listing, terms) = (&opening.listing, &opening.terms);
        let category = categories::find(&mut *connection, &listing.category).await?;
        let category = category.ok_or_else(|| Refusal::field("category", Reason::Unknown))?;
        let region = region_code(&mut *connection, seller, listing).await?;
        words::learn(connection, &listing.title).await?;
        let increment = serde_json::to_value(&terms.increment)
            .map_err(|error| Error::Broken(format!("increment: {error}")))?;
        let seconds = |value: fn(SoftClose) -> i64| -> Option<i32> {
            terms.soft_close.and_then(|soft| i32::try_from(value(soft)).ok())
        };
        Ok(Self {
            region,
            increment,
            soft_close: [
                seconds(|soft| soft.window),
                seconds(|soft| soft.extension),
                seconds(|soft| soft.hard_stop),
            ],
            settlement: match terms.settlement {
                Settlement::OnClose => "on_close",
                Settlement::OnHandover => "on_handover",
            },
            grams: search::grams(&format!("{} {}", listing.title, category.names)),
            category,
        })
    }
}

/// The listing's region, else the seller's own.
async fn region_code(connection: &mut PgConnection, seller: UserId, listing: &Listing) -> Result<String> {
    let code = sqlx::query_scalar!(
        "SELECT r.code FROM regions r
         WHERE r.code = coalesce($1, (SELECT region_code FROM users WHERE id = $2))",
        listing.region.as_deref(),
        seller.0
    );
    let code = code.fetch_optional(connection).await?;
    Ok(code.ok_or_else(|| Refusal::field("region", Reason::Unknown))?)
}
