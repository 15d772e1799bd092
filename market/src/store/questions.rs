//! Questions about an auction and their answers. All of them are written under the lock of their auction: so
//! the limit of open questions holds, a question is answered once, and its notices meet no other writer.

use sqlx::PgConnection;

use super::{Change, Error, Market, Result, auctions, blocks, expect_rows, notices, notices::Notify};
use crate::{
    AuctionId, Instant, QuestionId, Refusal, UserId,
    questions::{self, Asker},
    view::{Answer, NoticeKind, Question, Questions},
};

/// Questions on a page, and in each further piece of the list.
const SHOWN: usize = 20;

impl Market {
    /// Asks about an auction, in public. The same key of the same asker asks once.
    ///
    /// # Errors
    /// `malformed`: a senseless key. `fields`: no question, one that is too long, or too many open ones.
    /// `not_found`, `key_reused`, `not_yours` for the seller, `blocked`, `ended`, `busy`.
    pub async fn ask_question(
        &self,
        asker: UserId,
        id: AuctionId,
        key: &str,
        typed: &str,
    ) -> Result<QuestionId> {
        super::check_key(key)?;
        let text = questions::question(typed)?;
        let mut transaction = self.begin().await?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        if let Some(known) = ask_known(&mut transaction, asker, key).await? {
            let same = known.auction == id && known.text == text;
            return if same { Ok(known.id) } else { Err(Refusal::KeyReused.into()) };
        }
        let seller = record.auction.seller;
        let asking = Asker {
            user: asker,
            blocked: blocks::between(&mut transaction, seller, asker).await?,
            open: ask_open(&mut transaction, asker, id).await?,
        };
        questions::may_ask(&record.auction, asking, now)?;
        let question = ask_insert(&mut transaction, asker, id, (key, &text), now).await?;
        tell(&mut transaction, id, (seller, NoticeKind::Question), now).await?;
        transaction.commit().await?;
        self.publish(Change::People(vec![seller].into()));
        Ok(question)
    }

    /// The seller answers a question, once. The same words again are the same answer.
    ///
    /// # Errors
    /// `fields`: no answer, or one that is too long. `not_found` for hidden ones too, `not_yours`,
    /// `already_answered`, `busy`.
    pub async fn answer_question(&self, seller: UserId, question: QuestionId, typed: &str) -> Result<()> {
        let text = questions::answer(typed)?;
        let mut transaction = self.begin().await?;
        let id = auction_of(&mut transaction, question).await?.ok_or(Refusal::NotFound)?;
        let record = auctions::lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let now = self.clock(&mut transaction).await?;
        if record.auction.seller != seller {
            return Err(Refusal::NotYours.into());
        }
        let asked = answer_asked(&mut transaction, question).await?.ok_or(Refusal::NotFound)?;
        match asked.answer {
            Some(answer) if answer == text => return Ok(()),
            Some(_) => return Err(Refusal::AlreadyAnswered.into()),
            None => {}
        }
        answer_write(&mut transaction, question, &text, now).await?;
        tell(&mut transaction, id, (asked.asker, NoticeKind::Answer), now).await?;
        transaction.commit().await?;
        self.publish(Change::People(vec![asked.asker].into()));
        Ok(())
    }

    /// The questions of an auction asked before the one called `before`, newest first.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn questions_before(
        &self,
        id: AuctionId,
        before: QuestionId,
        viewer: Option<UserId>,
    ) -> Result<Questions> {
        let mut connection = self.connection().await?;
        auctions::load(&mut connection, id).await?.ok_or(Refusal::NotFound)?;
        shown(&mut connection, id, Some(before), viewer).await
    }
}

/// A piece of the list as `viewer` sees it: the newest, or those before one of them.
pub(super) async fn shown(
    connection: &mut PgConnection,
    id: AuctionId,
    before: Option<QuestionId>,
    viewer: Option<UserId>,
) -> Result<Questions> {
    let rows = sqlx::query!(
        r#"SELECT q.id, CASE WHEN u.closed_at IS NULL THEN u.nickname END AS asker,
                  q.asker_id = $3 AS mine, q.text, q.asked_at, q.answer, q.answered_at
           FROM questions q JOIN users u ON u.id = q.asker_id
           WHERE q.auction_id = $1 AND q.hidden_at IS NULL AND q.id < $2
           ORDER BY q.id DESC LIMIT $4"#,
        id.0,
        before.map_or(i64::MAX, |before| before.0),
        viewer.map(|viewer| viewer.0),
        i64::try_from(SHOWN + 1).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(connection).await?;
    let more = rows.len() > SHOWN;
    let shown = rows.into_iter().take(SHOWN).map(|row| Question {
        id: QuestionId(row.id),
        asker: row.asker,
        mine: row.mine.unwrap_or(false),
        text: row.text,
        asked_at: row.asked_at,
        answer: row.answer.zip(row.answered_at).map(|(text, at)| Answer { text, at }),
    });
    Ok(Questions { shown: shown.collect(), more })
}

/// A question that the key has asked before.
struct Known {
    id: QuestionId,
    auction: AuctionId,
    text: String,
}

async fn ask_known(connection: &mut PgConnection, asker: UserId, key: &str) -> Result<Option<Known>> {
    let row = sqlx::query!(
        "SELECT id, auction_id, text FROM questions WHERE asker_id = $1 AND key = $2",
        asker.0,
        key
    );
    let row = row.fetch_optional(connection).await?;
    let known = |(id, auction, text)| Known { id: QuestionId(id), auction: AuctionId(auction), text };
    Ok(row.map(|row| known((row.id, row.auction_id, row.text))))
}

/// How many of his wait for an answer; hidden ones too, so that hiding makes no room for more.
async fn ask_open(connection: &mut PgConnection, asker: UserId, id: AuctionId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM questions
           WHERE auction_id = $1 AND asker_id = $2 AND answered_at IS NULL"#,
        id.0,
        asker.0
    );
    Ok(count.fetch_one(connection).await?)
}

async fn ask_insert(
    connection: &mut PgConnection,
    asker: UserId,
    id: AuctionId,
    (key, text): (&str, &str),
    now: Instant,
) -> Result<QuestionId> {
    let question = sqlx::query_scalar!(
        "INSERT INTO questions (auction_id, asker_id, key, text, asked_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
        id.0,
        asker.0,
        key,
        text,
        now
    );
    question.fetch_one(connection).await.map(QuestionId).map_err(ask_error)
}

/// Under the lock of one auction a key is looked up before it is used; under those of two at once it may be
/// used twice, and the second is another request.
fn ask_error(error: sqlx::Error) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    if constraint == Some("questions_key_once") { Refusal::KeyReused.into() } else { error.into() }
}

struct Asked {
    asker: UserId,
    answer: Option<String>,
}

async fn answer_asked(connection: &mut PgConnection, question: QuestionId) -> Result<Option<Asked>> {
    let row = sqlx::query!(
        "SELECT asker_id, answer FROM questions WHERE id = $1 AND hidden_at IS NULL",
        question.0
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Asked { asker: UserId(row.asker_id), answer: row.answer }))
}

async fn answer_write(
    connection: &mut PgConnection,
    question: QuestionId,
    text: &str,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE questions SET answer = $2, answered_at = $3 WHERE id = $1 AND answered_at IS NULL",
        question.0,
        text,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "answer")
}

async fn auction_of(connection: &mut PgConnection, question: QuestionId) -> Result<Option<AuctionId>> {
    let id = sqlx::query_scalar!("SELECT auction_id FROM questions WHERE id = $1", question.0);
    Ok(id.fetch_optional(connection).await?.map(AuctionId))
}

async fn tell(
    connection: &mut PgConnection,
    id: AuctionId,
    (user, kind): (UserId, NoticeKind),
    now: Instant,
) -> Result<()> {
    notices::write(connection, &[Notify { auction: id, user, kind, amount: None, times: 1 }], now).await
}
