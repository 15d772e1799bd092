//! The end of an account.

use sqlx::PgConnection;

use super::{
    Change, Market, Result, drafts, expect_rows,
    profile::{account_use, end_resets, end_sessions},
};
use crate::{Instant, Refusal, UserId, people::GONE};

impl Market {
    /// Closes the account. What concerns others stays; its name, its address and its password go, and what
    /// was for its owner alone: drafts, saved searches, choices, and the browsers that he let be woken. The
    /// wallet's lock decides between this and a bid, a deposit or an opening at the same moment: each of them
    /// takes that lock, and finds no wallet afterwards.
    ///
    /// # Errors
    /// `wrong_credentials`; `account_in_use` with what has to be settled first; `busy`.
    pub async fn close_account(&self, user: UserId, password: &str) -> Result<()> {
        let hash = self.confirmed(user, password).await?;
        let mut transaction = self.begin().await?;
        let wallet = sqlx::query_scalar!(
            "SELECT user_id FROM wallets WHERE user_id = $1 AND closed_at IS NULL FOR NO KEY UPDATE",
            user.0
        );
        wallet.fetch_optional(&mut *transaction).await?.ok_or(Refusal::NoSession)?;
        let now = self.clock(&mut transaction).await?;
        if let Some(refusal) = account_use(&mut transaction, user).await?.refusal() {
            return Err(refusal.into());
        }
        close_account_write(&mut transaction, user, &hash, now).await?;
        end_sessions(&mut transaction, user, None, now).await?;
        end_resets(&mut transaction, user, now).await?;
        close_account_forget(&mut transaction, user).await?;
        transaction.commit().await?;
        self.publish(Change::Sessions(user));
        Ok(())
    }
}

async fn close_account_write(
    connection: &mut PgConnection,
    user: UserId,
    hash: &str,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE wallets SET closed_at = $2, seq = seq + 1 WHERE user_id = $1 AND closed_at IS NULL",
        user.0,
        now
    );
    expect_rows(written.execute(&mut *connection).await?.rows_affected(), 1, "a closed wallet")?;
    let written = sqlx::query!(
        "UPDATE users SET closed_at = $3, nickname = $4, email = NULL, password_hash = NULL
         WHERE id = $1 AND password_hash = $2 AND closed_at IS NULL",
        user.0,
        hash,
        now,
        GONE
    );
    // Not the password any more that was compared.
    if written.execute(connection).await?.rows_affected() == 0 {
        return Err(Refusal::WrongCredentials.into());
    }
    Ok(())
}

/// What nobody else has anything of goes.
async fn close_account_forget(connection: &mut PgConnection, user: UserId) -> Result<()> {
    drafts::remove(&mut *connection, user).await?;
    // However many there were.
    for removed in [
        sqlx::query!("DELETE FROM saved_searches WHERE user_id = $1", user.0),
        sqlx::query!("DELETE FROM notice_settings WHERE user_id = $1", user.0),
        sqlx::query!("DELETE FROM devices WHERE user_id = $1", user.0),
    ] {
        removed.execute(&mut *connection).await?;
    }
    Ok(())
}
