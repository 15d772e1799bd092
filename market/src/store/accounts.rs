//! People: signing up, in and out, and the sessions of their browsers.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    Change, Error, Market, Result,
    token::{hex, secret},
};
use crate::{Instant, Refusal, UserId, people::NewPerson, refusal::Reason};

/// How long a session lasts without being used, in days.
pub const SESSION_DAYS: i64 = 30;
/// How long a session lasts however much it is used, in days: a device that was lost is signed out some day.
pub const SESSION_LONGEST_DAYS: i32 = 180;
/// A session's last use is written at most this often, in seconds: a page is not a write.
pub(super) const SEEN_EVERY_SECONDS: i64 = 60;
/// How much of a browser's name is kept, in characters.
const AGENT_MAX: usize = 200;

/// The secret in a browser's cookie. Only its SHA-256 is stored, so a stolen table signs nobody in.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// From a cookie's text.
    #[must_use]
    pub fn from_cookie(text: &str) -> Option<Self> {
        let sound = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| Self(text.to_owned()))
    }

    /// For a cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn fresh() -> Result<Self> {
        Ok(Self(hex(&secret()?)))
    }

    pub(super) fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Never shows the secret.
impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A random key for a form: what it does, it does once.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn fresh_key() -> Result<String> {
    Ok(hex(&secret()?[..16]))
}

impl Market {
    /// Signs a person up and in: the account, its wallet and its first session in one transaction (defect
    /// S13).
    ///
    /// # Errors
    /// `fields`: a name that is taken, a region that does not exist.
    pub async fn sign_up(&self, person: &NewPerson, agent: &str) -> Result<(UserId, SessionToken)> {
        let hash = self.hash_password(person.password.clone()).await?;
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let user = sign_up_insert(&mut transaction, person, Some(&hash), now).await?;
        let token = sign_in_insert(&mut transaction, user, agent, now).await?;
        transaction.commit().await?;
        tracing::info!(user = user.0, "signed up");
        Ok((user, token))
    }

    /// An account that nobody can sign in to, or whose password is hashed already: for demo data.
    ///
    /// # Errors
    /// As [`Market::sign_up`].
    pub async fn add_person(&self, person: &NewPerson, hash: Option<&str>) -> Result<UserId> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let user = sign_up_insert(&mut transaction, person, hash, now).await?;
        transaction.commit().await?;
        Ok(user)
    }

    /// Signs in: always a new token, whatever the browser had before.
    ///
    /// # Errors
    /// `wrong_credentials`, not saying which; an unknown name takes as long as a wrong password.
    pub async fn sign_in(
        &self,
        username: &str,
        password: &str,
        agent: &str,
    ) -> Result<(UserId, SessionToken)> {
        let row = sqlx::query!(
            "SELECT id, password_hash FROM users WHERE lower(username) = lower($1) AND closed_at IS NULL",
            username
        );
        let row = row.fetch_optional(&mut *self.connection().await?).await?;
        let (user, hash) = row.map_or((None, None), |row| (Some(UserId(row.id)), row.password_hash));
        let known = self.verify_password(password.to_owned(), hash.clone()).await?;
        let (user, hash) = user.zip(hash).filter(|_| known).ok_or(Refusal::WrongCredentials)?;
        let mut transaction = self.begin().await?;
        sign_in_lock(&mut transaction, user, &hash).await?;
        let now = self.clock(&mut transaction).await?;
        let token = sign_in_insert(&mut transaction, user, agent, now).await?;
        transaction.commit().await?;
        tracing::info!(user = user.0, "signed in");
        Ok((user, token))
    }

    /// Ends a session; one that is over stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let user = sqlx::query_scalar!(
            "UPDATE sessions SET revoked_at = $2 WHERE token_sha256 = $1 AND revoked_at IS NULL
             RETURNING user_id",
            token.sha256(),
            now
        );
        if let Some(user) = user.fetch_optional(&mut *connection).await? {
            self.publish(Change::Sessions(UserId(user)));
        }
        Ok(())
    }

    /// The account of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user_named(&self, username: &str) -> Result<Option<UserId>> {
        let id = sqlx::query_scalar!("SELECT id FROM users WHERE lower(username) = lower($1)", username);
        Ok(id.fetch_optional(&mut *self.connection().await?).await?.map(UserId))
    }

    /// argon2id with the crate's defaults (OWASP's: 19 MiB, two passes), off the async threads.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash_password(&self, password: String) -> Result<String> {
        self.hashing(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| Error::Broken(format!("argon2: {error}")))
        })
        .await?
    }

    pub(super) async fn verify_password(&self, password: String, hash: Option<String>) -> Result<bool> {
        /// Compared with when there is no account, so that its absence takes the same time.
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keQ$\
                              JSWYpSqQCZ0Yfz1lm1PfhXbXgcYcMXhMQYRSFwyIFOY";
        self.hashing(move || {
            let stored = hash.as_deref().unwrap_or(NOBODY);
            let matches = Argon2::default().verify_password(password.as_bytes(), stored).is_ok();
            matches && hash.is_some()
        })
        .await
    }

    async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _permit = self.inner.hashing.acquire().await.map_err(|error| Error::Broken(error.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| Error::Broken(error.to_string()))
    }
}

async fn sign_up_insert(
    connection: &mut PgConnection,
    person: &NewPerson,
    hash: Option<&str>,
    now: Instant,
) -> Result<UserId> {
    let region = person.region.as_deref().unwrap_or_default();
    let id = sqlx::query_scalar!(
        "INSERT INTO users (username, nickname, email, region_code, password_hash, created_at)
         SELECT $1, $2, $3, code, $5, $6 FROM regions WHERE code = $4
         RETURNING id",
        person.username,
        person.nickname,
        person.email.as_deref(),
        region,
        hash,
        now
    );
    let id = id.fetch_optional(&mut *connection).await.map_err(sign_up_error)?;
    let user = UserId(id.ok_or_else(|| Refusal::field("region", Reason::Unknown))?);
    sqlx::query!("INSERT INTO wallets (user_id) VALUES ($1)", user.0).execute(connection).await?;
    Ok(user)
}

/// `users_username_taken` is the one constraint that a person can meet.
fn sign_up_error(error: sqlx::Error) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    if constraint == Some("users_username_taken") {
        return Refusal::field("username", Reason::Taken).into();
    }
    error.into()
}

/// The password is still the one that was compared: one that is changed meanwhile ends all sessions, and this
/// one must not be born after it.
async fn sign_in_lock(connection: &mut PgConnection, user: UserId, hash: &str) -> Result<()> {
    let same = sqlx::query_scalar!(
        "SELECT id FROM users WHERE id = $1 AND password_hash = $2 AND closed_at IS NULL FOR SHARE",
        user.0,
        hash
    );
    same.fetch_optional(connection).await?.ok_or(Refusal::WrongCredentials)?;
    Ok(())
}

async fn sign_in_insert(
    connection: &mut PgConnection,
    user: UserId,
    agent: &str,
    now: Instant,
) -> Result<SessionToken> {
    let token = SessionToken::fresh()?;
    let agent: String = crate::text::clean(agent).chars().take(AGENT_MAX).collect();
    sqlx::query!(
        "INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at, user_agent)
         VALUES ($1, $2, $3, $3, $4, $5)",
        token.sha256(),
        user.0,
        now,
        now + TimeDelta::days(SESSION_DAYS),
        agent
    )
    .execute(connection)
    .await?;
    Ok(token)
}
