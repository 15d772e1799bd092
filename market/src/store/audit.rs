//! The invariants of the market, asked of the books: for tests, for staff, and each minute by a job that
//! raises an alarm at the first won that does not add up.
//!
//! What a run found is one row of the books: whichever server ran it, all show the same, and a server that
//! starts knows of the alarm at once. Only one runs it at a time, behind an advisory lock: it reads the whole
//! ledger, and would find no more if each server did so.

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::{Error, Market, Result, accounts::fresh_key, staff};
use crate::{
    AuctionId, Instant, UserId,
    view::{AuditAlarm, AuditFigure, AuditRun, AuditSubject, AuditViolation, Invariant, LedgerAudit},
};

/// A run is as good as a new one for so long. The job comes each minute, a little less is a minute too.
const FRESH: TimeDelta = TimeDelta::seconds(55);
/// "nb audit", for the lock that one server at a time holds.
const LOCK: i64 = 0x6e62_6175_6469_7400;
/// The places of an invariant that are listed.
const LISTED: i64 = 20;

/// An invariant that does not hold, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant, in words.
    pub invariant: String,
    /// The user or the auction; 0 for the market as a whole.
    pub subject: i64,
}

/// What a turn of the job came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditTurn {
    /// The newest run, if there was ever one: this one, or another server's.
    pub run: Option<AuditRun>,
    /// What this turn changed.
    pub news: AuditNews,
}

/// What has changed by a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditNews {
    /// Another server has run it less than a minute ago, or runs it now.
    NotRun,
    /// All adds up, as before.
    Sound,
    /// Something does not add up, and did before.
    Raised(AuditAlarm),
    /// The first won that does not add up.
    Alarm(AuditAlarm),
    /// All adds up again.
    Cleared,
}

impl Market {
    /// What is broken in the books; empty when all is well.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&self) -> Result<Vec<Violation>> {
        let rows = sqlx::query_as!(
            Violation,
            r#"SELECT invariant AS "invariant!", subject AS "subject!" FROM audit ORDER BY 1, 2 LIMIT 100"#
        );
        Ok(rows.fetch_all(&mut *self.connection().await?).await?)
    }

    /// Every invariant with its figures, run now, on one state of the books.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn ledger_audit(&self, staff: UserId) -> Result<LedgerAudit> {
        let mut transaction = self.snapshot().await?;
        staff::require(&mut transaction, staff).await?;
        let last = last_run(&mut transaction).await?;
        let at = self.clock(&mut transaction).await?;
        let began = std::time::Instant::now();
        let figures = figures(&mut transaction).await?;
        let took_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        Ok(LedgerAudit { figures, at, took_ms, last })
    }

    /// The alarm, while the books do not add up: for who shows it to staff.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_alarm(&self) -> Result<Option<AuditAlarm>> {
        Ok(last_run(&mut *self.connection().await?).await?.and_then(|run| run.alarm))
    }

    /// The job's turn: runs the audit unless that was done less than a minute ago or another server is at it,
    /// and writes down what it found.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_turn(&self) -> Result<AuditTurn> {
        let mut transaction = self.snapshot().await?;
        let alone = sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "alone!""#, LOCK);
        let alone = alone.fetch_one(&mut *transaction).await?;
        let last = last_run(&mut transaction).await?;
        let at = self.clock(&mut transaction).await?;
        if !alone || last.as_ref().is_some_and(|last| at - last.at < FRESH) {
            return Ok(AuditTurn { run: last, news: AuditNews::NotRun });
        }
        let began = std::time::Instant::now();
        let figures = figures(&mut transaction).await?;
        let took_ms = i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX);
        transaction.commit().await?;
        let before = last.and_then(|last| last.alarm);
        let alarm = alarm(&figures, before.as_ref(), at)?;
        let news = match (&alarm, before) {
            (None, None) => AuditNews::Sound,
            (None, Some(_)) => AuditNews::Cleared,
            (Some((alarm, _)), None) => AuditNews::Alarm(alarm.clone()),
            (Some((alarm, _)), Some(_)) => AuditNews::Raised(alarm.clone()),
        };
        write_run(&mut *self.connection().await?, at, took_ms, alarm.as_ref()).await?;
        let alarm = alarm.map(|(alarm, _)| alarm);
        let violations = alarm.as_ref().map_or(0, |alarm| alarm.violations);
        Ok(AuditTurn { run: Some(AuditRun { at, violations, alarm }), news })
    }
}

/// The alarm that these figures mean, with its first place; it goes on as the one before, if there was one.
fn alarm(
    figures: &[AuditFigure],
    before: Option<&AuditAlarm>,
    at: Instant,
) -> Result<Option<(AuditAlarm, i64)>> {
    let broken = figures.iter().find_map(|figure| Some((figure.invariant, figure.first.first()?.subject)));
    let Some((invariant, subject)) = broken else { return Ok(None) };
    let reference = match before {
        Some(before) => before.reference.clone(),
        None => fresh_key()?[..8].to_owned(),
    };
    let since = before.map_or(at, |before| before.since);
    let violations = figures.iter().map(|figure| figure.violations).sum();
    Ok(Some((AuditAlarm { invariant, violations, since, reference }, number(subject))))
}

fn number(subject: AuditSubject) -> i64 {
    match subject {
        AuditSubject::User(UserId(id)) | AuditSubject::Auction(AuctionId(id)) => id,
        AuditSubject::Market => 0,
    }
}

/// A run that began later may have been written by another server: it stays.
async fn write_run(
    connection: &mut PgConnection,
    at: Instant,
    took_ms: i32,
    alarm: Option<&(AuditAlarm, i64)>,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO audit_runs AS r (at, took_ms, violations, invariant, subject, since, reference)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (only_one) DO UPDATE
         SET at = excluded.at, took_ms = excluded.took_ms, violations = excluded.violations,
             invariant = excluded.invariant, subject = excluded.subject, since = excluded.since,
             reference = excluded.reference
         WHERE r.at <= excluded.at",
        at,
        took_ms,
        alarm.map_or(0, |(alarm, _)| alarm.violations),
        alarm.map(|(alarm, _)| alarm.invariant.as_str()),
        alarm.map(|(_, subject)| *subject),
        alarm.map(|(alarm, _)| alarm.since),
        alarm.map(|(alarm, _)| alarm.reference.as_str()),
    );
    let written = written.execute(connection).await?.rows_affected();
    if written <= 1 { Ok(()) } else { Err(Error::Broken(format!("{written} audit runs written"))) }
}

async fn last_run(connection: &mut PgConnection) -> Result<Option<AuditRun>> {
    let row = sqlx::query!("SELECT at, violations, invariant, since, reference FROM audit_runs");
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let violations = row.violations;
    let alarm = match (row.invariant, row.since, row.reference) {
        (Some(name), Some(since), Some(reference)) => {
            let invariant = invariant(&name)?;
            Some(AuditAlarm { invariant, violations, since, reference })
        }
        _ => None,
    };
    Ok(Some(AuditRun { at: row.at, violations, alarm }))
}

fn invariant(name: &str) -> Result<Invariant> {
    Invariant::named(name).ok_or_else(|| Error::Broken(format!("invariant {name}")))
}

/// Every invariant with its sums, and where it does not hold.
async fn figures(connection: &mut PgConnection) -> Result<Vec<AuditFigure>> {
    let rows = sqlx::query!(
        r#"SELECT invariant AS "invariant!", subjects AS "subjects!", one_side::bigint AS "one_side!",
                  other_side::bigint AS "other_side!"
           FROM audit_figures ORDER BY place"#
    );
    let mut figures = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        figures.push(AuditFigure {
            invariant: invariant(&row.invariant)?,
            subjects: row.subjects,
            one_side: row.one_side,
            other_side: row.other_side,
            violations: 0,
            first: Vec::new(),
        });
    }
    let rows = sqlx::query!(
        r#"SELECT invariant AS "invariant!", subject_kind AS "subject_kind!", subject AS "subject!",
                  one_side::bigint AS "one_side!", other_side::bigint AS "other_side!",
                  violations AS "violations!"
           FROM (SELECT v.*, count(*) OVER (PARTITION BY invariant) AS violations,
                        row_number() OVER (PARTITION BY invariant ORDER BY subject) AS place
                 FROM audit_violations v) v
           WHERE place <= $1 ORDER BY invariant, subject"#,
        LISTED
    );
    for row in rows.fetch_all(connection).await? {
        let invariant = invariant(&row.invariant)?;
        let figure = figures.iter_mut().find(|figure| figure.invariant == invariant);
        let figure = figure.ok_or_else(|| Error::Broken(format!("no figures of {}", row.invariant)))?;
        let subject = match row.subject_kind.as_str() {
            "user" => AuditSubject::User(UserId(row.subject)),
            "auction" => AuditSubject::Auction(AuctionId(row.subject)),
            _ => AuditSubject::Market,
        };
        figure.violations = row.violations;
        figure.first.push(AuditViolation { subject, one_side: row.one_side, other_side: row.other_side });
    }
    Ok(figures)
}
