//! Who is of the staff, and the log of what staff do: each act is a row of it, in the transaction that does
//! it. The same key of the same person acts once.

use sqlx::PgConnection;

use super::{Change, Error, Market, Result, expect_rows, profile::end_sessions};
use crate::{AuctionId, CategoryId, Instant, QuestionId, Refusal, UserId, staff::ActKind};

impl Market {
    /// Makes somebody staff: for the operator's command line; no page does it.
    ///
    /// # Errors
    /// `not_found`, also for an account that is closed; `suspended`.
    pub async fn make_staff(&self, user: UserId) -> Result<()> {
        let mut transaction = self.begin().await?;
        if make_staff_lock(&mut transaction, user).await? {
            return Err(Refusal::Suspended.into());
        }
        let made = sqlx::query!("UPDATE users SET is_staff = true WHERE id = $1", user.0);
        expect_rows(made.execute(&mut *transaction).await?.rows_affected(), 1, "staff")?;
        transaction.commit().await?;
        Ok(())
    }

    /// Somebody is no longer staff, and signed out everywhere: for the operator's command line.
    ///
    /// # Errors
    /// `not_found`, also for who is not of the staff.
    pub async fn remove_staff(&self, user: UserId) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let removed = sqlx::query!("UPDATE users SET is_staff = false WHERE id = $1 AND is_staff", user.0);
        if removed.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(Refusal::NotFound.into());
        }
        end_sessions(&mut transaction, user, None, now).await?;
        transaction.commit().await?;
        self.publish(Change::Sessions(user));
        Ok(())
    }

    /// Lets staff in to read; the time.
    ///
    /// # Errors
    /// `not_yours` for everybody else.
    pub(super) async fn enter(&self, connection: &mut PgConnection, user: UserId) -> Result<Instant> {
        let read = sqlx::query_scalar!(
            r#"SELECT clock_timestamp() AS "now!" FROM users
               WHERE id = $1 AND is_staff AND closed_at IS NULL"#,
            user.0
        );
        let read = read.fetch_optional(connection).await?.ok_or(Refusal::NotYours)?;
        Ok(self.inner.clock.or_read(read))
    }
}

/// Whether the account is suspended; it is locked.
async fn make_staff_lock(connection: &mut PgConnection, user: UserId) -> Result<bool> {
    let suspended_at = sqlx::query_scalar!(
        "SELECT suspended_at FROM users WHERE id = $1 AND closed_at IS NULL FOR NO KEY UPDATE",
        user.0
    );
    Ok(suspended_at.fetch_optional(connection).await?.ok_or(Refusal::NotFound)?.is_some())
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

/// What an act is about, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct About {
    pub auction: Option<AuctionId>,
    /// Whom it concerns: who gets the money of a sale, who asked a question, who is reported.
    pub user: Option<UserId>,
    pub question: Option<QuestionId>,
    pub report: Option<i64>,
    pub category: Option<CategoryId>,
}

/// An act, to be logged.
#[derive(Debug, Clone)]
pub(super) struct Act<'a> {
    pub staff: UserId,
    pub key: &'a str,
    pub kind: ActKind,
    pub reason: &'a str,
    pub about: About,
    /// What it is set to, where the act alone does not say it.
    pub detail: String,
}

impl<'a> Act<'a> {
    /// An act of which there is nothing more to say than what it is.
    pub fn new(staff: UserId, key: &'a str, kind: ActKind, reason: &'a str, about: About) -> Self {
        Self { staff, key, kind, reason, about, detail: String::new() }
    }
}

/// Logs what staff do, in the transaction that does it.
pub(super) async fn log(connection: &mut PgConnection, act: &Act<'_>, now: Instant) -> Result<()> {
    let About { auction, user, question, report, category } = act.about;
    let written = sqlx::query!(
        "INSERT INTO staff_acts (staff_id, key, act, auction_id, user_id, question_id, report_id, category_id,
                                 detail, reason, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        act.staff.0,
        act.key,
        act.kind.as_str(),
        auction.map(|auction| auction.0),
        user.map(|user| user.0),
        question.map(|question| question.0),
        report,
        category.map(|category| category.0),
        act.detail,
        act.reason,
        now
    );
    let written = written.execute(connection).await.map_err(log_error)?;
    expect_rows(written.rows_affected(), 1, "staff act")
}

/// The same key at the same moment for something else: there is no lock that both wait for.
fn log_error(error: sqlx::Error) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    if constraint == Some("staff_acts_key_once") { Refusal::KeyReused.into() } else { error.into() }
}

/// Whether the same was done under that key before. What `act` does not know yet of what it is about is
/// not compared.
///
/// # Errors
/// `key_reused`: something else was.
pub(super) async fn logged(connection: &mut PgConnection, act: &Act<'_>) -> Result<bool> {
    let About { auction, user, question, report, category } = act.about;
    let same = sqlx::query_scalar!(
        r#"SELECT (act = $3 AND reason = $4 AND detail = $5 AND coalesce(auction_id = $6, $6 IS NULL)
                   AND coalesce(user_id = $7, $7 IS NULL) AND coalesce(question_id = $8, $8 IS NULL)
                   AND coalesce(report_id = $9, $9 IS NULL) AND coalesce(category_id = $10, $10 IS NULL))
                  AS "same!"
           FROM staff_acts WHERE staff_id = $1 AND key = $2"#,
        act.staff.0,
        act.key,
        act.kind.as_str(),
        act.reason,
        act.detail,
        auction.map(|auction| auction.0),
        user.map(|user| user.0),
        question.map(|question| question.0),
        report,
        category.map(|category| category.0)
    );
    match same.fetch_optional(connection).await? {
        Some(false) => Err(Refusal::KeyReused.into()),
        same => Ok(same.is_some()),
    }
}
