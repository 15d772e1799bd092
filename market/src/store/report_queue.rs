//! Reports as staff see them, and what they decide about them.

use sqlx::PgConnection;

use super::{
    Error, Market, Result, check_key, expect_rows,
    reports::{neighbour, subject},
    staff::{self, About, Act},
    staff_log::cut,
};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    staff::{ActKind, reason},
    view::{ReportOutcome, ReportQueue, ReportReason, ReportRow},
};

/// Reports on a page.
const PAGE: usize = 30;
/// How much of what is reported the page shows, in characters.
const EXCERPT: i32 = 300;

impl Market {
    /// What waits for staff, oldest first: those behind the number `after`.
    ///
    /// # Errors
    /// `not_yours` unless `staff` is one.
    pub async fn open_reports(&self, staff: UserId, after: Option<i64>) -> Result<ReportQueue> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let mut rows = rows(&mut connection, None, after.unwrap_or_default()).await?;
        let next = cut(&mut rows, PAGE, |row| row.id);
        Ok(ReportQueue { rows, next })
    }

    /// Staff decide a report, for a reason. One that is decided stays so. The same key acts once.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_yours` unless `staff` is one and it is not about him; `fields`: no
    /// reason; `not_found`, `key_reused`.
    pub async fn resolve_report(
        &self,
        staff: UserId,
        report: i64,
        outcome: ReportOutcome,
        why: &str,
        key: &str,
    ) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        let filed = lock(&mut transaction, report).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let kind = match outcome {
            ReportOutcome::Upheld => ActKind::UpholdReport,
            ReportOutcome::Dismissed => ActKind::DismissReport,
        };
        let about = About {
            report: Some(report),
            user: Some(filed.about),
            auction: filed.auction,
            ..About::default()
        };
        let act = Act::new(staff, key, kind, &reason, about);
        if staff::logged(&mut transaction, &act).await? || filed.is_resolved {
            return Ok(());
        }
        if filed.about == staff {
            return Err(Refusal::NotYours.into());
        }
        resolve(&mut transaction, report, (staff, outcome), now).await?;
        staff::log(&mut transaction, &act, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// A report under lock.
struct Filed {
    about: UserId,
    auction: Option<AuctionId>,
    is_resolved: bool,
}

async fn lock(connection: &mut PgConnection, report: i64) -> Result<Option<Filed>> {
    let row = sqlx::query!(
        "SELECT about_id, auction_id, resolved_at FROM reports WHERE id = $1 FOR NO KEY UPDATE",
        report
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Filed {
        about: UserId(row.about_id),
        auction: row.auction_id.map(AuctionId),
        is_resolved: row.resolved_at.is_some(),
    }))
}

async fn resolve(
    connection: &mut PgConnection,
    report: i64,
    (staff, outcome): (UserId, ReportOutcome),
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE reports SET resolved_at = $2, resolved_by = $3, outcome = $4
         WHERE id = $1 AND resolved_at IS NULL",
        report,
        now,
        staff.0,
        outcome.as_str()
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a report")
}

/// The newest reports about somebody.
pub(super) async fn about(connection: &mut PgConnection, user: UserId) -> Result<Vec<ReportRow>> {
    let mut rows = rows(connection, Some(user), 0).await?;
    rows.truncate(PAGE);
    Ok(rows)
}

/// The columns as they come.
struct Row {
    id: i64,
    reporter_id: i64,
    reporter: String,
    reporter_left: bool,
    subject: String,
    subject_id: i64,
    excerpt: String,
    about_id: i64,
    about: String,
    about_left: bool,
    auction_id: Option<i64>,
    reason: String,
    text: String,
    at: Instant,
    outcome: Option<String>,
}

impl TryFrom<Row> for ReportRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let reason = ReportReason::from_name(&row.reason);
        let outcome = row.outcome.map(|name| {
            ReportOutcome::from_name(&name).ok_or_else(|| Error::Broken(format!("an outcome {name}")))
        });
        Ok(Self {
            id: row.id,
            reporter: neighbour(row.reporter_id, row.reporter, row.reporter_left),
            subject: subject(&row.subject, row.subject_id)?,
            excerpt: row.excerpt,
            about: neighbour(row.about_id, row.about, row.about_left),
            auction: row.auction_id.map(AuctionId),
            reason: reason.ok_or_else(|| Error::Broken(format!("report {}", row.reason)))?,
            text: row.text,
            at: row.at,
            outcome: outcome.transpose()?,
        })
    }
}

/// Those that wait, oldest first; or all about somebody, newest first. One more than a page shows.
async fn rows(connection: &mut PgConnection, about: Option<UserId>, after: i64) -> Result<Vec<ReportRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT r.id AS "id!", r.reporter_id AS "reporter_id!", p.nickname AS reporter,
                  p.closed_at IS NOT NULL AS "reporter_left!", r.subject AS "subject!",
                  r.subject_id AS "subject_id!", r.about_id AS "about_id!", a.nickname AS about,
                  a.closed_at IS NOT NULL AS "about_left!", r.auction_id, r.reason AS "reason!",
                  r.text AS "text!", r.at AS "at!", r.outcome,
                  left(coalesce(CASE r.subject
                      WHEN 'auction' THEN (SELECT title FROM auctions WHERE id = r.subject_id)
                      WHEN 'question' THEN (SELECT concat_ws(E'\n→ ', q.text, q.answer) FROM questions q
                                            WHERE q.id = r.subject_id)
                      WHEN 'message' THEN (SELECT m.text FROM messages m WHERE m.id = r.subject_id)
                      WHEN 'review' THEN (SELECT v.body FROM reviews v WHERE v.id = r.subject_id)
                  END, ''), $4) AS "excerpt!"
           FROM ((SELECT * FROM reports
                  WHERE $1::bigint IS NULL AND resolved_at IS NULL AND id > $2 ORDER BY id LIMIT $3)
                 UNION ALL
                 (SELECT * FROM reports WHERE about_id = $1 ORDER BY id DESC LIMIT $3)) r
                JOIN users p ON p.id = r.reporter_id JOIN users a ON a.id = r.about_id
           ORDER BY CASE WHEN $1 IS NULL THEN r.id ELSE -r.id END"#,
        about.map(|about| about.0),
        after,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        EXCERPT
    );
    rows.fetch_all(connection).await?.into_iter().map(ReportRow::try_from).collect()
}
