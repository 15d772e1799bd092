//! The form of opening, kept between two visits; and what its page shows.

use sqlx::PgConnection;

use super::{Error, Market, Result, pictures, relisting};
use crate::{
    AuctionId, Instant, UserId,
    opening::Draft,
    view::{Prefill, Region, SellPage},
};

impl Market {
    /// Everything on the page of opening; with an auction of the seller's own, what it takes to list it
    /// again.
    ///
    /// # Errors
    /// `not_found`, `not_yours`: the auction that is to be listed again.
    pub async fn sell_page(&self, seller: UserId, again: Option<AuctionId>) -> Result<SellPage> {
        let categories = self.open_categories().await?;
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let again = match again {
            Some(auction) => Some(relisting::prefill(&mut transaction, seller, auction, now).await?),
            None => None,
        };
        let saved = saved(&mut transaction, seller).await?;
        let home = sell_page_home(&mut transaction, seller).await?;
        Ok(SellPage { home, categories, saved, again, now })
    }

    /// Keeps what a person has typed, in place of what was kept before. What comes late from a form whose key
    /// has opened an auction is no draft any more.
    ///
    /// # Errors
    /// `malformed`: a senseless key.
    pub async fn save_draft(&self, user: UserId, key: &str, draft: &Draft) -> Result<()> {
        super::check_key(key)?;
        let kept =
            serde_json::to_value(draft.kept()).map_err(|error| Error::Broken(format!("draft: {error}")))?;
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        // What the draft names is not tidied away meanwhile; what is gone already is refused at the opening.
        pictures::hold_own(&mut transaction, user, &draft.pictures().unwrap_or_default()).await?;
        let written = sqlx::query!(
            "INSERT INTO drafts (user_id, draft, at)
             SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM auctions WHERE seller_id = $1 AND key = $4)
             ON CONFLICT (user_id) DO UPDATE SET draft = excluded.draft, at = excluded.at",
            user.0,
            kept,
            now,
            key
        );
        at_most_one(written.execute(&mut *transaction).await?.rows_affected())?;
        Ok(transaction.commit().await?)
    }

    /// Forgets what was kept; nothing, if nothing was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_draft(&self, user: UserId) -> Result<()> {
        remove(&mut *self.connection().await?, user).await
    }
}

/// Forgets what was kept for `user`.
pub(super) async fn remove(connection: &mut PgConnection, user: UserId) -> Result<()> {
    let removed = sqlx::query!("DELETE FROM drafts WHERE user_id = $1", user.0);
    at_most_one(removed.execute(connection).await?.rows_affected())
}

async fn saved(connection: &mut PgConnection, user: UserId) -> Result<Option<Prefill>> {
    let row = sqlx::query!("SELECT draft, at FROM drafts WHERE user_id = $1", user.0);
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let draft: Draft =
        serde_json::from_value(row.draft).map_err(|error| Error::Broken(format!("draft: {error}")))?;
    Ok(Some(prefilled(connection, draft, row.at).await?))
}

/// A draft with the region that it names, if that exists.
pub(super) async fn prefilled(connection: &mut PgConnection, draft: Draft, at: Instant) -> Result<Prefill> {
    let region =
        sqlx::query_as!(Region, "SELECT code, name, full_name FROM regions WHERE code = $1", draft.region);
    let region = region.fetch_optional(connection).await?;
    Ok(Prefill { draft, region, at })
}

async fn sell_page_home(connection: &mut PgConnection, user: UserId) -> Result<Option<Region>> {
    let region = sqlx::query_as!(
        Region,
        "SELECT r.code, r.name, r.full_name FROM users u JOIN regions r ON r.code = u.region_code
         WHERE u.id = $1",
        user.0
    );
    Ok(region.fetch_optional(connection).await?)
}

fn at_most_one(written: u64) -> Result<()> {
    if written == 0 { Ok(()) } else { super::expect_rows(written, 1, "draft") }
}
