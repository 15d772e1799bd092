//! Disputes: opened by the buyer, talked over with staff, and as staff see them. All of it happens under the
//! auction's lock, as everything about a sale (see `trades`).

use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result,
    auctions::{self, Record},
    check_key, expect_rows,
    notices::{self, Notify},
    pictures, staff,
};
use crate::{
    AuctionId, Instant, PictureId, Refusal, UserId,
    auction::StatusCode,
    refusal::Reason,
    trade::{Complaint, MESSAGES_MAX, Side, Statement},
    view::NoticeKind,
};

impl Market {
    /// The buyer disputes the sale: the escrow is frozen until staff decide or he confirms after all. What
    /// he says is the first of what is said. The same key acts once.
    ///
    /// # Errors
    /// `malformed`, `not_found`, `not_yours` unless `buyer` is the buyer or for a picture that he never sent,
    /// `key_reused`, `not_sold`, `busy`.
    pub async fn dispute(
        &self,
        buyer: UserId,
        id: AuctionId,
        complaint: Complaint,
        said: &Statement,
        key: &str,
    ) -> Result<StatusCode> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        record.auction.only_buyer(buyer)?;
        if say_known(&mut transaction, buyer, id, said, key).await? {
            return Ok(StatusCode::Disputed);
        }
        let disputed = record.auction.clone().dispute()?;
        dispute_insert(&mut transaction, id, complaint, now).await?;
        say(&mut transaction, buyer, id, said, key, now).await?;
        self.finish(transaction, record, now, disputed, None).await
    }

    /// The buyer, the seller or staff say something in an open dispute; all others in it are told. The same
    /// key says it once.
    ///
    /// # Errors
    /// `malformed`, `not_found`, `not_yours` for everybody else or for a picture that the writer never sent,
    /// `key_reused`, `not_sold` when no dispute is open, `fields`: more than [`MESSAGES_MAX`], `busy`.
    pub async fn write_in_dispute(
        &self,
        writer: UserId,
        id: AuctionId,
        said: &Statement,
        key: &str,
    ) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let is_staff = staff::is_staff(&mut transaction, writer).await?;
        let side = record.auction.side(writer, is_staff)?;
        if say_known(&mut transaction, writer, id, said, key).await? {
            return Ok(());
        }
        if record.auction.status.code() != StatusCode::Disputed {
            return Err(Refusal::NotSold.into());
        }
        if messages(&mut transaction, id).await? >= MESSAGES_MAX {
            return Err(Refusal::field("text", Reason::TooMany).into());
        }
        say(&mut transaction, writer, id, said, key, now).await?;
        let told = write_in_dispute_notices(&mut transaction, &record, (writer, side), now).await?;
        transaction.commit().await?;
        self.publish(Change::People(told.into_iter().chain([writer]).collect()));
        Ok(())
    }
}

async fn dispute_insert(
    connection: &mut PgConnection,
    id: AuctionId,
    complaint: Complaint,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO disputes (auction_id, complaint, opened_at) VALUES ($1, $2, $3)",
        id.0,
        complaint.as_str(),
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "dispute")
}

/// Whether `writer` has said the same under that key before; another thing under it is `key_reused`.
async fn say_known(
    connection: &mut PgConnection,
    writer: UserId,
    id: AuctionId,
    said: &Statement,
    key: &str,
) -> Result<bool> {
    let row = sqlx::query!(
        "SELECT auction_id, text, picture_id FROM dispute_messages WHERE author_id = $1 AND key = $2",
        writer.0,
        key
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(false) };
    let picture = said.picture.as_ref().map(PictureId::as_str);
    let same = (row.auction_id, row.text.as_str(), row.picture_id.as_deref()) == (id.0, &said.text, picture);
    if same { Ok(true) } else { Err(Refusal::KeyReused.into()) }
}

async fn say(
    connection: &mut PgConnection,
    writer: UserId,
    id: AuctionId,
    said: &Statement,
    key: &str,
    now: Instant,
) -> Result<()> {
    let picture = said.picture.as_ref().map(PictureId::as_str);
    pictures::check_own(&mut *connection, writer, said.picture.as_slice()).await?;
    let written = sqlx::query!(
        "INSERT INTO dispute_messages (auction_id, author_id, key, text, picture_id, at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        id.0,
        writer.0,
        key,
        said.text,
        picture,
        now
    );
    let written = written.execute(connection).await.map_err(say_error)?;
    expect_rows(written.rows_affected(), 1, "message of a dispute")
}

/// The same key at the same moment in another dispute: there is no lock that both wait for.
fn say_error(error: sqlx::Error) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    if constraint == Some("dispute_messages_key_once") { Refusal::KeyReused.into() } else { error.into() }
}

async fn messages(connection: &mut PgConnection, id: AuctionId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM dispute_messages WHERE auction_id = $1"#,
        id.0
    );
    Ok(count.fetch_one(connection).await?)
}

/// The other of the two, or both, and the staff who have spoken; the people told.
async fn write_in_dispute_notices(
    connection: &mut PgConnection,
    record: &Record,
    (writer, side): (UserId, Side),
    now: Instant,
) -> Result<Vec<UserId>> {
    let (seller, sale) = (record.auction.seller, record.auction.status.sale());
    let buyer = sale.map(|sale| sale.winner);
    let mut told: Vec<UserId> = match side {
        Side::Buyer => vec![seller],
        Side::Seller => buyer.into_iter().collect(),
        Side::Staff => buyer.into_iter().chain([seller]).collect(),
    };
    let parties: Vec<i64> = buyer.into_iter().chain([seller, writer]).map(|user| user.0).collect();
    let staff = sqlx::query_scalar!(
        "SELECT DISTINCT m.author_id FROM dispute_messages m JOIN users u ON u.id = m.author_id
         WHERE m.auction_id = $1 AND m.author_id <> ALL($2) AND u.closed_at IS NULL ORDER BY 1",
        record.id.0,
        &parties
    );
    told.extend(staff.fetch_all(&mut *connection).await?.into_iter().map(UserId));
    let amount = sale.map(|sale| sale.price_paid);
    let notice =
        |&user: &UserId| Notify { auction: record.id, user, kind: NoticeKind::Disputed, amount, times: 1 };
    let notices: Vec<Notify> = told.iter().map(notice).collect();
    notices::write(connection, &notices, now).await?;
    Ok(told)
}
