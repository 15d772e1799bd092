//! Questions as staff see them, and how they take one off its page and put it back. Both happen under the
//! lock of the auction, as everything about questions.

use sqlx::PgConnection;

use super::{
    Market, Result, auctions, check_key, expect_rows,
    staff::{self, About, Act},
    staff_log::cut,
};
use crate::{
    AuctionId, Instant, QuestionId, Refusal, UserId,
    staff::{ActKind, reason},
    view::{Neighbour, QuestionRows, StaffQuestion},
};

/// Questions on a page.
const PAGE: usize = 30;

impl Market {
    /// Staff take a question off its page, with its answer, for a reason. One that is off it stays so. The
    /// same key acts once.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_yours` unless `staff` is of the staff; `fields`: no reason;
    /// `not_found`, `key_reused`, `busy`.
    pub async fn hide_question(
        &self,
        staff: UserId,
        question: QuestionId,
        why: &str,
        key: &str,
    ) -> Result<()> {
        self.set_hidden(staff, question, ActKind::HideQuestion, (why, key)).await
    }

    /// Staff put a question back on its page. One that is on it stays so.
    ///
    /// # Errors
    /// As [`Market::hide_question`].
    pub async fn show_question(
        &self,
        staff: UserId,
        question: QuestionId,
        why: &str,
        key: &str,
    ) -> Result<()> {
        self.set_hidden(staff, question, ActKind::ShowQuestion, (why, key)).await
    }

    async fn set_hidden(
        &self,
        staff: UserId,
        question: QuestionId,
        kind: ActKind,
        (why, key): (&str, &str),
    ) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        let asked = asked(&mut transaction, question).await?.ok_or(Refusal::NotFound)?;
        auctions::lock(&mut transaction, asked.auction).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        let about = About {
            auction: Some(asked.auction),
            user: Some(asked.asker),
            question: Some(question),
            ..About::default()
        };
        let act = Act::new(staff, key, kind, &reason, about);
        if staff::logged(&mut transaction, &act).await? {
            return Ok(());
        }
        let hide = kind == ActKind::HideQuestion;
        if !write(&mut transaction, question, hide.then_some((now, staff))).await? {
            // Somebody else of the staff was first.
            return Ok(());
        }
        staff::log(&mut transaction, &act, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Questions of all auctions, newest first: only those that are hidden, or all; those before the number
    /// `before`.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_questions(
        &self,
        staff: UserId,
        hidden: bool,
        before: Option<i64>,
    ) -> Result<QuestionRows> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let mut rows = page(&mut connection, hidden, before).await?;
        let next = cut(&mut rows, PAGE, |row| row.id.0);
        Ok(QuestionRows { rows, hidden, next })
    }
}

/// Where a question stands, and who asked it.
struct Asked {
    auction: AuctionId,
    asker: UserId,
}

async fn asked(connection: &mut PgConnection, question: QuestionId) -> Result<Option<Asked>> {
    let row = sqlx::query!("SELECT auction_id, asker_id FROM questions WHERE id = $1", question.0);
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Asked { auction: AuctionId(row.auction_id), asker: UserId(row.asker_id) }))
}

/// Hides it, or shows it again; whether that changed anything.
async fn write(
    connection: &mut PgConnection,
    question: QuestionId,
    hidden: Option<(Instant, UserId)>,
) -> Result<bool> {
    let written = sqlx::query!(
        "UPDATE questions SET hidden_at = $2, hidden_by = $3
         WHERE id = $1 AND (hidden_at IS NULL) = ($2::timestamptz IS NOT NULL)",
        question.0,
        hidden.map(|(at, _)| at),
        hidden.map(|(_, staff)| staff.0)
    );
    match written.execute(connection).await?.rows_affected() {
        0 => Ok(false),
        written => expect_rows(written, 1, "a hidden question").map(|()| true),
    }
}

/// A page and one more.
async fn page(
    connection: &mut PgConnection,
    hidden: bool,
    before: Option<i64>,
) -> Result<Vec<StaffQuestion>> {
    let rows = sqlx::query!(
        r#"SELECT q.id, q.auction_id, a.title, q.asker_id, u.nickname,
                  u.closed_at IS NOT NULL AS "has_left!", q.text, q.asked_at, q.answer, q.hidden_at
           FROM questions q JOIN auctions a ON a.id = q.auction_id JOIN users u ON u.id = q.asker_id
           WHERE q.id < $1 AND (NOT $2 OR q.hidden_at IS NOT NULL)
           ORDER BY q.id DESC LIMIT $3"#,
        before.unwrap_or(i64::MAX),
        hidden,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| StaffQuestion {
        id: QuestionId(row.id),
        auction: AuctionId(row.auction_id),
        title: row.title,
        asker: Neighbour { id: UserId(row.asker_id), nickname: row.nickname, has_left: row.has_left },
        text: row.text,
        asked_at: row.asked_at,
        answer: row.answer,
        hidden_at: row.hidden_at,
    });
    Ok(rows.collect())
}
