//! What waits in the outbox, read with all that decides whether it is sent now.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Error, Result,
    notice_settings::{kinds, language, quiet},
    notices::{NoticeRow, kind},
    outbox::{Contents, Destination, Device, Parcel},
};
use crate::{
    Instant,
    notice::{Channel, Fate, STALE, Waiting},
    view::{Notice, NoticeKind},
};

/// A row of the outbox, its receiver, his settings, his device, the notice and its auction.
struct Row {
    id: i64,
    attempts: i16,
    version: i32,
    lease: Instant,
    device_id: Option<i64>,
    address: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    email: Option<String>,
    language: String,
    mail: Option<Vec<String>>,
    push: Option<Vec<String>>,
    quiet_from: Option<i16>,
    quiet_to: Option<i16>,
    endpoint: Option<String>,
    public_key: Option<String>,
    secret: Option<String>,
    notice_id: Option<i64>,
    kind: Option<String>,
    auction_id: Option<i64>,
    title: Option<String>,
    is_running: Option<bool>,
    leads: Option<bool>,
    times: Option<i32>,
    amount: Option<Decimal>,
    at: Option<Instant>,
    read_at: Option<Instant>,
    seq: Option<i64>,
}

/// Something that was taken, and what becomes of it.
pub(super) struct Taken {
    row: Row,
    due: Instant,
    /// Of a notice: what decides about it, and where it goes if it can still go anywhere.
    notice: Option<(Waiting, Option<Destination>)>,
}

/// Reads the rows that were taken, each with the instant at which it became due.
pub(super) async fn load(
    connection: &mut PgConnection,
    due: &[(i64, Instant)],
    now: Instant,
) -> Result<Vec<Taken>> {
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = due.iter().map(|(id, _)| *id).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT o.id, o.attempts, o.version, o.due_at AS lease, o.device_id, o.address, o.subject, o.body,
                  u.email, u.language, s.mail AS "mail?", s.push AS "push?", s.quiet_from, s.quiet_to,
                  d.endpoint AS "endpoint?", d.public_key AS "public_key?", d.secret AS "secret?",
                  o.notice_id, o.kind, o.auction_id, a.title AS "title?",
                  a.status = 'live' AND a.ends_at > $2 AS is_running, a.leader_id = o.user_id AS leads,
                  n.times AS "times?", n.amount AS "amount?", n.at AS "at?", n.read_at AS "read_at?",
                  n.seq AS "seq?"
           FROM outbox o JOIN users u ON u.id = o.user_id
                LEFT JOIN notices n ON n.id = o.notice_id
                LEFT JOIN auctions a ON a.id = o.auction_id
                LEFT JOIN notice_settings s ON s.user_id = o.user_id
                LEFT JOIN devices d ON d.id = o.device_id AND d.user_id = o.user_id
                     AND EXISTS (SELECT FROM sessions WHERE token_sha256 = d.session_sha256
                                 AND user_id = d.user_id AND revoked_at IS NULL AND expires_at > $2)
           WHERE o.id = ANY ($1) ORDER BY o.id"#,
        &ids,
        now
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| Taken::new(row, due, now)).collect()
}

impl Taken {
    fn new(row: Row, due: &[(i64, Instant)], now: Instant) -> Result<Self> {
        let due = due.iter().find(|(id, _)| *id == row.id).map_or(now, |(_, due)| *due);
        let notice = match row.kind.as_deref() {
            None => None,
            Some(word) => {
                let kind = kind(word)?;
                let destination = row.destination(kind)?;
                Some((row.waiting(kind, destination.is_some(), due)?, destination))
            }
        };
        Ok(Self { row, due, notice })
    }

    pub(super) fn id(&self) -> i64 {
        self.row.id
    }

    /// A letter that somebody asked for goes whatever the hour.
    pub(super) fn fate(&self, now: Instant) -> Fate {
        match &self.notice {
            Some((waiting, _)) => waiting.fate(now),
            None if now - self.due > STALE => Fate::Drop,
            None => Fate::Send,
        }
    }

    pub(super) fn into_parcel(self) -> Result<Parcel> {
        let row = self.row;
        let (id, attempts, version, lease) = (row.id, row.attempts, row.version, row.lease);
        let contents = match self.notice {
            None => row.letter(),
            Some((_, destination)) => destination.and_then(|to| row.told(to)).transpose()?,
        };
        let contents = contents.ok_or_else(|| Error::Broken(format!("the outbox's row {id} is empty")))?;
        Ok(Parcel { id, attempts, version, contents, lease })
    }
}

impl Row {
    /// Where a notice of that kind goes, if its receiver still wants it and can still be reached.
    fn destination(&self, kind: NoticeKind) -> Result<Option<Destination>> {
        let (channel, chosen) = match self.device_id {
            None => (Channel::Mail, &self.mail),
            Some(_) => (Channel::Push, &self.push),
        };
        let chosen = chosen.as_deref().map(kinds).transpose()?;
        if !chosen.unwrap_or_else(|| channel.usual().to_vec()).contains(&kind) {
            return Ok(None);
        }
        let Some(id) = self.device_id else {
            return Ok(self.email.clone().map(Destination::Address));
        };
        let keys = self.endpoint.clone().zip(self.public_key.clone()).zip(self.secret.clone());
        Ok(keys.map(|((endpoint, public_key), secret)| {
            Destination::Device(Device { id, endpoint, public_key, secret })
        }))
    }

    fn waiting(&self, kind: NoticeKind, is_wanted: bool, due: Instant) -> Result<Waiting> {
        Ok(Waiting {
            kind,
            channel: if self.device_id.is_some() { Channel::Push } else { Channel::Mail },
            is_wanted,
            is_read: self.read_at.is_some(),
            is_running: self.is_running.unwrap_or(false),
            leads: self.leads.unwrap_or(false),
            due,
            quiet: quiet(self.quiet_from, self.quiet_to)?,
        })
    }

    fn letter(self) -> Option<Contents> {
        Some(Contents::Letter { address: self.address?, subject: self.subject?, body: self.body? })
    }

    fn told(self, to: Destination) -> Option<Result<Contents>> {
        let notice = NoticeRow {
            id: self.notice_id?,
            kind: self.kind?,
            auction_id: self.auction_id?,
            title: self.title?,
            times: self.times?,
            amount: self.amount,
            at: self.at?,
            read_at: self.read_at,
            seq: self.seq?,
        };
        let told = || {
            let language = language(&self.language)?;
            Ok(Contents::Notice { notice: Notice::try_from(notice)?, language, to })
        };
        Some(told())
    }
}
