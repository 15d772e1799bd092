//! Who is of the staff, and the log of what staff do.

use sqlx::PgConnection;

use super::{Error, Market, Result, expect_rows};
use crate::{AuctionId, Instant, Refusal, UserId, trade::Decision};

impl Market {
    /// Makes somebody staff: for the operator's command line; no page does it.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn make_staff(&self, user: UserId) -> Result<()> {
        let made =
            sqlx::query!("UPDATE users SET is_staff = true WHERE id = $1 AND closed_at IS NULL", user.0);
        let made = made.execute(&mut *self.connection().await?).await?.rows_affected();
        if made == 0 { Err(Refusal::NotFound.into()) } else { expect_rows(made, 1, "staff") }
    }
}

/// Whether `user` is of the staff.
pub(super) async fn is_staff(connection: &mut PgConnection, user: UserId) -> Result<bool> {
    let staff = sqlx::query_scalar!("SELECT is_staff FROM users WHERE id = $1 AND closed_at IS NULL", user.0);
    Ok(staff.fetch_optional(connection).await?.unwrap_or(false))
}

/// Only staff.
///
/// # Errors
/// `not_yours` for everybody else.
pub(super) async fn require(connection: &mut PgConnection, user: UserId) -> Result<()> {
    if is_staff(connection, user).await? { Ok(()) } else { Err(Refusal::NotYours.into()) }
}

/// All staff but those named: who has a part in a sale is not staff to it.
pub(super) async fn others(
    connection: &mut PgConnection,
    except: [Option<UserId>; 2],
) -> Result<Vec<UserId>> {
    let except: Vec<i64> = except.into_iter().flatten().map(|user| user.0).collect();
    let ids = sqlx::query_scalar!(
        "SELECT id FROM users WHERE is_staff AND closed_at IS NULL AND id <> ALL($1) ORDER BY id",
        &except
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(UserId).collect())
}

/// A decision about a sale, to be logged.
pub(super) struct Act<'a> {
    pub staff: UserId,
    pub key: &'a str,
    pub decision: Decision,
    pub auction: AuctionId,
    /// Who gets the money.
    pub user: UserId,
    pub reason: &'a str,
}

/// Logs what staff decide, in the transaction that does it.
pub(super) async fn log(connection: &mut PgConnection, act: &Act<'_>, now: Instant) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO staff_acts (staff_id, key, act, auction_id, user_id, reason, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        act.staff.0,
        act.key,
        act.decision.as_str(),
        act.auction.0,
        act.user.0,
        act.reason,
        now
    );
    let written = written.execute(connection).await.map_err(log_error)?;
    expect_rows(written.rows_affected(), 1, "staff act")
}

/// The same key at the same moment for another auction: there is no lock that both wait for.
fn log_error(error: sqlx::Error) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    if constraint == Some("staff_acts_key_once") { Refusal::KeyReused.into() } else { error.into() }
}

/// What was decided under that key before, if anything: about which auction, how and why.
pub(super) async fn logged(
    connection: &mut PgConnection,
    staff: UserId,
    key: &str,
) -> Result<Option<(Option<AuctionId>, String, String)>> {
    let row = sqlx::query!(
        "SELECT auction_id, act, reason FROM staff_acts WHERE staff_id = $1 AND key = $2",
        staff.0,
        key
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| (row.auction_id.map(AuctionId), row.act, row.reason)))
}
