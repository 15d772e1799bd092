//! Pictures that were sent and never shown: a day later they go, with their files.
//!
//! Three things must not happen, whoever does what at the same moment:
//!
//! - A picture goes that is just being shown. Who shows one locks its row ([`pictures::check_own`]), and so
//!   does who tidies up; a row that somebody has is left for another time.
//! - A picture goes that was just sent again. Sending notes the time anew, and has the picture alone for it
//!   ([`have_alone`]).
//! - The files go of a picture that was sent again in the meantime. The row is gone and committed before they
//!   are, and until they are nobody can note it again; who sends it notes it before he stores its files.

use chrono::TimeDelta;
use sqlx::{PgConnection, Postgres, Transaction};

use super::{Market, Result, expect_rows, pictures};
use crate::{Instant, PictureId};

/// So long a picture waits to be shown, in hours.
const KEPT: i64 = 24;

/// A picture that the books know no more. As long as this lives nobody can send it, so its files may go.
#[must_use = "its files are still there"]
pub struct Forgotten {
    _alone: Transaction<'static, Postgres>,
}

impl Market {
    /// Pictures that nothing shows and that nobody has sent for a day, the oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unused_pictures(&self, limit: i64) -> Result<Vec<PictureId>> {
        let mut connection = self.connection().await?;
        let before = self.clock(&mut connection).await? - TimeDelta::hours(KEPT);
        let ids = sqlx::query_scalar!(
            "SELECT p.id FROM pictures p
             WHERE p.at < $1
               AND NOT EXISTS (SELECT FROM picture_owners o WHERE o.picture_id = p.id AND o.at >= $1)
               AND NOT EXISTS (SELECT FROM auction_pictures a WHERE a.picture_id = p.id)
               AND NOT EXISTS (SELECT FROM messages m WHERE m.picture_id = p.id)
               AND NOT EXISTS (SELECT FROM dispute_messages m WHERE m.picture_id = p.id)
               AND NOT EXISTS (SELECT FROM picture_owners o JOIN drafts d ON d.user_id = o.user_id
                               WHERE o.picture_id = p.id AND strpos(d.draft->>'pictures', p.id) > 0)
             ORDER BY p.at, p.id LIMIT $2",
            before,
            limit
        );
        ids.fetch_all(&mut *connection).await?.into_iter().map(pictures::id).collect()
    }

    /// Forgets a picture that nothing shows and that nobody has sent for a day; `None` if it is needed after
    /// all, or somebody has it just now.
    ///
    /// # Errors
    /// `busy`: it is being sent or removed by somebody who takes his time.
    pub async fn forget_picture(&self, id: &PictureId) -> Result<Option<Forgotten>> {
        let mut alone = self.begin().await?;
        have_alone(&mut alone, id).await?;
        let before = self.clock(&mut alone).await? - TimeDelta::hours(KEPT);
        // A transaction of its own: it commits before the files go, and `alone` ends after them.
        let mut transaction = self.begin().await?;
        let row =
            sqlx::query_scalar!("SELECT id FROM pictures WHERE id = $1 FOR UPDATE SKIP LOCKED", id.as_str());
        if row.fetch_optional(&mut *transaction).await?.is_none() {
            return Ok(None);
        }
        if is_needed(&mut transaction, id, before).await? {
            return Ok(None);
        }
        let owners = sqlx::query!("DELETE FROM picture_owners WHERE picture_id = $1", id.as_str());
        owners.execute(&mut *transaction).await?;
        let removed = sqlx::query!("DELETE FROM pictures WHERE id = $1", id.as_str());
        expect_rows(removed.execute(&mut *transaction).await?.rows_affected(), 1, "a forgotten picture")?;
        transaction.commit().await?;
        Ok(Some(Forgotten { _alone: alone }))
    }
}

/// Until the transaction ends nobody else notes this picture or removes its files.
pub(super) async fn have_alone(connection: &mut PgConnection, id: &PictureId) -> Result<()> {
    let lock = sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", id.as_str());
    lock.execute(connection).await?;
    Ok(())
}

/// Asked in a statement of its own, after the row's lock: what was committed before is seen.
async fn is_needed(connection: &mut PgConnection, id: &PictureId, before: Instant) -> Result<bool> {
    let needed = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pictures p WHERE p.id = $1 AND p.at >= $2)
               OR EXISTS (SELECT FROM picture_owners o WHERE o.picture_id = $1 AND o.at >= $2)
               OR EXISTS (SELECT FROM auction_pictures a WHERE a.picture_id = $1)
               OR EXISTS (SELECT FROM messages m WHERE m.picture_id = $1)
               OR EXISTS (SELECT FROM dispute_messages m WHERE m.picture_id = $1)
               OR EXISTS (SELECT FROM picture_owners o JOIN drafts d ON d.user_id = o.user_id
                          WHERE o.picture_id = $1 AND strpos(d.draft->>'pictures', $1) > 0) AS "needed!""#,
        id.as_str(),
        before
    );
    Ok(needed.fetch_one(connection).await?)
}
