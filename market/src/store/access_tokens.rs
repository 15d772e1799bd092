//! Access tokens: what programs sign in with (rules of what they may: [`crate::access`]).
//!
//! Nothing is kept: a token that was taken back a moment ago is not found. Their number is bounded per
//! person, and so is what they ask ([`crate::access::TOKENS_MAX`], the server's limits): each request looks
//! its own one up, without the queue that the sessions of thousands of browsers wait in.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    Market, Result, check_key, expect_rows,
    token::{hex, secret},
};
use crate::{
    AccessId, Instant, Refusal, UserId,
    access::{Scope, TOKENS_MAX, Wanted},
    refusal::Reason,
    view::{AccessRow, Me, NewAccess, Region},
};

/// How a token begins, so that people and programs that look for lost secrets know what it is.
const PREFIX: &str = "nb_";

/// The secret in a program's header.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// From a header's text: `nb_` and 64 hexadecimal digits.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX)?;
        let sound = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| Self(text.to_owned()))
    }

    fn fresh() -> Result<Self> {
        Ok(Self(format!("{PREFIX}{}", hex(&secret()?))))
    }

    fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Never shows the secret.
impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

impl Market {
    /// Makes a token. Whoever holds it acts for `user`, so it takes the password. Its secret is answered
    /// once: the same form sent again is answered without it.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `wrong_credentials`; `fields`: one token more than [`TOKENS_MAX`];
    /// `key_reused`; `busy`.
    pub async fn create_access(
        &self,
        user: UserId,
        password: &str,
        wanted: &Wanted,
        key: &str,
    ) -> Result<NewAccess> {
        check_key(key)?;
        let hash = self.confirmed(user, password).await?;
        let mut transaction = self.begin().await?;
        create_access_lock(&mut transaction, user, &hash).await?;
        let now = self.clock(&mut transaction).await?;
        if let Some(known) = create_access_keyed(&mut transaction, user, key).await? {
            let same = known == (wanted.name.clone(), names(&wanted.scopes));
            return if same { Ok(NewAccess { ok: None }) } else { Err(Refusal::KeyReused.into()) };
        }
        if tokens(&mut transaction, user).await?.len() >= TOKENS_MAX {
            return Err(Refusal::field("name", Reason::TooMany).into());
        }
        let token = AccessToken::fresh()?;
        create_access_insert(&mut transaction, user, &token, wanted, key, now).await?;
        transaction.commit().await?;
        Ok(NewAccess { ok: Some(token.0) })
    }

    /// Takes a token of `user` back; one that is taken back stays so.
    ///
    /// # Errors
    /// `not_found`, also for a token of somebody else.
    pub async fn revoke_access(&self, user: UserId, token: AccessId) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let written = sqlx::query!(
            "UPDATE access_tokens SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND user_id = $2",
            token.0,
            user.0,
            now
        );
        let written = written.execute(&mut *connection).await?.rows_affected();
        if written == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }

    /// Whose token it is and what it may do, if it still is one; its use is noted, by the day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access(&self, token: &AccessToken) -> Result<Option<(Me, Vec<Scope>)>> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let row = sqlx::query!(
            r#"SELECT t.id, t.scopes, t.used_on IS DISTINCT FROM ($2::timestamptz)::date AS "is_new_day!",
                      u.id AS user_id, u.username, u.nickname, u.is_staff, r.code, r.name, r.full_name
               FROM access_tokens t JOIN users u ON u.id = t.user_id JOIN regions r ON r.code = u.region_code
               WHERE t.token_sha256 = $1 AND t.revoked_at IS NULL AND t.expires_at > $2
                     AND u.closed_at IS NULL"#,
            token.sha256(),
            now
        );
        let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
        if row.is_new_day {
            access_note(&mut connection, AccessId(row.id), now).await?;
        }
        let me = Me {
            id: UserId(row.user_id),
            username: row.username,
            nickname: row.nickname,
            region: Some(Region { code: row.code, name: row.name, full_name: row.full_name }),
            is_staff: row.is_staff,
        };
        Ok(Some((me, scopes(&row.scopes))))
    }
}

/// Takes all tokens of `user` back.
pub(super) async fn revoke_all(connection: &mut PgConnection, user: UserId, now: Instant) -> Result<()> {
    // However many there were.
    sqlx::query!(
        "UPDATE access_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        user.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// One person makes one token at a time, so that what is counted stays true; and the password is still the
/// one that was compared, so that none is born after all were taken back.
async fn create_access_lock(connection: &mut PgConnection, user: UserId, hash: &str) -> Result<()> {
    let same = sqlx::query_scalar!(
        "SELECT id FROM users WHERE id = $1 AND password_hash = $2 AND closed_at IS NULL FOR NO KEY UPDATE",
        user.0,
        hash
    );
    same.fetch_optional(connection).await?.ok_or(Refusal::WrongCredentials)?;
    Ok(())
}

async fn create_access_keyed(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
) -> Result<Option<(String, Vec<String>)>> {
    let row =
        sqlx::query!("SELECT name, scopes FROM access_tokens WHERE user_id = $1 AND key = $2", user.0, key);
    Ok(row.fetch_optional(connection).await?.map(|row| (row.name, row.scopes)))
}

async fn create_access_insert(
    connection: &mut PgConnection,
    user: UserId,
    token: &AccessToken,
    wanted: &Wanted,
    key: &str,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO access_tokens (user_id, token_sha256, name, scopes, key, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        user.0,
        token.sha256(),
        wanted.name,
        &names(&wanted.scopes),
        key,
        now,
        now + TimeDelta::days(wanted.days)
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "an access token")
}

/// The tokens of `user` that he did not take back, newest first; those too that have expired.
pub(super) async fn tokens(connection: &mut PgConnection, user: UserId) -> Result<Vec<AccessRow>> {
    let rows = sqlx::query!(
        "SELECT id, name, scopes, created_at, expires_at, used_on FROM access_tokens
         WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id DESC",
        user.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows
        .map(|row| AccessRow {
            id: AccessId(row.id),
            name: row.name,
            scopes: scopes(&row.scopes),
            since: row.created_at,
            expires_at: row.expires_at,
            used_on: row.used_on.map(|day| day.to_string()),
        })
        .collect())
}

/// Another request that notes the same day at this moment makes it no truer: nobody waits for a note.
async fn access_note(connection: &mut PgConnection, token: AccessId, now: Instant) -> Result<()> {
    sqlx::query!(
        "UPDATE access_tokens SET used_on = ($2::timestamptz)::date
         WHERE id IN (SELECT id FROM access_tokens WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED)",
        token.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn names(scopes: &[Scope]) -> Vec<String> {
    scopes.iter().map(|scope| scope.as_str().to_owned()).collect()
}

fn scopes(names: &[String]) -> Vec<Scope> {
    names.iter().filter_map(|name| Scope::from_name(name)).collect()
}
