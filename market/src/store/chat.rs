//! What the two parties of a sale say to each other. The conversation's row is locked by all who say or read
//! something in it, and with it no other but notices: so messages are numbered without gaps, and what is
//! unread is counted.

use sqlx::PgConnection;

use super::{
    Change, Market, Result, blocks,
    chat_pages::state,
    check_key, expect_rows,
    notices::{self, Notify},
    pictures,
};
use crate::{
    AuctionId, Instant, PictureId, Refusal, UserId,
    live::{ChatState, Party},
    talk::Say,
    view::NoticeKind,
};

/// A conversation, locked.
struct Locked {
    id: AuctionId,
    seller: UserId,
    winner: UserId,
    last_number: i32,
    seller_read: i32,
    winner_read: i32,
}

impl Locked {
    fn party(&self, user: UserId) -> std::result::Result<Party, Refusal> {
        party(user, self.seller, self.winner).ok_or(Refusal::NotYours)
    }

    fn user(&self, party: Party) -> UserId {
        match party {
            Party::Seller => self.seller,
            Party::Winner => self.winner,
        }
    }

    fn read_by(&self, party: Party) -> i32 {
        match party {
            Party::Seller => self.seller_read,
            Party::Winner => self.winner_read,
        }
    }
}

impl Market {
    /// Who `user` is in the conversation of a sale, if he is one of the two.
    ///
    /// # Errors
    /// `not_found`: there is no winner to talk with.
    pub async fn chat_party(&self, id: AuctionId, user: UserId) -> Result<Option<Party>> {
        let row = sqlx::query!("SELECT seller_id, winner_id FROM conversations WHERE auction_id = $1", id.0);
        let row = row.fetch_optional(&mut *self.connection().await?).await?.ok_or(Refusal::NotFound)?;
        Ok(party(user, UserId(row.seller_id), UserId(row.winner_id)))
    }

    /// The whole current state of a conversation, in one snapshot.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn chat_state(&self, id: AuctionId) -> Result<ChatState> {
        state(&mut *self.snapshot().await?, id).await
    }

    /// `user` says something to the other party. The same key says it once and answers with the conversation
    /// as it stands.
    ///
    /// # Errors
    /// `not_found`, `not_yours`: not his sale, or not his picture; `malformed`: a senseless key;
    /// `key_reused`, `blocked`, `busy`.
    pub async fn send_message(&self, user: UserId, id: AuctionId, say: &Say, key: &str) -> Result<ChatState> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        let chat = lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let from = chat.party(user)?;
        if let Some(known) = send_message_known(&mut transaction, user, key).await? {
            if known != (id, say.clone()) {
                return Err(Refusal::KeyReused.into());
            }
            return state(&mut transaction, id).await;
        }
        if blocks::between(&mut transaction, chat.seller, chat.winner).await? {
            return Err(Refusal::Blocked.into());
        }
        if let Some(picture) = say.picture() {
            pictures::check_own(&mut transaction, user, std::slice::from_ref(picture)).await?;
        }
        let now = self.clock(&mut transaction).await?;
        send_message_insert(&mut transaction, &chat, user, say, key, now).await?;
        send_message_count(&mut transaction, id, from, now).await?;
        let other = chat.user(from.other());
        let notice = Notify { auction: id, user: other, kind: NoticeKind::Message, amount: None, times: 1 };
        notices::write(&mut transaction, &[notice], now).await?;
        let state = state(&mut transaction, id).await?;
        transaction.commit().await?;
        self.publish(Change::Chat(id));
        self.publish(Change::People(vec![other].into()));
        Ok(state)
    }

    /// `user` has read up to the message of that number; a lower one than before changes nothing. Who has
    /// read everything has read its notice, too.
    ///
    /// # Errors
    /// `not_found`, `not_yours`, `busy`.
    pub async fn read_chat(&self, user: UserId, id: AuctionId, up_to: i32) -> Result<()> {
        let mut transaction = self.begin().await?;
        let chat = lock(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let me = chat.party(user)?;
        let up_to = up_to.min(chat.last_number);
        let moved = up_to > chat.read_by(me);
        if moved {
            read_chat_mark(&mut transaction, id, (user, me), up_to).await?;
        }
        let now = self.clock(&mut transaction).await?;
        let told = up_to == chat.last_number && read_chat_notice(&mut transaction, id, user, now).await?;
        transaction.commit().await?;
        if moved {
            self.publish(Change::Chat(id));
        }
        if moved || told {
            self.publish(Change::People(vec![user].into()));
        }
        Ok(())
    }
}

/// Which of the two `user` is.
pub(super) fn party(user: UserId, seller: UserId, winner: UserId) -> Option<Party> {
    match user {
        user if user == seller => Some(Party::Seller),
        user if user == winner => Some(Party::Winner),
        _ => None,
    }
}

async fn lock(connection: &mut PgConnection, id: AuctionId) -> Result<Option<Locked>> {
    let row = sqlx::query!(
        "SELECT seller_id, winner_id, last_number, seller_read, winner_read
         FROM conversations WHERE auction_id = $1 FOR NO KEY UPDATE",
        id.0
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Locked {
        id,
        seller: UserId(row.seller_id),
        winner: UserId(row.winner_id),
        last_number: row.last_number,
        seller_read: row.seller_read,
        winner_read: row.winner_read,
    }))
}

/// What `user` said under that key before, and where.
async fn send_message_known(
    connection: &mut PgConnection,
    user: UserId,
    key: &str,
) -> Result<Option<(AuctionId, Say)>> {
    let row = sqlx::query!(
        "SELECT auction_id, text, picture_id FROM messages WHERE sender_id = $1 AND key = $2",
        user.0,
        key
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let picture = row.picture_id.map(pictures::id).transpose()?;
    Ok(Some((AuctionId(row.auction_id), Say::check(&row.text, picture)?)))
}

async fn send_message_insert(
    connection: &mut PgConnection,
    chat: &Locked,
    user: UserId,
    say: &Say,
    key: &str,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "INSERT INTO messages (auction_id, number, sender_id, key, text, picture_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        chat.id.0,
        chat.last_number + 1,
        user.0,
        key,
        say.text(),
        say.picture().map(PictureId::as_str),
        now
    );
    let written = match written.execute(connection).await {
        // The same key at the same moment in another conversation: its lock is not ours.
        Err(error) if is_repeated_key(&error) => return Err(Refusal::KeyReused.into()),
        written => written?,
    };
    expect_rows(written.rows_affected(), 1, "a message")
}

fn is_repeated_key(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.constraint()) == Some("messages_key_once")
}

async fn send_message_count(
    connection: &mut PgConnection,
    id: AuctionId,
    from: Party,
    now: Instant,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE conversations
         SET last_number = last_number + 1, at = $3, seq = seq + 1,
             seller_unread = seller_unread + CASE WHEN $2 THEN 0 ELSE 1 END,
             winner_unread = winner_unread + CASE WHEN $2 THEN 1 ELSE 0 END
         WHERE auction_id = $1",
        id.0,
        from == Party::Seller,
        now
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a conversation")
}

async fn read_chat_mark(
    connection: &mut PgConnection,
    id: AuctionId,
    (user, me): (UserId, Party),
    up_to: i32,
) -> Result<()> {
    let written = sqlx::query!(
        "UPDATE conversations c
         SET seq = seq + 1,
             seller_read = CASE WHEN $3 THEN $4 ELSE seller_read END,
             winner_read = CASE WHEN $3 THEN winner_read ELSE $4 END,
             seller_unread = CASE WHEN $3 THEN u.unread ELSE seller_unread END,
             winner_unread = CASE WHEN $3 THEN winner_unread ELSE u.unread END
         FROM (SELECT count(*)::integer AS unread FROM messages
               WHERE auction_id = $1 AND number > $4 AND sender_id <> $2) u
         WHERE c.auction_id = $1",
        id.0,
        user.0,
        me == Party::Seller,
        up_to
    );
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a conversation")
}

/// Reads the notice of a conversation; whether there was one.
async fn read_chat_notice(
    connection: &mut PgConnection,
    id: AuctionId,
    user: UserId,
    now: Instant,
) -> Result<bool> {
    let read = sqlx::query!(
        "UPDATE notices SET read_at = $4
         WHERE user_id = $1 AND auction_id = $2 AND kind = $3 AND read_at IS NULL",
        user.0,
        id.0,
        NoticeKind::Message.as_str(),
        now
    );
    Ok(read.execute(connection).await?.rows_affected() > 0)
}
