//! Conversations as they are read: the list of mine, one of them with its messages, and what is unread.

use sqlx::PgConnection;

use super::{Market, Result, auctions, blocks, chat::party, pictures, wallets::money};
use crate::{
    AuctionId, Instant, Refusal, UserId,
    live::{ChatMessage, ChatState, LISTED_IN_FRAME, Party},
    view::{ChatList, ChatPage, ChatSale, Conversation, Cursor, Neighbour},
};

/// Conversations on one page of the list.
pub const CHATS_PAGE: usize = 30;
/// Messages on one page of a conversation.
pub const MESSAGES_PAGE: i64 = 30;

impl Market {
    /// The conversations of `user` behind the cursor `after`, newest first. A cursor that is none is ignored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chats(&self, user: UserId, after: &str) -> Result<ChatList> {
        let mut connection = self.connection().await?;
        let (at, id) = behind(after);
        let mut conversations = chats_rows(&mut connection, user, at, id).await?;
        let next = (conversations.len() > CHATS_PAGE).then(|| {
            conversations.truncate(CHATS_PAGE);
            let last = conversations.last()?;
            Some(Cursor { key: last.at.timestamp_micros(), id: last.sale.id }.encode())
        });
        Ok(ChatList { conversations, next: next.flatten() })
    }

    /// The conversation of a sale as `user` sees it, with the newest messages or those before the number
    /// `before`. Staff may read it when one of the two disputes the sale or has reported the other.
    ///
    /// # Errors
    /// `not_found`, `not_yours`.
    pub async fn chat_page(&self, user: UserId, id: AuctionId, before: Option<i32>) -> Result<ChatPage> {
        let mut transaction = self.snapshot().await?;
        let now = self.clock(&mut transaction).await?;
        let (sale, seller, winner) = chat_page_sale(&mut transaction, id).await?.ok_or(Refusal::NotFound)?;
        let me = party(user, seller.id, winner.id);
        if me.is_none() && !chat_page_is_for_staff(&mut transaction, id, user).await? {
            return Err(Refusal::NotYours.into());
        }
        let i_block = match me {
            Some(Party::Seller) => blocks::blocks(&mut transaction, user, winner.id).await?,
            Some(Party::Winner) => blocks::blocks(&mut transaction, user, seller.id).await?,
            None => false,
        };
        Ok(ChatPage {
            me,
            state: state(&mut transaction, id).await?,
            messages: messages(&mut transaction, id, before, MESSAGES_PAGE).await?,
            i_block,
            blocked: blocks::between(&mut transaction, seller.id, winner.id).await?,
            sale,
            seller,
            winner,
            now,
        })
    }
}

/// Where a page of the list begins. What stands in an address may be anything; no conversation is older than
/// 1970 or newer than the year 9999.
fn behind(after: &str) -> (Instant, i64) {
    const NEWEST: i64 = 253_402_300_799_999_999;
    let cursor = Cursor::decode(after.trim()).unwrap_or(Cursor { key: NEWEST, id: AuctionId(i64::MAX) });
    let at = Instant::from_timestamp_micros(cursor.key.clamp(0, NEWEST)).unwrap_or(Instant::UNIX_EPOCH);
    (at, cursor.id.0)
}

async fn chats_rows(
    connection: &mut PgConnection,
    user: UserId,
    at: Instant,
    id: i64,
) -> Result<Vec<Conversation>> {
    let rows = sqlx::query!(
        r#"SELECT c.auction_id AS "auction_id!", c.at AS "at!", c.is_seller AS "is_seller!",
                  c.unread AS "unread!", a.title, a.art, a.status, a.price_paid AS "price_paid!",
                  (SELECT p.picture_id FROM auction_pictures p WHERE p.auction_id = a.id AND p.position = 0)
                      AS cover,
                  o.id AS other_id, o.nickname, o.closed_at IS NOT NULL AS "has_left!",
                  m.id AS "message_id?", m.number AS "number?",
                  m.sender_id = $1 AS mine, m.text AS "text?", m.picture_id AS "picture_id?",
                  m.at AS "said_at?"
           FROM ((SELECT auction_id, at, last_number, winner_id AS other_id, true AS is_seller,
                         seller_unread AS unread
                  FROM conversations WHERE seller_id = $1 AND (at, auction_id) < ($2, $3)
                  ORDER BY at DESC, auction_id DESC LIMIT $4)
                 UNION ALL
                 (SELECT auction_id, at, last_number, seller_id, false, winner_unread
                  FROM conversations WHERE winner_id = $1 AND (at, auction_id) < ($2, $3)
                  ORDER BY at DESC, auction_id DESC LIMIT $4)) c
                JOIN auctions a ON a.id = c.auction_id JOIN users o ON o.id = c.other_id
                LEFT JOIN messages m ON m.auction_id = c.auction_id AND m.number = c.last_number
           ORDER BY c.at DESC, c.auction_id DESC LIMIT $4"#,
        user.0,
        at,
        id,
        i64::try_from(CHATS_PAGE).unwrap_or(i64::MAX).saturating_add(1)
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let me = if row.is_seller { Party::Seller } else { Party::Winner };
            let last = match (row.message_id, row.number, row.text, row.said_at) {
                (Some(id), Some(number), Some(text), Some(at)) => Some(ChatMessage {
                    id,
                    number,
                    from: if row.mine == Some(true) { me } else { me.other() },
                    text,
                    picture: row.picture_id.map(pictures::id).transpose()?,
                    at,
                }),
                _ => None,
            };
            Ok(Conversation {
                sale: ChatSale {
                    id: AuctionId(row.auction_id),
                    title: row.title,
                    art: row.art,
                    picture: row.cover.map(pictures::id).transpose()?,
                    status: auctions::status_code(&row.status)?,
                    price_paid: money(row.price_paid)?,
                },
                other: Neighbour { id: UserId(row.other_id), nickname: row.nickname, has_left: row.has_left },
                last,
                me,
                unread: row.unread,
                at: row.at,
            })
        })
        .collect()
}

/// The sale, its seller and its winner.
async fn chat_page_sale(
    connection: &mut PgConnection,
    id: AuctionId,
) -> Result<Option<(ChatSale, Neighbour, Neighbour)>> {
    let row = sqlx::query!(
        r#"SELECT a.title, a.art, a.status, a.price_paid AS "price_paid!", c.seller_id, c.winner_id,
                  (SELECT p.picture_id FROM auction_pictures p WHERE p.auction_id = a.id AND p.position = 0)
                      AS cover,
                  s.nickname AS seller, s.closed_at IS NOT NULL AS "seller_left!",
                  w.nickname AS winner, w.closed_at IS NOT NULL AS "winner_left!"
           FROM conversations c JOIN auctions a ON a.id = c.auction_id
                JOIN users s ON s.id = c.seller_id JOIN users w ON w.id = c.winner_id
           WHERE c.auction_id = $1"#,
        id.0
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let sale = ChatSale {
        id,
        title: row.title,
        art: row.art,
        picture: row.cover.map(pictures::id).transpose()?,
        status: auctions::status_code(&row.status)?,
        price_paid: money(row.price_paid)?,
    };
    let neighbour = |id, nickname, has_left| Neighbour { id: UserId(id), nickname, has_left };
    let seller = neighbour(row.seller_id, row.seller, row.seller_left);
    let winner = neighbour(row.winner_id, row.winner, row.winner_left);
    Ok(Some((sale, seller, winner)))
}

/// Whether `user` is staff, and one of the two parties has called for them.
async fn chat_page_is_for_staff(connection: &mut PgConnection, id: AuctionId, user: UserId) -> Result<bool> {
    let called = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM users WHERE id = $2 AND is_staff)
                  AND (EXISTS (SELECT FROM auctions WHERE id = $1 AND status = 'disputed')
                       OR EXISTS (SELECT FROM reports WHERE auction_id = $1 AND subject = 'message')
                       OR EXISTS (SELECT FROM conversations c JOIN reports r
                                      ON r.subject = 'user'
                                         AND ((r.reporter_id = c.seller_id AND r.subject_id = c.winner_id)
                                           OR (r.reporter_id = c.winner_id AND r.subject_id = c.seller_id))
                                  WHERE c.auction_id = $1)) AS "called!""#,
        id.0,
        user.0
    );
    Ok(called.fetch_one(connection).await?)
}

/// The state of a conversation; whoever calls it has a snapshot, or the conversation's lock.
///
/// # Errors
/// `not_found`.
pub(super) async fn state(connection: &mut PgConnection, id: AuctionId) -> Result<ChatState> {
    let row = sqlx::query!(
        "SELECT seq, last_number, seller_read, winner_read FROM conversations WHERE auction_id = $1",
        id.0
    );
    let row = row.fetch_optional(&mut *connection).await?.ok_or(Refusal::NotFound)?;
    let newest = i64::try_from(LISTED_IN_FRAME).unwrap_or(i64::MAX);
    Ok(ChatState {
        id,
        seq: row.seq,
        last_number: row.last_number,
        seller_read: row.seller_read,
        winner_read: row.winner_read,
        messages: messages(connection, id, None, newest).await?,
    })
}

/// The newest messages before the number `before`, oldest first.
async fn messages(
    connection: &mut PgConnection,
    id: AuctionId,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<ChatMessage>> {
    let rows = sqlx::query!(
        r#"SELECT m.id, m.number, m.sender_id = c.seller_id AS "from_seller!", m.text, m.picture_id, m.at
           FROM messages m JOIN conversations c ON c.auction_id = m.auction_id
           WHERE m.auction_id = $1 AND m.number < $2 ORDER BY m.number DESC LIMIT $3"#,
        id.0,
        before.unwrap_or(i32::MAX),
        limit
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .rev()
        .map(|row| {
            Ok(ChatMessage {
                id: row.id,
                number: row.number,
                from: if row.from_seller { Party::Seller } else { Party::Winner },
                text: row.text,
                picture: row.picture_id.map(pictures::id).transpose()?,
                at: row.at,
            })
        })
        .collect()
}

/// How many messages of all his conversations `user` has not read.
pub(super) async fn unread_messages(connection: &mut PgConnection, user: UserId) -> Result<i64> {
    let unread = sqlx::query_scalar!(
        r#"SELECT coalesce(sum(unread), 0)::bigint AS "unread!"
           FROM (SELECT seller_unread AS unread FROM conversations WHERE seller_id = $1 AND seller_unread > 0
                 UNION ALL
                 SELECT winner_unread FROM conversations WHERE winner_id = $1 AND winner_unread > 0) c"#,
        user.0
    );
    Ok(unread.fetch_one(connection).await?)
}
