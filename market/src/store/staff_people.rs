//! People as staff see them: to find somebody, and what to know of him before one acts.

use sqlx::PgConnection;

use super::{
    Market, Result, report_queue, staff_auctions,
    staff_log::{Acts, acts, cut},
    wallets::money,
};
use crate::{
    Instant, Money, Refusal, UserId,
    view::{Neighbour, PeoplePage, PersonPage, PersonRow},
};

/// People on a page.
const PAGE: usize = 50;

impl Market {
    /// People whose name or nickname has `q` in it, or all; only those who are suspended, or all. Newest
    /// first, those before the number `before`.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_people(
        &self,
        staff: UserId,
        q: &str,
        suspended: bool,
        before: Option<i64>,
    ) -> Result<PeoplePage> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let mut rows = people(&mut connection, None, (q, suspended), before).await?;
        let next = cut(&mut rows, PAGE, |row| row.person.id.0);
        Ok(PeoplePage { rows, next })
    }

    /// Somebody, with his money, his auctions and trades, what others report of him and what staff did.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff, `not_found`.
    pub async fn staff_person(&self, staff: UserId, user: UserId) -> Result<PersonPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.enter(&mut transaction, staff).await?;
        let row = people(&mut transaction, Some(user), ("", false), None).await?.pop();
        let row = row.ok_or(Refusal::NotFound)?;
        let figures = figures(&mut transaction, user, now).await?;
        Ok(PersonPage {
            row,
            money: figures.money,
            escrow: figures.escrow,
            devices: figures.devices,
            leading: figures.leading,
            auctions: staff_auctions::of(&mut transaction, user).await?,
            reports: report_queue::about(&mut transaction, user).await?,
            acts: acts(&mut transaction, Acts::Of(user)).await?,
            now,
        })
    }
}

/// One of them, or a page and one more.
async fn people(
    connection: &mut PgConnection,
    one: Option<UserId>,
    (q, suspended): (&str, bool),
    before: Option<i64>,
) -> Result<Vec<PersonRow>> {
    let rows = sqlx::query!(
        r#"SELECT u.id, u.username, u.nickname, u.closed_at IS NOT NULL AS "has_left!", u.created_at,
                  u.is_staff, u.suspended_at, r.full_name
           FROM users u JOIN regions r ON r.code = u.region_code
           WHERE u.id < $1 AND ($2::bigint IS NULL OR u.id = $2)
             AND ($3 = '' OR position(lower($3) IN lower(u.username)) > 0
                  OR position(lower($3) IN lower(u.nickname)) > 0)
             AND (NOT $4 OR u.suspended_at IS NOT NULL)
           ORDER BY u.id DESC LIMIT $5"#,
        before.unwrap_or(i64::MAX),
        one.map(|one| one.0),
        q,
        suspended,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| PersonRow {
        person: Neighbour { id: UserId(row.id), nickname: row.nickname, has_left: row.has_left },
        username: row.username,
        region: row.full_name,
        since: row.created_at,
        is_staff: row.is_staff,
        suspended_at: row.suspended_at,
    });
    Ok(rows.collect())
}

/// What can be counted of somebody.
struct Figures {
    money: Money,
    escrow: Money,
    devices: i64,
    leading: i64,
}

async fn figures(connection: &mut PgConnection, user: UserId, now: Instant) -> Result<Figures> {
    let row = sqlx::query!(
        r#"SELECT w.available + w.held AS "money!",
                  (SELECT coalesce(sum(price_paid), 0) FROM auctions
                   WHERE winner_id = w.user_id AND status IN ('sold', 'disputed')) AS "escrow!",
                  (SELECT count(*) FROM sessions
                   WHERE user_id = w.user_id AND revoked_at IS NULL AND expires_at > $2) AS "devices!",
                  (SELECT count(*) FROM auctions WHERE leader_id = w.user_id) AS "leading!"
           FROM wallets w WHERE w.user_id = $1"#,
        user.0,
        now
    );
    let row = row.fetch_one(connection).await?;
    Ok(Figures {
        money: money(row.money)?,
        escrow: money(row.escrow)?,
        devices: row.devices,
        leading: row.leading,
    })
}
