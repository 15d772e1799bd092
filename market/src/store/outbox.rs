//! What leaves the house: letters and pushes, rows of the same transaction as their cause (defect K4).
//! Notices are put here by [`super::notices::write`]; who sends takes them for a while, and says what became
//! of them.
//!
//! Several servers may send: a row is taken by one of them alone until its lease ends (`due_at`), and only
//! who still has the lease may close it.

use chrono::TimeDelta;
use sqlx::{PgConnection, postgres::types::PgInterval};

use super::{Market, Result, expect_rows, parcels};
use crate::{
    Instant, UserId,
    notice::{Channel, Fate, retry_after},
    text::{Language, clean},
    view::Notice,
};

/// How long who takes something has it alone. Longer than any try to send may last.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How much of an error is kept, in characters.
const ERROR_MAX: usize = 300;

/// A letter, written in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it concerns.
    pub user: UserId,
    /// Where it goes; it need not be the account's address.
    pub address: String,
    /// One line, at most 200 characters.
    pub subject: String,
    /// Plain text, at most 10,000 characters. Forgotten when it was sent: it may hold a secret.
    pub body: String,
}

/// Puts a letter among those to be sent, whatever the settings and quiet hours of `user` say: somebody has
/// just asked for it. After the commit [`Change::People`](super::Change::People) of `user` makes it go at
/// once.
///
/// # Errors
/// When the database fails.
pub(super) async fn enqueue_letter(
    connection: &mut PgConnection,
    letter: &Letter,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO outbox (user_id, address, subject, body, due_at) VALUES ($1, $2, $3, $4, $5)",
        letter.user.0,
        letter.address,
        letter.subject,
        letter.body,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a letter")
}

/// A span of time as PostgreSQL takes it.
pub(super) fn interval(span: TimeDelta) -> PgInterval {
    PgInterval { months: 0, days: 0, microseconds: span.num_microseconds().unwrap_or(i64::MAX) }
}

/// Something to be sent now, by who took it and nobody else.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Which row of the outbox it is.
    pub id: i64,
    /// How often sending it was begun, this time included.
    pub attempts: i16,
    /// A new one whenever there is more to tell: the same number is the same letter.
    pub version: i32,
    /// What is in it.
    pub contents: Contents,
    /// Until when it is the taker's.
    pub(super) lease: Instant,
}

/// What is to be sent.
#[derive(Debug, Clone)]
pub enum Contents {
    /// Somebody's own words.
    Letter {
        /// Where it goes.
        address: String,
        /// One line.
        subject: String,
        /// Plain text.
        body: String,
    },
    /// A notice, as it stands now.
    Notice {
        /// What it tells.
        notice: Notice,
        /// In which language.
        language: Language,
        /// Where it goes.
        to: Destination,
    },
}

impl Contents {
    fn channel(&self) -> Channel {
        match self {
            Self::Notice { to: Destination::Device(_), .. } => Channel::Push,
            Self::Notice { to: Destination::Address(_), .. } | Self::Letter { .. } => Channel::Mail,
        }
    }
}

/// Where a notice goes.
#[derive(Debug, Clone)]
pub enum Destination {
    /// By letter.
    Address(String),
    /// To a browser that is woken for it.
    Device(Device),
}

/// A browser that lets itself be woken (RFC 8030, RFC 8291).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Which.
    pub id: i64,
    /// Its push service's address for it; a secret.
    pub endpoint: String,
    /// Its public key, an uncompressed point in URL-safe base64.
    pub public_key: String,
    /// Its secret, 16 bytes in URL-safe base64.
    pub secret: String,
}

/// What was taken.
#[derive(Debug, Default)]
pub struct Taken {
    /// To be sent now.
    pub parcels: Vec<Parcel>,
    /// How many rows were due, with those that wait for the end of quiet hours and those that are of no use
    /// any more. None: there is nothing left to take.
    pub due: usize,
}

impl Market {
    /// Takes what is due on a channel, at most `limit`. What nobody wants any more is dropped, and in quiet
    /// hours it waits on.
    ///
    /// # Errors
    /// When the database fails; nothing was taken then.
    pub async fn take_parcels(&self, channel: Channel, limit: i64) -> Result<Taken> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let due = take_parcels_claim(&mut transaction, channel, limit, now).await?;
        let (mut parcels, mut held, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
        for waiting in parcels::load(&mut transaction, &due, now).await? {
            match waiting.fate(now) {
                Fate::Send => parcels.push(waiting.into_parcel()?),
                Fate::Hold(until) => held.push((waiting.id(), until)),
                Fate::Drop => dropped.push(waiting.id()),
            }
        }
        take_parcels_hold(&mut transaction, &held).await?;
        take_parcels_drop(&mut transaction, &dropped, now).await?;
        transaction.commit().await?;
        Ok(Taken { parcels, due: due.len() })
    }

    /// When something falls due on a channel next, and what time it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_parcel(&self, channel: Channel) -> Result<(Option<Instant>, Instant)> {
        let mut connection = self.connection().await?;
        let next = sqlx::query_scalar!(
            "SELECT due_at FROM outbox WHERE closed_at IS NULL AND (device_id IS NOT NULL) = $1
             ORDER BY due_at, id LIMIT 1",
            channel == Channel::Push
        );
        let next = next.fetch_optional(&mut *connection).await?;
        Ok((next, self.clock(&mut connection).await?))
    }

    /// It was sent. If there is more to tell meanwhile, it is opened again for after a pause. Whether it was
    /// still the taker's: if not, somebody else may have sent it too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn parcel_sent(&self, parcel: &Parcel) -> Result<bool> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let closed = sqlx::query!(
            "UPDATE outbox SET
               closed_at = CASE WHEN version = $3 THEN $4::timestamptz END,
               outcome = CASE WHEN version = $3 THEN 'sent' END,
               attempts = CASE WHEN version = $3 THEN attempts ELSE 0 END,
               due_at = CASE WHEN version = $3 THEN due_at ELSE $5 END,
               body = left(body, 0), error = NULL
             WHERE id = $1 AND due_at = $2 AND closed_at IS NULL",
            parcel.id,
            parcel.lease,
            parcel.version,
            now,
            now + parcel.contents.channel().pause()
        );
        Ok(closed.execute(&mut *connection).await?.rows_affected() == 1)
    }

    /// It could not be sent: tried again after a pause, or given up after the last one, or at once if it is
    /// refused `for_good`. When it is tried again.
    ///
    /// # Errors
    /// When the database fails; it is tried again when its lease ends then.
    pub async fn parcel_failed(
        &self,
        parcel: &Parcel,
        error: &str,
        for_good: bool,
    ) -> Result<Option<Instant>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let pause = retry_after(parcel.attempts).filter(|_| !for_good);
        let again = pause.map(|pause| now + pause);
        let error: String = clean(error).chars().take(ERROR_MAX).collect();
        sqlx::query!(
            "UPDATE outbox SET
               due_at = coalesce($3, due_at), error = $4,
               closed_at = CASE WHEN $3 IS NULL THEN $5::timestamptz END,
               outcome = CASE WHEN $3 IS NULL THEN 'given_up' END,
               body = CASE WHEN $3 IS NULL THEN left(body, 0) ELSE body END
             WHERE id = $1 AND due_at = $2 AND closed_at IS NULL",
            parcel.id,
            parcel.lease,
            again,
            error,
            now
        )
        .execute(&mut *connection)
        .await?;
        Ok(again)
    }

    /// The browser will never be woken again: it is forgotten, with all that waited for it. Waits for no bid
    /// that has just more for it; that finds nobody and is dropped later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn device_gone(&self, device: &Device) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        sqlx::query!("DELETE FROM devices WHERE id = $1 AND endpoint = $2", device.id, device.endpoint)
            .execute(&mut *transaction)
            .await?;
        sqlx::query!(
            "UPDATE outbox SET closed_at = $2, outcome = 'dropped'
             WHERE id IN (SELECT id FROM outbox WHERE device_id = $1 AND closed_at IS NULL
                          FOR NO KEY UPDATE SKIP LOCKED)",
            device.id,
            now
        )
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}

/// Puts a lease on what is due; each with the instant at which it became so.
async fn take_parcels_claim(
    connection: &mut PgConnection,
    channel: Channel,
    limit: i64,
    now: Instant,
) -> Result<Vec<(i64, Instant)>> {
    let rows = sqlx::query!(
        "WITH due AS (
           SELECT id, due_at FROM outbox
           WHERE closed_at IS NULL AND due_at <= $1 AND (device_id IS NOT NULL) = $2
           ORDER BY due_at, id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
         )
         UPDATE outbox SET attempts = attempts + 1, due_at = $4 FROM due WHERE outbox.id = due.id
         RETURNING outbox.id, due.due_at",
        now,
        channel == Channel::Push,
        limit,
        now + LEASE
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.due_at)).collect())
}

async fn take_parcels_hold(connection: &mut PgConnection, held: &[(i64, Instant)]) -> Result<()> {
    if held.is_empty() {
        return Ok(());
    }
    let (ids, until): (Vec<i64>, Vec<Instant>) = held.iter().copied().unzip();
    let written = sqlx::query!(
        "UPDATE outbox SET attempts = attempts - 1, due_at = held.until
         FROM unnest($1::bigint[], $2::timestamptz[]) AS held (id, until) WHERE outbox.id = held.id",
        &ids,
        &until
    );
    expect_rows(written.execute(connection).await?.rows_affected(), held.len(), "held")
}

async fn take_parcels_drop(connection: &mut PgConnection, dropped: &[i64], now: Instant) -> Result<()> {
    if dropped.is_empty() {
        return Ok(());
    }
    let written = sqlx::query!(
        "UPDATE outbox SET closed_at = $2, outcome = 'dropped', body = left(body, 0) WHERE id = ANY ($1)",
        dropped,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), dropped.len(), "dropped")
}
