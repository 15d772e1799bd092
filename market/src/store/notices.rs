//! Notices: rows of the same transaction as their cause (defect K4). What shows them is [`super::inbox`].

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Error, Result, outbox, wallets::money};
use crate::{
    AuctionId, Instant, Money, NoticeId, UserId,
    notice::Channel,
    view::{Notice, NoticeKind},
};

/// A notice to be written.
pub(super) struct Notify {
    pub auction: AuctionId,
    pub user: UserId,
    pub kind: NoticeKind,
    pub amount: Option<Money>,
    pub times: i32,
}

/// Writes notices, and what of them goes out of the house, in one statement. Unread ones of the same kind are
/// counted up instead of repeated, and so is what waits to be sent; these rows belong to auctions whose locks
/// the transaction holds, so no two writers meet here.
///
/// Whom no channel leads to costs two look-ups in an index: bids write notices too.
pub(super) async fn write(connection: &mut PgConnection, notices: &[Notify], now: Instant) -> Result<()> {
    if notices.is_empty() {
        return Ok(());
    }
    let amounts: Vec<_> = notices.iter().map(|notice| notice.amount.map(Money::to_decimal)).collect();
    let written = sqlx::query_scalar!(
        r#"WITH told AS (
             INSERT INTO notices (user_id, kind, auction_id, amount, times, at)
             SELECT u.user_id, u.kind, u.auction_id, u.amount, u.times, $2
             FROM unnest($1::bigint[], $3::bigint[], $4::text[], $5::numeric[], $6::integer[])
                  AS u (auction_id, user_id, kind, amount, times)
             ON CONFLICT (user_id, auction_id, kind) WHERE read_at IS NULL
             DO UPDATE SET times = notices.times + excluded.times, amount = excluded.amount,
                           at = excluded.at, seq = nextval('notice_seq')
             RETURNING id, user_id, auction_id, kind
           ), posted AS (
             INSERT INTO outbox (user_id, kind, auction_id, notice_id, device_id, due_at)
             SELECT t.user_id, t.kind, t.auction_id, t.id, way.device_id, $2
             FROM told t LEFT JOIN notice_settings s ON s.user_id = t.user_id
             CROSS JOIN LATERAL (
               SELECT NULL::bigint AS device_id FROM users u
               WHERE t.kind = ANY (coalesce(s.mail, $7)) AND u.id = t.user_id AND u.email IS NOT NULL
               UNION ALL
               SELECT d.id FROM devices d
               WHERE t.kind = ANY (coalesce(s.push, $8)) AND d.user_id = t.user_id
             ) AS way
             ON CONFLICT (user_id, auction_id, kind, device_id) WHERE kind IS NOT NULL
             DO UPDATE SET
               notice_id = excluded.notice_id, version = outbox.version + 1,
               closed_at = NULL, outcome = NULL,
               attempts = CASE WHEN outbox.closed_at IS NULL THEN outbox.attempts ELSE 0 END,
               due_at = CASE WHEN outbox.closed_at IS NULL THEN outbox.due_at
                             WHEN outbox.outcome <> 'sent' THEN excluded.due_at
                             WHEN outbox.device_id IS NULL
                             THEN greatest(excluded.due_at, outbox.closed_at + $9::interval)
                             ELSE greatest(excluded.due_at, outbox.closed_at + $10::interval) END
           )
           SELECT count(*) AS "written!" FROM told"#,
        &notices.iter().map(|notice| notice.auction.0).collect::<Vec<_>>(),
        now,
        &notices.iter().map(|notice| notice.user.0).collect::<Vec<_>>(),
        &notices.iter().map(|notice| notice.kind.as_str().to_owned()).collect::<Vec<_>>(),
        &amounts as &[Option<Decimal>],
        &notices.iter().map(|notice| notice.times).collect::<Vec<_>>(),
        &words(Channel::Mail.usual()),
        &words(Channel::Push.usual()),
        outbox::interval(Channel::Mail.pause()),
        outbox::interval(Channel::Push.pause()),
    );
    let written = written.fetch_one(connection).await?;
    if usize::try_from(written) == Ok(notices.len()) {
        Ok(())
    } else {
        Err(Error::Broken(format!("notices: {written} written instead of {}", notices.len())))
    }
}

/// Tells every bidder but `except` how the auction ended: two statements, however many they are.
pub(super) async fn write_to_bidders(
    connection: &mut PgConnection,
    auction: AuctionId,
    except: Option<UserId>,
    kind: NoticeKind,
    now: Instant,
) -> Result<Vec<UserId>> {
    let users = sqlx::query_scalar!(
        "SELECT user_id FROM bidders WHERE auction_id = $1 AND user_id IS DISTINCT FROM $2",
        auction.0,
        except.map(|user| user.0)
    );
    let users: Vec<UserId> = users.fetch_all(&mut *connection).await?.into_iter().map(UserId).collect();
    let notices: Vec<Notify> =
        users.iter().map(|&user| Notify { auction, user, kind, amount: None, times: 1 }).collect();
    write(connection, &notices, now).await?;
    Ok(users)
}

/// Kinds as the books write them.
pub(super) fn words(kinds: &[NoticeKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}

/// The kind of that word.
pub(super) fn kind(word: &str) -> Result<NoticeKind> {
    NoticeKind::from_name(word).ok_or_else(|| Error::Broken(format!("notice {word}")))
}

/// A notice as it lies in the books.
pub(super) struct NoticeRow {
    pub id: i64,
    pub kind: String,
    pub auction_id: i64,
    pub title: String,
    pub times: i32,
    pub amount: Option<Decimal>,
    pub at: Instant,
    pub read_at: Option<Instant>,
    pub seq: i64,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = Error;

    fn try_from(row: NoticeRow) -> Result<Self> {
        Ok(Self {
            id: NoticeId(row.id),
            kind: kind(&row.kind)?,
            auction: AuctionId(row.auction_id),
            title: row.title,
            times: row.times,
            amount: row.amount.map(money).transpose()?,
            at: row.at,
            read: row.read_at.is_some(),
            seq: row.seq,
        })
    }
}
