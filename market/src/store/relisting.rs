//! The same thing once more: an auction that is over, opened again as it was.

use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result,
    auctions::{self, Record},
    drafts, editing,
    opening::{Opener, insert, opened_by},
};
use crate::{
    AuctionId, Instant, Refusal, Status, UserId,
    opening::{Addition, Draft, Opening, terms_faults},
    view::Prefill,
};

impl Market {
    /// Opens an auction that is over once more: the same listing with all that was added to it, the same
    /// terms and pictures, from now on and as long as it was. The same key lists it again once.
    ///
    /// # Errors
    /// `not_found`, `not_yours`; `malformed`: a senseless key; `key_reused`: it has opened another one;
    /// `not_due`: it still runs; `fields`: what the rules of opening no longer allow.
    pub async fn relist(&self, seller: UserId, auction: AuctionId, key: &str) -> Result<AuctionId> {
        super::check_key(key)?;
        let mut transaction = self.begin().await?;
        let record = own(&mut transaction, seller, auction).await?;
        let now = self.clock(&mut transaction).await?;
        let opener = Opener { seller, key, relisted_from: Some(auction) };
        if let Some(known) = opened_by(&mut transaction, &opener).await? {
            return Ok(known);
        }
        if matches!(record.auction.status, Status::Live(_)) {
            return Err(Refusal::NotDue.into());
        }
        let opening = whole(&mut transaction, &record).await?.again(now);
        let faults = terms_faults(&opening.terms);
        if !faults.is_empty() {
            return Err(Refusal::Fields { faults }.into());
        }
        let Some(id) = insert(&mut transaction, &opener, &opening, now).await? else {
            // The same form at the same moment: the other one won, and is committed by now.
            let known = opened_by(&mut transaction, &opener).await?;
            return known.ok_or_else(|| Error::Broken("an auction's key vanished".to_owned()));
        };
        transaction.commit().await?;
        self.publish(Change::End(opening.ends_at));
        Ok(id)
    }
}

/// The form for listing `auction` again, with changes.
pub(super) async fn prefill(
    connection: &mut PgConnection,
    seller: UserId,
    auction: AuctionId,
    now: Instant,
) -> Result<Prefill> {
    let record = own(&mut *connection, seller, auction).await?;
    let opening = whole(&mut *connection, &record).await?;
    drafts::prefilled(connection, Draft::again(&opening, now), now).await
}

async fn own(connection: &mut PgConnection, seller: UserId, auction: AuctionId) -> Result<Record> {
    let record = auctions::load(connection, auction).await?.ok_or(Refusal::NotFound)?;
    record.only_seller(seller)?;
    Ok(record)
}

/// How it was opened, with all that was added since.
async fn whole(connection: &mut PgConnection, record: &Record) -> Result<Opening> {
    let mut opening = editing::opening_of(&mut *connection, record).await?;
    let additions = editing::additions_of(connection, record.id).await?;
    opening.listing.description = Addition::appended(&opening.listing.description, &additions);
    Ok(opening)
}
