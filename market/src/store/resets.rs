//! Forgotten passwords: a letter with a secret that sets a new one, once and for half an hour.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    Change, Market, Result, expect_rows,
    outbox::{Letter, enqueue_letter},
    profile::end_sessions,
    token::{hex, secret},
};
use crate::{
    Instant, Refusal, UserId,
    people::{RESET_MINUTES, check_new_password},
};

/// Letters to one account within that time, so that nobody's box is flooded.
const LETTERS: i64 = 3;
/// Accounts that may share an address.
const ACCOUNTS: i64 = 5;

/// The secret in a letter. Only its SHA-256 is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetToken(String);

impl ResetToken {
    /// From the letter's link.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let sound = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| Self(text.to_owned()))
    }

    /// For the letter's link.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Never shows the secret.
impl std::fmt::Debug for ResetToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResetToken(…)")
    }
}

/// What a letter says.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// The account's name, which may be forgotten too.
    pub username: String,
    /// How to address its owner.
    pub nickname: String,
    /// The secret.
    pub token: ResetToken,
}

/// An account that a letter goes to.
struct Found {
    user: UserId,
    username: String,
    nickname: String,
    email: String,
}

impl Market {
    /// Sends letters to the accounts of that name or address, as far as they have an address; `write` makes
    /// the subject and the text. Whether there is such an account is not told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forgotten_password(
        &self,
        name_or_email: &str,
        write: impl Fn(&Forgotten) -> (String, String),
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let mut told = Vec::new();
        for found in forgotten_accounts(&mut transaction, name_or_email, now).await? {
            let Found { user, username, nickname, email } = found;
            let token = ResetToken(hex(&secret()?));
            forgotten_insert(&mut transaction, user, &token, now).await?;
            let (subject, body) = write(&Forgotten { username, nickname, token });
            let letter = Letter { user, address: email, subject, body };
            enqueue_letter(&mut transaction, &letter, now).await?;
            told.push(user);
        }
        transaction.commit().await?;
        if !told.is_empty() {
            self.publish(Change::People(told.into()));
        }
        Ok(())
    }

    /// Whether the letter with this secret still opens something.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_reset_open(&self, token: &ResetToken) -> Result<bool> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        Ok(reset_owner(&mut connection, token, now).await?.is_some())
    }

    /// Sets a new password with a letter's secret. All sessions end, and no other letter opens anything.
    ///
    /// # Errors
    /// `not_found`: the secret is none, was used or is too old; `fields`: `new_password`; `busy`.
    pub async fn reset_password(&self, token: &ResetToken, password: &str) -> Result<()> {
        let owner = {
            let mut connection = self.connection().await?;
            let now = self.clock(&mut connection).await?;
            reset_owner(&mut connection, token, now).await?
        };
        let (user, username) = owner.ok_or(Refusal::NotFound)?;
        check_new_password(password, &username)?;
        let hash = self.hash_password(password.to_owned()).await?;
        let mut transaction = self.begin().await?;
        // The account's lock orders two who use the letter at the same moment.
        let written = sqlx::query!(
            "UPDATE users SET password_hash = $2 WHERE id = $1 AND closed_at IS NULL",
            user.0,
            hash
        );
        if written.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(Refusal::NotFound.into());
        }
        let now = self.clock(&mut transaction).await?;
        reset_owner(&mut transaction, token, now).await?.ok_or(Refusal::NotFound)?;
        end_sessions(&mut transaction, user, None, now).await?;
        super::profile::end_resets(&mut transaction, user, now).await?;
        transaction.commit().await?;
        tracing::info!(user = user.0, "password set with a letter");
        self.publish(Change::Sessions(user));
        Ok(())
    }
}

/// The accounts of that name or address that have an address and did not get too many letters.
async fn forgotten_accounts(
    connection: &mut PgConnection,
    name_or_email: &str,
    now: Instant,
) -> Result<Vec<Found>> {
    let rows = sqlx::query!(
        r#"SELECT u.id, u.username, u.nickname, u.email AS "email!" FROM users u
           WHERE (lower(u.username) = lower($1) OR lower(u.email) = lower($1))
             AND u.email IS NOT NULL AND u.password_hash IS NOT NULL AND u.closed_at IS NULL
             AND (SELECT count(*) FROM password_resets r WHERE r.user_id = u.id AND r.at > $2) < $3
           ORDER BY u.id LIMIT $4"#,
        name_or_email,
        now - TimeDelta::minutes(RESET_MINUTES),
        LETTERS,
        ACCOUNTS
    );
    let rows = rows.fetch_all(connection).await?;
    let found = |(id, username, nickname, email)| Found { user: UserId(id), username, nickname, email };
    Ok(rows.into_iter().map(|row| found((row.id, row.username, row.nickname, row.email))).collect())
}

async fn forgotten_insert(
    connection: &mut PgConnection,
    user: UserId,
    token: &ResetToken,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO password_resets (token_sha256, user_id, at, expires_at) VALUES ($1, $2, $3, $4)",
        token.sha256(),
        user.0,
        now,
        now + TimeDelta::minutes(RESET_MINUTES)
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a reset")
}

/// Whose password the secret opens, and the account's name; `None` for a secret that opens nothing.
async fn reset_owner(
    connection: &mut PgConnection,
    token: &ResetToken,
    now: Instant,
) -> Result<Option<(UserId, String)>> {
    let row = sqlx::query!(
        "SELECT u.id, u.username FROM password_resets r JOIN users u ON u.id = r.user_id
         WHERE r.token_sha256 = $1 AND r.used_at IS NULL AND r.expires_at > $2 AND u.closed_at IS NULL",
        token.sha256(),
        now
    );
    Ok(row.fetch_optional(connection).await?.map(|row| (UserId(row.id), row.username)))
}
