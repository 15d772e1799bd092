//! Who asks: every request with a cookie looks its session up, and whatever waits is looked up together.
//!
//! Nothing is kept: a session that was ended a moment ago is not found. A lone lookup is a batch of one.

use std::collections::HashMap;

use chrono::TimeDelta;
use sqlx::PgConnection;
use tokio::sync::oneshot;

use super::{
    Error, Market, Result,
    accounts::{SEEN_EVERY_SECONDS, SESSION_DAYS, SESSION_LONGEST_DAYS, SessionToken},
    queues::Queues,
};
use crate::{
    Instant, UserId,
    view::{Me, Region},
};

/// The most sessions that one statement looks up.
const BATCH_MAX: usize = 256;

/// What waits for the one worker.
pub(super) type Lookups = Queues<(), Waiting>;

pub(super) struct Waiting {
    sha256: Vec<u8>,
    answer: oneshot::Sender<Result<Option<Me>>>,
}

impl Market {
    /// Whose session it is, if it still is one; its use is noted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token: &SessionToken) -> Result<Option<Me>> {
        let (answer, receiver) = oneshot::channel();
        if self.inner.lookups.push((), Waiting { sha256: token.sha256(), answer }) {
            tokio::spawn(serve(self.clone()));
        }
        receiver.await.unwrap_or_else(|_| Err(Error::Broken("the worker of sessions died".to_owned())))
    }
}

async fn serve(market: Market) {
    while let Some(batch) = market.inner.lookups.take(&(), BATCH_MAX) {
        let hashes: Vec<Vec<u8>> = batch.iter().map(|waiting| waiting.sha256.clone()).collect();
        let found = look_up(&market, &hashes).await;
        for waiting in batch {
            let answer = match &found {
                Ok(found) => Ok(found.get(&waiting.sha256).cloned()),
                Err(error) => Err(error.repeated()),
            };
            // The caller may be gone.
            drop(waiting.answer.send(answer));
        }
    }
}

async fn look_up(market: &Market, hashes: &[Vec<u8>]) -> Result<HashMap<Vec<u8>, Me>> {
    let mut connection = market.connection().await?;
    let now = market.clock(&mut connection).await?;
    let rows = sqlx::query!(
        "SELECT s.token_sha256, u.id, u.username, u.nickname, u.is_staff, r.code, r.name, r.full_name,
                s.last_seen_at
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN regions r ON r.code = u.region_code
         WHERE s.token_sha256 = ANY($1) AND s.revoked_at IS NULL AND s.expires_at > $2
               AND u.closed_at IS NULL",
        hashes,
        now
    );
    let (mut found, mut seen) = (HashMap::new(), Vec::new());
    for row in rows.fetch_all(&mut *connection).await? {
        if now - row.last_seen_at > TimeDelta::seconds(SEEN_EVERY_SECONDS) {
            seen.push(row.token_sha256.clone());
        }
        let region = Region { code: row.code, name: row.name, full_name: row.full_name };
        let me = Me {
            id: UserId(row.id),
            username: row.username,
            nickname: row.nickname,
            region: Some(region),
            is_staff: row.is_staff,
        };
        found.insert(row.token_sha256, me);
    }
    note_use(&mut connection, &seen, now).await?;
    Ok(found)
}

/// Notes that sessions are used, which lengthens them up to a day that stands from the beginning. One that
/// another request notes at this moment is left to it: nobody waits for a note.
async fn note_use(connection: &mut PgConnection, hashes: &[Vec<u8>], now: Instant) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let until = now + TimeDelta::days(SESSION_DAYS);
    let noted = sqlx::query!(
        "UPDATE sessions SET last_seen_at = $2,
                expires_at = LEAST($3, created_at + make_interval(days => $4))
         WHERE token_sha256 IN (SELECT token_sha256 FROM sessions WHERE token_sha256 = ANY($1)
                                FOR NO KEY UPDATE SKIP LOCKED)",
        hashes,
        now,
        until,
        SESSION_LONGEST_DAYS
    );
    noted.execute(connection).await?;
    Ok(())
}
