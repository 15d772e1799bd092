//! Pictures: what was sent by whom, and what an auction shows in which order. The files themselves lie in the
//! object store.

use sqlx::PgConnection;

use super::{Error, Market, Result, auctions, expect_rows};
use crate::{
    AuctionId, Instant, PictureId, Refusal, Status, UserId,
    refusal::Reason,
    view::{MOST_PICTURES, Picture},
};

impl Market {
    /// Notes a picture whose files are stored, and that `user` has sent it. Sent again, by him or by somebody
    /// else, it stays the one that it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_picture(&self, user: UserId, picture: &Picture) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        record_picture_insert(&mut transaction, user, picture, now).await?;
        record_picture_owner(&mut transaction, user, &picture.id, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The seller says anew which pictures his auction shows, in which order; bids do not fix them (rules,
    /// *Opening*).
    ///
    /// # Errors
    /// `not_found`, `not_yours`: another seller's auction, or a picture that the seller never sent; `ended`;
    /// `fields`: more than [`MOST_PICTURES`]. `malformed`: one twice.
    pub async fn set_auction_pictures(
        &self,
        seller: UserId,
        auction: AuctionId,
        pictures: &[PictureId],
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        own_live_auction(&mut transaction, auction, seller).await?;
        clear(&mut transaction, auction).await?;
        attach(&mut transaction, auction, seller, pictures).await?;
        transaction.commit().await?;
        Ok(())
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
    let ids: Vec<String> = pictures.iter().map(ToString::to_string).collect();
    let own = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM picture_owners WHERE user_id = $1 AND picture_id = ANY($2)"#,
        seller.0,
        &ids
    );
    let own = own.fetch_one(&mut *connection).await?;
    if usize::try_from(own).is_ok_and(|own| own < ids.len()) {
        return Err(Refusal::NotYours.into());
    }
    let written = sqlx::query!(
        "INSERT INTO auction_pictures (auction_id, position, picture_id)
         SELECT $1, u.number - 1, u.picture_id
         FROM unnest($2::text[]) WITH ORDINALITY AS u (picture_id, number)",
        auction.0,
        &ids
    );
    let written = written.execute(connection).await?;
    expect_rows(written.rows_affected(), ids.len(), "auction pictures")
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
async fn own_live_auction(connection: &mut PgConnection, id: AuctionId, seller: UserId) -> Result<()> {
    let record = auctions::lock(connection, id).await?.ok_or(Refusal::NotFound)?;
    if record.auction.seller != seller {
        return Err(Refusal::NotYours.into());
    }
    match record.auction.status {
        Status::Live(_) => Ok(()),
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
    at_most_one(written.execute(connection).await?.rows_affected(), "picture")
}

async fn record_picture_owner(
    connection: &mut PgConnection,
    user: UserId,
    picture: &PictureId,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO picture_owners (picture_id, user_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (picture_id, user_id) DO NOTHING",
        picture.as_str(),
        user.0,
        now
    );
    at_most_one(written.execute(connection).await?.rows_affected(), "picture's owner")
}

fn at_most_one(written: u64, what: &'static str) -> Result<()> {
    if written == 0 { Ok(()) } else { expect_rows(written, 1, what) }
}
