//! What people want to be told of and how: their choices, their language, and the browsers they let be woken.

use sqlx::PgConnection;

use super::{Change, Error, Market, Result, accounts::SessionToken, expect_rows, notices::words};
use crate::{
    Instant, Refusal, UserId,
    notice::{Keys, NoticeSettings, Quiet},
    text::Language,
    view::{NoticeChoices, NoticeKind},
};

/// The most browsers of one person; one more, and the oldest goes.
const DEVICES: i64 = 10;

/// Kinds out of the books.
pub(super) fn kinds(words: &[String]) -> Result<Vec<NoticeKind>> {
    words.iter().map(|word| super::notices::kind(word)).collect()
}

/// Quiet hours out of the books.
pub(super) fn quiet(from: Option<i16>, to: Option<i16>) -> Result<Option<Quiet>> {
    let Some((from, to)) = from.zip(to) else { return Ok(None) };
    let minute = |minute: i16| u16::try_from(minute).ok();
    let quiet = minute(from).zip(minute(to)).and_then(|(from, to)| Quiet::new(from, to));
    quiet.map(Some).ok_or_else(|| Error::Broken(format!("quiet from {from} to {to}")))
}

/// A language out of the books.
pub(super) fn language(name: &str) -> Result<Language> {
    match name {
        "ko" => Ok(Language::Ko),
        "en" => Ok(Language::En),
        other => Err(Error::Broken(format!("language {other}"))),
    }
}

impl Market {
    /// What `user` has chosen, and what there is to choose from.
    ///
    /// # Errors
    /// `no_session`: nobody of that id.
    pub async fn notice_choices(&self, user: UserId) -> Result<NoticeChoices> {
        let mut connection = self.connection().await?;
        let now = self.clock(&mut connection).await?;
        let row = sqlx::query!(
            r#"SELECT u.email, s.toast AS "toast?", s.mail AS "mail?", s.push AS "push?",
                      s.quiet_from, s.quiet_to,
                      (SELECT count(*) FROM devices d JOIN sessions ON token_sha256 = d.session_sha256
                       WHERE d.user_id = u.id AND revoked_at IS NULL AND expires_at > $2) AS "devices!"
               FROM users u LEFT JOIN notice_settings s ON s.user_id = u.id WHERE u.id = $1"#,
            user.0,
            now
        );
        let row = row.fetch_optional(&mut *connection).await?.ok_or(Refusal::NoSession)?;
        let settings = match (row.toast, row.mail, row.push) {
            (Some(toast), Some(mail), Some(push)) => NoticeSettings {
                toast: kinds(&toast)?,
                mail: kinds(&mail)?,
                push: kinds(&push)?,
                quiet: quiet(row.quiet_from, row.quiet_to)?,
            },
            _ => NoticeSettings::default(),
        };
        Ok(NoticeChoices { settings, address: row.email, devices: row.devices })
    }

    /// Writes down what `user` has chosen. What waits for the end of quiet hours is looked at again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_notices(&self, user: UserId, settings: &NoticeSettings) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let minute = |minute: fn(Quiet) -> u16| {
            settings.quiet.map(|quiet| i16::try_from(minute(quiet)).unwrap_or(i16::MAX))
        };
        let written = sqlx::query!(
            "INSERT INTO notice_settings (user_id, toast, mail, push, quiet_from, quiet_to)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (user_id) DO UPDATE SET toast = excluded.toast, mail = excluded.mail,
               push = excluded.push, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to",
            user.0,
            &words(&settings.toast),
            &words(&settings.mail),
            &words(&settings.push),
            minute(Quiet::from),
            minute(Quiet::to)
        );
        expect_rows(written.execute(&mut *transaction).await?.rows_affected(), 1, "settings")?;
        choose_notices_wake(&mut transaction, user, now).await?;
        transaction.commit().await?;
        self.publish(Change::People(vec![user].into()));
        Ok(())
    }

    /// Lets the browser of a session be woken for its owner. A browser has one owner: who turned it on last.
    ///
    /// # Errors
    /// `no_session`: the session is over or somebody else's.
    pub async fn add_device(&self, user: UserId, session: &SessionToken, keys: &Keys) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = self.clock(&mut transaction).await?;
        let written = sqlx::query!(
            "INSERT INTO devices (user_id, session_sha256, endpoint, public_key, secret, at)
             SELECT user_id, token_sha256, $3, $4, $5, $6 FROM sessions
             WHERE user_id = $1 AND token_sha256 = $2 AND revoked_at IS NULL
             ON CONFLICT ON CONSTRAINT devices_endpoint_once DO UPDATE SET
               user_id = excluded.user_id, session_sha256 = excluded.session_sha256,
               public_key = excluded.public_key, secret = excluded.secret, at = excluded.at",
            user.0,
            session.sha256(),
            keys.endpoint,
            keys.public_key,
            keys.secret,
            now
        );
        if written.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(Refusal::NoSession.into());
        }
        sqlx::query!(
            "DELETE FROM devices WHERE id IN
               (SELECT id FROM devices WHERE user_id = $1 ORDER BY at DESC, id DESC OFFSET $2)",
            user.0,
            DEVICES
        )
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Lets a browser sleep; one that is not known does already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_device(&self, user: UserId, endpoint: &str) -> Result<()> {
        sqlx::query!("DELETE FROM devices WHERE user_id = $1 AND endpoint = $2", user.0, endpoint)
            .execute(&mut *self.connection().await?)
            .await?;
        Ok(())
    }

    /// Whether the browser of a session is woken for its owner at that address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_device(&self, user: UserId, session: &SessionToken, endpoint: &str) -> Result<bool> {
        let known = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM devices
               WHERE user_id = $1 AND session_sha256 = $2 AND endpoint = $3) AS "known!""#,
            user.0,
            session.sha256(),
            endpoint
        );
        Ok(known.fetch_one(&mut *self.connection().await?).await?)
    }
}

/// What waits and was never tried is due now. What a bid is just adding to is left alone, and what is being
/// sent keeps its lease.
async fn choose_notices_wake(connection: &mut PgConnection, user: UserId, now: Instant) -> Result<()> {
    sqlx::query!(
        "UPDATE outbox SET due_at = $2
         WHERE id IN (SELECT id FROM outbox
                      WHERE user_id = $1 AND closed_at IS NULL AND attempts = 0 AND due_at > $2
                      FOR NO KEY UPDATE SKIP LOCKED)",
        user.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
