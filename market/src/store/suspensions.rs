//! What staff do about people. The wallet's lock decides between a suspension and a bid or an opening at the
//! same moment, as it does when an account is closed.

use sqlx::PgConnection;

use super::{
    Change, Market, Result, check_key, expect_rows,
    profile::end_sessions,
    staff::{self, About, Act},
};
use crate::{
    Instant, Refusal, UserId,
    staff::{ActKind, reason},
};

impl Market {
    /// Suspends somebody: no new bids, no purchases, no new auctions. His holds, his maxima, his auctions and
    /// his trades stay as they are. Who is suspended already stays so.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_yours` unless `staff` is of the staff, and for other staff and
    /// oneself; `fields`: no reason; `not_found`, `key_reused`, `busy`.
    pub async fn suspend(&self, staff: UserId, user: UserId, why: &str, key: &str) -> Result<()> {
        self.set_suspended(staff, user, ActKind::Suspend, (why, key)).await
    }

    /// Takes a suspension back. Who is not suspended stays so.
    ///
    /// # Errors
    /// As [`Market::suspend`].
    pub async fn unsuspend(&self, staff: UserId, user: UserId, why: &str, key: &str) -> Result<()> {
        self.set_suspended(staff, user, ActKind::Unsuspend, (why, key)).await
    }

    async fn set_suspended(
        &self,
        staff: UserId,
        user: UserId,
        kind: ActKind,
        (why, key): (&str, &str),
    ) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        let person = lock(&mut transaction, user).await?;
        let now = self.clock(&mut transaction).await?;
        let act = Act::new(staff, key, kind, &reason, About { user: Some(user), ..About::default() });
        if staff::logged(&mut transaction, &act).await? {
            return Ok(());
        }
        if person.is_staff {
            return Err(Refusal::NotYours.into());
        }
        let suspend = kind == ActKind::Suspend;
        if person.is_suspended == suspend {
            return Ok(());
        }
        write(&mut transaction, user, suspend.then_some(now)).await?;
        staff::log(&mut transaction, &act, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Signs somebody out of every browser: his account may be in other hands.
    ///
    /// # Errors
    /// `malformed`, `not_yours` unless `staff` is of the staff, `fields`, `not_found`, `key_reused`, `busy`.
    pub async fn reset_devices(&self, staff: UserId, user: UserId, why: &str, key: &str) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        lock(&mut transaction, user).await?;
        let now = self.clock(&mut transaction).await?;
        let about = About { user: Some(user), ..About::default() };
        let act = Act::new(staff, key, ActKind::ResetDevices, &reason, about);
        if staff::logged(&mut transaction, &act).await? {
            return Ok(());
        }
        end_sessions(&mut transaction, user, None, now).await?;
        staff::log(&mut transaction, &act, now).await?;
        transaction.commit().await?;
        self.publish(Change::Sessions(user));
        Ok(())
    }
}

/// An account that staff act on.
struct Person {
    is_staff: bool,
    is_suspended: bool,
}

/// Locks the wallet, then the account (see [`super::profile`]).
async fn lock(connection: &mut PgConnection, user: UserId) -> Result<Person> {
    let wallet = sqlx::query_scalar!(
        "SELECT user_id FROM wallets WHERE user_id = $1 AND closed_at IS NULL FOR NO KEY UPDATE",
        user.0
    );
    wallet.fetch_optional(&mut *connection).await?.ok_or(Refusal::NotFound)?;
    let row =
        sqlx::query!("SELECT is_staff, suspended_at FROM users WHERE id = $1 FOR NO KEY UPDATE", user.0);
    let row = row.fetch_one(connection).await?;
    Ok(Person { is_staff: row.is_staff, is_suspended: row.suspended_at.is_some() })
}

/// In both places; see the migration.
async fn write(connection: &mut PgConnection, user: UserId, since: Option<Instant>) -> Result<()> {
    let written = sqlx::query!("UPDATE users SET suspended_at = $2 WHERE id = $1", user.0, since);
    expect_rows(written.execute(&mut *connection).await?.rows_affected(), 1, "a suspended account")?;
    let written = sqlx::query!("UPDATE wallets SET suspended_at = $2 WHERE user_id = $1", user.0, since);
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a suspended wallet")
}
