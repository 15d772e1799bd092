//! What people find against the rules. What staff see and decide of it: [`super::report_queue`].

use sqlx::PgConnection;

use super::{Error, Market, Result, blocks, check_key};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    talk::Report,
    view::{Neighbour, ReportSubject, ReportView},
};

/// How much of what was written the form shows, in characters.
const EXCERPT: usize = 120;

/// Something that can be reported.
struct Found {
    about: Neighbour,
    excerpt: String,
    auction: Option<AuctionId>,
}

impl Market {
    /// What the form of a report shows.
    ///
    /// # Errors
    /// `not_found`: there is no such thing, or `user` cannot see it; `malformed`: his own.
    pub async fn report_view(&self, user: UserId, subject: ReportSubject) -> Result<ReportView> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let found = found(&mut transaction, user, subject, now).await?;
        let reported = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM reports
                              WHERE reporter_id = $1 AND subject = $2 AND subject_id = $3) AS "found!""#,
            user.0,
            subject.kind(),
            subject.id()
        );
        Ok(ReportView {
            subject,
            reported: reported.fetch_one(&mut *transaction).await?,
            i_block: blocks::blocks(&mut transaction, user, found.about.id).await?,
            about: found.about,
            excerpt: found.excerpt.chars().take(EXCERPT).collect(),
            auction: found.auction,
        })
    }

    /// `user` reports something to staff: once per subject, whatever he says of it later, and once per key.
    ///
    /// # Errors
    /// `malformed`: a senseless key, or his own; `not_found`, `key_reused`.
    pub async fn report(&self, user: UserId, report: &Report, key: &str) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let found = found(&mut transaction, user, report.subject(), now).await?;
        if !report_insert(&mut transaction, user, report, key, &found, now).await? {
            return match report_known(&mut transaction, user, key).await? {
                Some(other) if other != report.subject() => Err(Refusal::KeyReused.into()),
                _ => Ok(()),
            };
        }
        transaction.commit().await?;
        Ok(())
    }
}

pub(super) fn neighbour(id: i64, nickname: String, has_left: bool) -> Neighbour {
    Neighbour { id: UserId(id), nickname, has_left }
}

pub(super) fn subject(kind: &str, id: i64) -> Result<ReportSubject> {
    ReportSubject::of(kind, id).ok_or_else(|| Error::Broken(format!("a report of {kind}")))
}

/// What `user` reports, if he can see it and it is not his own doing. Of a question that he asked himself it
/// is the answer.
async fn found(
    connection: &mut PgConnection,
    user: UserId,
    subject: ReportSubject,
    now: Instant,
) -> Result<Found> {
    let row = sqlx::query!(
        r#"SELECT x.about_id AS "about_id!", u.nickname, u.closed_at IS NOT NULL AS "has_left!",
                  x.excerpt AS "excerpt!", x.auction_id
           FROM (SELECT seller_id AS about_id, title AS excerpt, id AS auction_id
                 FROM auctions WHERE $2 = 'auction' AND id = $3
                 UNION ALL
                 SELECT CASE WHEN q.asker_id = $1 AND q.answer IS NOT NULL THEN a.seller_id
                             ELSE q.asker_id END,
                        CASE WHEN q.asker_id = $1 THEN coalesce(q.answer, q.text) ELSE q.text END, a.id
                 FROM questions q JOIN auctions a ON a.id = q.auction_id
                 WHERE $2 = 'question' AND q.id = $3 AND q.hidden_at IS NULL
                 UNION ALL
                 SELECT m.sender_id, m.text, c.auction_id
                 FROM messages m JOIN conversations c ON c.auction_id = m.auction_id
                 WHERE $2 = 'message' AND m.id = $3 AND $1 IN (c.seller_id, c.winner_id)
                 UNION ALL
                 SELECT id, '', NULL FROM users WHERE $2 = 'user' AND id = $3
                 UNION ALL
                 SELECT author_id, body, auction_id
                 FROM reviews WHERE $2 = 'review' AND id = $3 AND shown_at <= $4) x
                JOIN users u ON u.id = x.about_id"#,
        user.0,
        subject.kind(),
        subject.id(),
        now
    );
    let row = row.fetch_optional(connection).await?.ok_or(Refusal::NotFound)?;
    if row.about_id == user.0 {
        return Err(Refusal::Malformed.into());
    }
    Ok(Found {
        about: neighbour(row.about_id, row.nickname, row.has_left),
        excerpt: row.excerpt,
        auction: row.auction_id.map(AuctionId),
    })
}

/// Whether it was written: another one of the subject or of the key leaves it as it is.
async fn report_insert(
    connection: &mut PgConnection,
    user: UserId,
    report: &Report,
    key: &str,
    found: &Found,
    now: Instant,
) -> Result<bool> {
    let written = sqlx::query!(
        "INSERT INTO reports (reporter_id, key, subject, subject_id, about_id, auction_id, reason, text, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        user.0,
        key,
        report.subject().kind(),
        report.subject().id(),
        found.about.id.0,
        found.auction.map(|id| id.0),
        report.reason().as_str(),
        report.text(),
        now
    );
    Ok(written.execute(connection).await?.rows_affected() == 1)
}

/// What `user` reported under that key before.
async fn report_known(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
) -> Result<Option<ReportSubject>> {
    let row = sqlx::query!(
        "SELECT subject, subject_id FROM reports WHERE reporter_id = $1 AND key = $2",
        user.0,
        key
    );
    row.fetch_optional(connection).await?.map(|row| subject(&row.subject, row.subject_id)).transpose()
}
