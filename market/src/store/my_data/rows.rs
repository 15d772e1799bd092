//! The rows of each part. Each is what a person would understand; the names are those of the file.

use sqlx::PgConnection;

use super::{AT_A_TIME, DataPart};
use crate::{Instant, UserId, store::Result};

/// A page of rows: each with the number that orders them.
pub(super) type Rows = Vec<(i64, String)>;

/// Reads a page: `$1` whose, `$2` behind which row, `$3` how many.
macro_rules! page {
    ($connection:expr, $user:expr, $after:expr, $sql:tt) => {
        sqlx::query!($sql, $user.0, $after, AT_A_TIME)
            .fetch_all($connection)
            .await?
            .into_iter()
            .map(|row| (row.number, row.json))
            .collect()
    };
}

/// Who he is, where he is signed in, and his money.
pub(super) async fn money_rows(
    connection: &mut PgConnection,
    user: UserId,
    part: DataPart,
    after: i64,
) -> Result<Rows> {
    Ok(match part {
        DataPart::Account => page!(
            connection,
            user,
            after,
            r#"SELECT u.id AS number, json_build_object('username', u.username, 'nickname', u.nickname,
                      'email', u.email, 'region', r.full_name, 'language', u.language,
                      'since', u.created_at)::text AS "json!"
               FROM users u JOIN regions r ON r.code = u.region_code
               WHERE u.id = $1 AND u.id > $2 LIMIT $3"#
        ),
        DataPart::Sessions => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('browser', user_agent, 'since', created_at,
                      'last_seen', last_seen_at, 'expires', expires_at, 'ended', revoked_at)::text AS "json!"
               FROM sessions WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::AccessTokens => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('name', name, 'scopes', scopes, 'since', created_at,
                      'last_used', used_on, 'expires', expires_at, 'ended', revoked_at)::text AS "json!"
               FROM access_tokens WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::Wallet => page!(
            connection,
            user,
            after,
            r#"SELECT user_id AS number,
                      json_build_object('available', available, 'held', held)::text AS "json!"
               FROM wallets WHERE user_id = $1 AND user_id > $2 LIMIT $3"#
        ),
        DataPart::Payments => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('direction', direction, 'amount', amount,
                      'reference', reference, 'state', state, 'at', at)::text AS "json!"
               FROM payments WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        _ => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('kind', kind, 'available', available, 'held', held,
                      'available_after', available_after, 'held_after', held_after, 'auction', auction_id,
                      'at', at)::text AS "json!"
               FROM ledger_rows WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
    })
}

/// What he sells, bids on, watches and asks.
pub(super) async fn market_rows(
    connection: &mut PgConnection,
    user: UserId,
    part: DataPart,
    after: i64,
) -> Result<Rows> {
    Ok(match part {
        DataPart::Auctions => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('auction', id, 'title', title,
                      'description', description,
                      'condition', condition, 'shipping', shipping, 'reach', reach, 'region', region_code,
                      'start_price', start_price, 'increment', increment, 'buy_now', buy_now,
                      'reserve', reserve, 'settlement', settlement, 'opened', opened_at, 'starts', starts_at,
                      'ends', ends_at, 'status', status, 'price', price, 'price_paid', price_paid,
                      'closed', closed_at, 'pictures', ARRAY(SELECT p.picture_id FROM auction_pictures p
                          WHERE p.auction_id = a.id ORDER BY p.position))::text AS "json!"
               FROM auctions a WHERE seller_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::Bids => page!(
            connection,
            user,
            after,
            r#"SELECT b.id AS number, json_build_object('auction', b.auction_id, 'amount', b.amount,
                      'automatic', b.automatic, 'reply', b.reply, 'price_after', b.price_after,
                      'at', b.at)::text AS "json!"
               FROM bidders x JOIN bids b ON b.auction_id = x.auction_id AND b.user_id = x.user_id
               WHERE x.user_id = $1 AND b.id > $2 ORDER BY b.id LIMIT $3"#
        ),
        DataPart::Watches => page!(
            connection,
            user,
            after,
            r#"SELECT auction_id AS number,
                      json_build_object('auction', auction_id, 'at', at)::text AS "json!"
               FROM watches WHERE user_id = $1 AND auction_id > $2 ORDER BY auction_id LIMIT $3"#
        ),
        DataPart::SavedSearches => page!(
            connection,
            user,
            after,
            r#"SELECT s.id AS number, json_build_object('words', s.q, 'region', s.region_code,
                      'category', c.slug, 'min_price', s.min_price, 'max_price', s.max_price,
                      'condition', s.condition, 'reach', s.reach, 'since', s.created_at)::text AS "json!"
               FROM saved_searches s LEFT JOIN categories c ON c.id = s.category_id
               WHERE s.user_id = $1 AND s.id > $2 ORDER BY s.id LIMIT $3"#
        ),
        _ => page!(
            connection,
            user,
            after,
            r#"SELECT user_id AS number, json_build_object('draft', draft, 'at', at)::text AS "json!"
               FROM drafts WHERE user_id = $1 AND user_id > $2 LIMIT $3"#
        ),
    })
}

/// What he asked, and what he answered.
pub(super) async fn asked_rows(
    connection: &mut PgConnection,
    user: UserId,
    part: DataPart,
    after: i64,
) -> Result<Rows> {
    Ok(match part {
        DataPart::Questions => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('auction', auction_id, 'text', text,
                      'at', asked_at)::text AS "json!"
               FROM questions WHERE asker_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        _ => page!(
            connection,
            user,
            after,
            r#"SELECT q.id AS number, json_build_object('auction', q.auction_id, 'text', q.answer,
                      'at', q.answered_at)::text AS "json!"
               FROM auctions a JOIN questions q ON q.auction_id = a.id
               WHERE a.seller_id = $1 AND q.answer IS NOT NULL AND q.id > $2 ORDER BY q.id LIMIT $3"#
        ),
    })
}

/// What he wrote to and of others.
pub(super) async fn talk_rows(
    connection: &mut PgConnection,
    user: UserId,
    part: DataPart,
    after: i64,
) -> Result<Rows> {
    Ok(match part {
        DataPart::Messages => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('auction', auction_id, 'text', text,
                      'picture', picture_id, 'at', at)::text AS "json!"
               FROM messages WHERE sender_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::DisputeMessages => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('auction', auction_id, 'text', text,
                      'picture', picture_id, 'at', at)::text AS "json!"
               FROM dispute_messages WHERE author_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::ReviewsWritten => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('auction', auction_id, 'stars', stars, 'text', body,
                      'at', at, 'shown', shown_at)::text AS "json!"
               FROM reviews WHERE author_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::Blocks => page!(
            connection,
            user,
            after,
            r#"SELECT blocked_id AS number,
                      json_build_object('person', blocked_id, 'at', at)::text AS "json!"
               FROM blocks WHERE blocker_id = $1 AND blocked_id > $2 ORDER BY blocked_id LIMIT $3"#
        ),
        _ => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('subject', subject, 'auction', auction_id,
                      'reason', reason, 'text', text, 'at', at, 'outcome', outcome)::text AS "json!"
               FROM reports WHERE reporter_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
    })
}

/// What he was told, and how he wants to be. A browser's address and keys are secrets: with them anybody
/// could wake it.
pub(super) async fn told_rows(
    connection: &mut PgConnection,
    user: UserId,
    part: DataPart,
    after: i64,
) -> Result<Rows> {
    Ok(match part {
        DataPart::Notices => page!(
            connection,
            user,
            after,
            r#"SELECT id AS number, json_build_object('kind', kind, 'auction', auction_id, 'amount', amount,
                      'times', times, 'at', at, 'read', read_at)::text AS "json!"
               FROM notices WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"#
        ),
        DataPart::NoticeSettings => page!(
            connection,
            user,
            after,
            r#"SELECT user_id AS number, json_build_object('toast', toast, 'mail', mail, 'push', push,
                      'quiet_from_minute', quiet_from, 'quiet_to_minute', quiet_to)::text AS "json!"
               FROM notice_settings WHERE user_id = $1 AND user_id > $2 LIMIT $3"#
        ),
        _ => page!(
            connection,
            user,
            after,
            r#"SELECT d.id AS number, json_build_object('browser', s.user_agent,
                      'service', substring(d.endpoint from '^https?://[^/]+'), 'since', d.at)::text AS "json!"
               FROM devices d JOIN sessions s ON s.token_sha256 = d.session_sha256
               WHERE d.user_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3"#
        ),
    })
}

/// Reviews of him that are seen by now.
pub(super) async fn received_rows(
    connection: &mut PgConnection,
    user: UserId,
    after: i64,
    now: Instant,
) -> Result<Rows> {
    let rows = sqlx::query!(
        r#"SELECT id, json_build_object('auction', auction_id, 'as_seller', of_seller, 'stars', stars,
                  'text', body, 'at', at)::text AS "json!"
           FROM reviews WHERE subject_id = $1 AND id > $2 AND shown_at <= $3 ORDER BY id LIMIT $4"#,
        user.0,
        after,
        now,
        AT_A_TIME
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.id, row.json)).collect())
}
