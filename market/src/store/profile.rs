//! My own account: what the settings show and change, and the devices signed in. Its end: [`super::leaving`].
//!
//! Who changes a password or closes an account locks, in this order: the wallet (closing only), the account,
//! its sessions, its letters for forgotten passwords.

use sqlx::PgConnection;

use super::{Change, Market, Result, access_tokens, accounts::SessionToken, expect_rows, wallets::money};
use crate::{
    Instant, Refusal, SessionId, UserId,
    people::Profile,
    refusal::Reason,
    text::Language,
    view::{Account, AccountUse, Region, SessionRow},
};

/// Devices shown: nobody looks through more.
const SESSIONS: i64 = 50;

impl Market {
    /// Everything on the page of settings of `user`, asked for in the session of `token`.
    ///
    /// # Errors
    /// `no_session` for an account that is closed.
    pub async fn account(&self, user: UserId, token: &SessionToken) -> Result<Account> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let row = sqlx::query!(
            "SELECT u.username, u.nickname, u.email, u.created_at, r.code, r.name, r.full_name
             FROM users u JOIN regions r ON r.code = u.region_code WHERE u.id = $1 AND u.closed_at IS NULL",
            user.0
        );
        let row = row.fetch_optional(&mut *transaction).await?.ok_or(Refusal::NoSession)?;
        Ok(Account {
            id: user,
            username: row.username,
            nickname: row.nickname,
            email: row.email,
            region: Region { code: row.code, name: row.name, full_name: row.full_name },
            since: row.created_at,
            sessions: account_sessions(&mut transaction, user, token, now).await?,
            tokens: access_tokens::tokens(&mut transaction, user).await?,
            in_use: account_use(&mut transaction, user).await?,
            now,
        })
    }

    /// Changes what others see of `user`. His auctions keep the region that they were opened in.
    ///
    /// # Errors
    /// `fields`: a region that does not exist; `no_session` for an account that is closed.
    pub async fn save_profile(&self, user: UserId, profile: &Profile) -> Result<()> {
        let mut connection = self.connection().await?;
        let known = sqlx::query_scalar!("SELECT code FROM regions WHERE code = $1", profile.region);
        let known = known.fetch_optional(&mut *connection).await?;
        known.ok_or_else(|| Refusal::field("region", Reason::Unknown))?;
        let written = sqlx::query!(
            "UPDATE users SET nickname = $2, region_code = $3 WHERE id = $1 AND closed_at IS NULL",
            user.0,
            profile.nickname,
            profile.region
        );
        one_account(written.execute(&mut *connection).await?.rows_affected())
    }

    /// Sets where letters to `user` go. Who can read them can set a new password, so it takes the old one.
    ///
    /// # Errors
    /// `wrong_credentials`.
    pub async fn save_email(&self, user: UserId, password: &str, email: Option<&str>) -> Result<()> {
        let hash = self.confirmed(user, password).await?;
        let written = sqlx::query!(
            "UPDATE users SET email = $3 WHERE id = $1 AND password_hash = $2",
            user.0,
            hash,
            email
        );
        let written = written.execute(&mut *self.connection().await?).await?.rows_affected();
        if written == 0 { Err(Refusal::WrongCredentials.into()) } else { Ok(()) }
    }

    /// Remembers the language of letters to `user`.
    ///
    /// # Errors
    /// `no_session` for an account that is closed.
    pub async fn set_language(&self, user: UserId, language: Language) -> Result<()> {
        let language = match language {
            Language::Ko => "ko",
            Language::En => "en",
        };
        let written = sqlx::query!(
            "UPDATE users SET language = $2 WHERE id = $1 AND closed_at IS NULL",
            user.0,
            language
        );
        one_account(written.execute(&mut *self.connection().await?).await?.rows_affected())
    }

    /// Changes the password. All other sessions end: whoever knew the old one is out.
    ///
    /// # Errors
    /// `wrong_credentials`; `busy`.
    pub async fn change_password(
        &self,
        user: UserId,
        token: &SessionToken,
        current: &str,
        new: &str,
    ) -> Result<()> {
        let before = self.confirmed(user, current).await?;
        let after = self.hash_password(new.to_owned()).await?;
        let mut transaction = self.begin().await?;
        let written = sqlx::query!(
            "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2 AND closed_at IS NULL",
            user.0,
            before,
            after
        );
        if written.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(Refusal::WrongCredentials.into());
        }
        let now = self.clock(&mut transaction).await?;
        end_sessions(&mut transaction, user, Some(token), now).await?;
        end_resets(&mut transaction, user, now).await?;
        transaction.commit().await?;
        tracing::info!(user = user.0, "password changed");
        self.publish(Change::Sessions(user));
        Ok(())
    }

    /// Ends a session of `user`; one that is over stays so.
    ///
    /// # Errors
    /// `not_found`, also for a session of somebody else.
    pub async fn end_session(&self, user: UserId, session: SessionId) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let written = sqlx::query!(
            "UPDATE sessions SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND user_id = $2",
            session.0,
            user.0,
            now
        );
        if written.execute(&mut *connection).await?.rows_affected() == 0 {
            return Err(Refusal::NotFound.into());
        }
        self.publish(Change::Sessions(user));
        Ok(())
    }

    /// Ends all sessions of `user`, the one that asks too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out_everywhere(&self, user: UserId) -> Result<()> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        end_sessions(&mut connection, user, None, now).await?;
        self.publish(Change::Sessions(user));
        Ok(())
    }

    /// The hash of the password of `user`, if it is `password`.
    pub(super) async fn confirmed(&self, user: UserId, password: &str) -> Result<String> {
        let hash = sqlx::query_scalar!(
            "SELECT password_hash FROM users WHERE id = $1 AND closed_at IS NULL",
            user.0
        );
        let hash = hash.fetch_optional(&mut *self.connection().await?).await?.flatten();
        let known = self.verify_password(password.to_owned(), hash.clone()).await?;
        Ok(hash.filter(|_| known).ok_or(Refusal::WrongCredentials)?)
    }
}

/// The account was there and open.
fn one_account(written: u64) -> Result<()> {
    if written == 0 { Err(Refusal::NoSession.into()) } else { expect_rows(written, 1, "an account") }
}

async fn account_sessions(
    connection: &mut PgConnection,
    user: UserId,
    token: &SessionToken,
    now: Instant,
) -> Result<Vec<SessionRow>> {
    let rows = sqlx::query!(
        r#"SELECT id, user_agent, created_at, last_seen_at, token_sha256 = $2 AS "is_this!"
           FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $3
           ORDER BY token_sha256 = $2 DESC, last_seen_at DESC, id DESC LIMIT $4"#,
        user.0,
        token.sha256(),
        now,
        SESSIONS
    );
    let rows = rows.fetch_all(connection).await?;
    let session = |(id, agent, since, seen_at, is_this)| SessionRow {
        id: SessionId(id),
        agent,
        since,
        seen_at,
        is_this,
    };
    Ok(rows
        .into_iter()
        .map(|row| session((row.id, row.user_agent, row.created_at, row.last_seen_at, row.is_this)))
        .collect())
}

/// What keeps the account of `user` from being closed; under the wallet's lock it stays so.
pub(super) async fn account_use(connection: &mut PgConnection, user: UserId) -> Result<AccountUse> {
    let row = sqlx::query!(
        r#"SELECT available, held,
                  (SELECT count(*) FROM auctions
                   WHERE seller_id = $1 AND status IN ('live', 'sold', 'disputed')) AS "sales!",
                  (SELECT count(*) FROM auctions
                   WHERE winner_id = $1 AND status IN ('sold', 'disputed')) AS "purchases!",
                  (SELECT count(*) FROM payments WHERE user_id = $1 AND state = 'pending') AS "payments!"
           FROM wallets WHERE user_id = $1"#,
        user.0
    );
    let row = row.fetch_optional(connection).await?.ok_or(Refusal::NoSession)?;
    let (available, held) = (money(row.available)?, money(row.held)?);
    Ok(AccountUse { available, held, trades: row.sales + row.purchases + row.payments })
}

/// Ends the sessions of `user`, but for that of `kept`, and takes the tokens of his programs back.
pub(super) async fn end_sessions(
    connection: &mut PgConnection,
    user: UserId,
    kept: Option<&SessionToken>,
    now: Instant,
) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET revoked_at = $3
         WHERE user_id = $1 AND revoked_at IS NULL AND token_sha256 IS DISTINCT FROM $2",
        user.0,
        kept.map(SessionToken::sha256),
        now
    )
    .execute(&mut *connection)
    .await?;
    access_tokens::revoke_all(connection, user, now).await
}

/// Letters that were sent before open nothing any more.
pub(super) async fn end_resets(connection: &mut PgConnection, user: UserId, now: Instant) -> Result<()> {
    sqlx::query!(
        "UPDATE password_resets SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL",
        user.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
