//! Pictures: what was sent by whom, and what an auction shows in which order. The files themselves lie in the
//! object store.

use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    expect_rows, unused_pictures,
};
use crate::{
    AuctionId, Instant, PictureId, Refusal, Status, UserId,
    refusal::Reason,
    view::{MOST_PICTURES, Picture},
};

impl Market {
    /// Notes a picture whose files are about to be stored, and that `user` has sent it. Sent again, by him or
    /// by somebody else, it stays the one that it is, for another day at least.
    ///
    /// # Errors
    /// `busy`: its files are just being removed, see [`Market::forget_picture`].
    pub async fn record_picture(&self, user: UserId, picture: &Picture) -> Result<()> {
        let mut transaction = self.begin().await?;
        unused_pictures::have_alone(&mut transaction, &picture.id).await?;
        let now = self.clock(&mut transaction).await?;
        record_picture_insert(&mut transaction, user, picture, now).await?;
        record_picture_owner(&mut transaction, user, &picture.id, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The seller says anew which pictures his auction shows, in which order. Once somebody has bid, what he
    /// was shown stays: more may come, none may go.
    ///
    /// # Errors
    /// `not_found`, `not_yours`: another seller's auction, or a picture that the seller never sent; `ended`;
    /// `has_bids`: one would be missing. `fields`: more than [`MOST_PICTURES`]. `malformed`: one twice.
    pub async fn set_auction_pictures(
        &self,
        seller: UserId,
        auction: AuctionId,
        pictures: &[PictureId],
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        let record = own_live_auction(&mut transaction, auction, seller).await?;
        let shown = shown_by(&mut transaction, auction).await?;
        if record.bid_count > 0 && !shown.iter().all(|shown| pictures.contains(shown)) {
            return Err(Refusal::HasBids.into());
        }
        clear(&mut transaction, auction).await?;
        attach(&mut transaction, auction, seller, pictures).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether `seller` may put pictures to the auction, before they are taken from him.
    ///
    /// # Errors
    /// `not_found`, `not_yours`, `ended`, `busy`.
    pub async fn may_add_pictures(&self, seller: UserId, auction: AuctionId) -> Result<()> {
        own_live_auction(&mut *self.begin().await?, auction, seller).await.map(drop)
    }

    /// Puts `pictures` behind those that the auction shows already. One that is there stays where it is, so
    /// that a form sent twice adds once.
    ///
    /// # Errors
    /// As [`Market::set_auction_pictures`].
    pub async fn add_auction_pictures(
        &self,
        seller: UserId,
        auction: AuctionId,
        pictures: &[PictureId],
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        own_live_auction(&mut transaction, auction, seller).await?;
        let mut shown = shown_by(&mut transaction, auction).await?;
        for picture in pictures {
            if !shown.contains(picture) {
                shown.push(picture.clone());
            }
        }
        clear(&mut transaction, auction).await?;
        attach(&mut transaction, auction, seller, &shown).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The pictures that an auction shows, in the seller's order; none for an auction that does not exist.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pictures_of(&self, auction: AuctionId) -> Result<Vec<PictureId>> {
        shown_by(&mut *self.connection().await?, auction).await
    }
}

/// Gives an auction without pictures its pictures, in this order; part of the transaction that opens it.
///
/// # Errors
/// `not_yours`: a picture that the seller never sent. `fields`: more than [`MOST_PICTURES`]. `malformed`: one
/// twice.
pub(super) async fn attach(
    connection: &mut PgConnection,
    auction: AuctionId,
    seller: UserId,
    pictures: &[PictureId],
) -> Result<()> {
    check(pictures)?;
    if pictures.is_empty() {
        return Ok(());
    }
    check_own(&mut *connection, seller, pictures).await?;
    let written = sqlx::query!(
        "INSERT INTO auction_pictures (auction_id, position, picture_id)
         SELECT $1, u.number - 1, u.picture_id
         FROM unnest($2::text[]) WITH ORDINALITY AS u (picture_id, number)",
        auction.0,
        &names(pictures)
    );
    let written = written.execute(connection).await?;
    expect_rows(written.rows_affected(), pictures.len(), "auction pictures")
}

/// One shows only what one has sent oneself, and what is just being shown stays.
///
/// # Errors
/// `not_yours`.
pub(super) async fn check_own(
    connection: &mut PgConnection,
    user: UserId,
    pictures: &[PictureId],
) -> Result<()> {
    let own = hold_own(connection, user, pictures).await?;
    if own < pictures.len() { Err(Refusal::NotYours.into()) } else { Ok(()) }
}

/// Keeps those of the pictures that `user` has sent from being tidied away until the transaction ends; how
/// many there are.
pub(super) async fn hold_own(
    connection: &mut PgConnection,
    user: UserId,
    pictures: &[PictureId],
) -> Result<usize> {
    let own = sqlx::query_scalar!(
        "SELECT p.id FROM pictures p JOIN picture_owners o ON o.picture_id = p.id AND o.user_id = $1
         WHERE p.id = ANY($2) ORDER BY p.id FOR KEY SHARE OF p",
        user.0,
        &names(pictures)
    );
    Ok(own.fetch_all(connection).await?.len())
}

fn names(pictures: &[PictureId]) -> Vec<String> {
    pictures.iter().map(ToString::to_string).collect()
}

/// A stored name, as the type.
pub(super) fn id(text: String) -> Result<PictureId> {
    PictureId::try_from(text).map_err(|error| Error::Broken(error.to_owned()))
}

fn check(pictures: &[PictureId]) -> std::result::Result<(), Refusal> {
    if pictures.len() > MOST_PICTURES {
        return Err(Refusal::field("pictures", Reason::TooMany));
    }
    let once = |(index, picture): (usize, &PictureId)| !pictures[..index].contains(picture);
    if pictures.iter().enumerate().all(once) {
        Ok(())
    } else {
        // No form of ours names one twice.
        Err(Refusal::Malformed)
    }
}

/// Locks the auction, so that two forms at the same moment do not mix their orders.
async fn own_live_auction(connection: &mut PgConnection, id: AuctionId, seller: UserId) -> Result<Record> {
    let record = auctions::lock(connection, id).await?.ok_or(Refusal::NotFound)?;
    if record.auction.seller != seller {
        return Err(Refusal::NotYours.into());
    }
    match record.auction.status {
        Status::Live(_) => Ok(record),
        _ => Err(Refusal::Ended.into()),
    }
}

/// The pictures that an auction shows, in their order.
pub(super) async fn shown_by(connection: &mut PgConnection, auction: AuctionId) -> Result<Vec<PictureId>> {
    let ids = sqlx::query_scalar!(
        "SELECT picture_id FROM auction_pictures WHERE auction_id = $1 ORDER BY position",
        auction.0
    );
    ids.fetch_all(connection).await?.into_iter().map(id).collect()
}

/// However many there were: the order is written anew.
pub(super) async fn clear(connection: &mut PgConnection, auction: AuctionId) -> Result<()> {
    let shown = shown_by(&mut *connection, auction).await?.len();
    let removed = sqlx::query!("DELETE FROM auction_pictures WHERE auction_id = $1", auction.0);
    expect_rows(removed.execute(connection).await?.rows_affected(), shown, "auction pictures")
}

async fn record_picture_insert(
    connection: &mut PgConnection,
    user: UserId,
    picture: &Picture,
    now: Instant,
) -> Result<()> {
    let side = |pixels: u32| {
        i32::try_from(pixels).map_err(|_| Error::Broken(format!("a picture of {pixels} pixels")))
    };
    let written = sqlx::query!(
        "INSERT INTO pictures (id, owner_id, width, height, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING",
        picture.id.as_str(),
        user.0,
        side(picture.width)?,
        side(picture.height)?,
        now
    );
    // Known already: the same content has the same size.
    match written.execute(connection).await?.rows_affected() {
        0 => Ok(()),
        written => expect_rows(written, 1, "picture"),
    }
}

async fn record_picture_owner(
    connection: &mut PgConnection,
    user: UserId,
    picture: &PictureId,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO picture_owners (picture_id, user_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (picture_id, user_id) DO UPDATE SET at = excluded.at",
        picture.as_str(),
        user.0,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "picture's owner")
}
