//! What goes over a socket (design, *Live*): JSON text frames, the same for everybody who sees the topic.
//!
//! A frame always carries the whole current state with its number, so it is safe to see twice, to miss and to
//! see late: the newest number wins (rules, *Everything after the commit*).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    AuctionId, Instant, Money, PictureId, Refusal, UserId, alias::Alias, auction::StatusCode, view::Notice,
};

/// A frame lists at most so many bids or messages; who missed more reads the page again.
pub const LISTED_IN_FRAME: usize = 20;
/// So many notices may come in as toasts at a time.
pub const IN_PASSING: usize = 3;
/// How often the server sends its time, in seconds.
pub const PING_SECONDS: u64 = 20;
/// A connection without a sign of life for so long is dead, in seconds.
pub const DEAD_SECONDS: u64 = 45;
/// The largest frame a client may send, in bytes.
pub const FRAME_MAX: usize = 16 * 1024;
/// Close code: the server restarts; come back.
pub const CLOSE_RESTART: u16 = 1012;
/// Close code: too many frames, or ones that cannot be read.
pub const CLOSE_POLICY: u16 = 1008;
/// Close code of this protocol: the session has ended (defect S5).
pub const CLOSE_SESSION_ENDED: u16 = 4401;

/// What can be listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A national auction; public.
    Auction(AuctionId),
    /// The own wallet and inbox; needs the session.
    Me,
    /// The conversation of a sale; for its two parties.
    Chat(AuctionId),
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auction(id) => write!(f, "auction:{id}"),
            Self::Me => f.write_str("me"),
            Self::Chat(id) => write!(f, "chat:{id}"),
        }
    }
}

impl FromStr for Topic {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match text.split_once(':') {
            None if text == "me" => Ok(Self::Me),
            Some(("auction", id)) => id.parse().map(Self::Auction).map_err(|_| Refusal::NotFound),
            Some(("chat", id)) => id.parse().map(Self::Chat).map_err(|_| Refusal::NotFound),
            _ => Err(Refusal::NotFound),
        }
    }
}

/// What a client sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Start listening; the answer is the whole current state.
    Subscribe {
        /// See [`Topic`].
        topic: String,
    },
    /// Stop listening.
    Unsubscribe {
        /// See [`Topic`].
        topic: String,
    },
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The state of an auction.
    Auction(Box<AuctionState>),
    /// My wallet and inbox.
    Me(MyState),
    /// The state of a conversation.
    Chat(Box<ChatState>),
    /// The server's time, for the countdown's offset.
    Time {
        /// Milliseconds since 1970.
        now_ms: i64,
    },
    /// News may have been lost: read the page again.
    Resync,
    /// A frame was refused; the socket stays. After `busy` the topic may be asked for again.
    Refused {
        /// The topic, if the frame named one.
        topic: Option<String>,
        /// Why.
        reason: Refusal,
    },
}

/// The public state of an auction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuctionState {
    /// Which.
    pub id: AuctionId,
    /// A new one for each change; the newest wins.
    pub seq: i64,
    /// As stored; `scheduled` and `ended` follow from the times, see [`AuctionState::phase`].
    pub status: StatusCode,
    /// What the leader would pay, or the buyer paid; 0 before the first bid.
    pub price: Money,
    /// Who leads.
    pub leader: Option<Alias>,
    /// Who won or bought.
    pub winner: Option<Alias>,
    /// Whether the reserve is met, if there is one.
    pub reserve_met: Option<bool>,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// The end before late bids moved it.
    pub first_end: Instant,
    /// Beyond this the end never moves; `None`: an exact ending.
    pub hard_stop_at: Option<Instant>,
    /// Last bids have been called.
    pub last_call: bool,
    /// How many bids are listed in all.
    pub bid_count: i32,
    /// How many people have bid.
    pub bidder_count: i32,
    /// The newest listed bids, newest first, at most [`LISTED_IN_FRAME`].
    pub bids: Vec<ListedBid>,
}

/// A row of the public list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedBid {
    /// Its number within the auction, from 1 without gaps.
    pub number: i32,
    /// Whose.
    pub bidder: Alias,
    /// The amount as made public.
    pub amount: Money,
    /// The price it caused.
    pub price: Money,
    /// When.
    pub at: Instant,
}

/// One of the two who talk about a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who sold it.
    Seller,
    /// Who won or bought it.
    Winner,
}

impl Party {
    /// The one he talks with.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Seller => Self::Winner,
            Self::Winner => Self::Seller,
        }
    }
}

/// The state of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatState {
    /// Which; the id of the auction that it is about.
    pub id: AuctionId,
    /// A new one for each message and each read mark; the newest wins.
    pub seq: i64,
    /// The newest message's number; 0 before the first.
    pub last_number: i32,
    /// Up to which number the seller has read.
    pub seller_read: i32,
    /// Up to which number the winner has read.
    pub winner_read: i32,
    /// The newest messages, oldest first, at most [`LISTED_IN_FRAME`].
    pub messages: Vec<ChatMessage>,
}

impl ChatState {
    /// Up to which number `party` has read.
    #[must_use]
    pub fn read_by(&self, party: Party) -> i32 {
        match party {
            Party::Seller => self.seller_read,
            Party::Winner => self.winner_read,
        }
    }
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Among all messages, to report it.
    pub id: i64,
    /// Within the conversation, from 1 without gaps.
    pub number: i32,
    /// Who says it.
    pub from: Party,
    /// Empty beside a picture that says enough.
    pub text: String,
    /// With its picture.
    pub picture: Option<PictureId>,
    /// When.
    pub at: Instant,
}

/// How an auction stands for people who look at it at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Live, but before its start.
    Scheduled,
    /// Bids are taken.
    Running,
    /// Past its end, closing.
    Closing,
    /// Ended, as stored.
    Over(StatusCode),
}

impl AuctionState {
    /// How it stands at `now`.
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        phase(self.status, self.starts_at, self.ends_at, now)
    }

    /// Whether late bids have moved the end.
    #[must_use]
    pub fn extended(&self) -> bool {
        self.ends_at > self.first_end
    }
}

/// How an auction of that stored status and schedule stands at `now` (rules, *Status*).
#[must_use]
pub fn phase(status: StatusCode, starts_at: Instant, ends_at: Instant, now: Instant) -> Phase {
    match status {
        StatusCode::Live if now < starts_at => Phase::Scheduled,
        StatusCode::Live if now < ends_at => Phase::Running,
        StatusCode::Live => Phase::Closing,
        over => Phase::Over(over),
    }
}

/// What only I see: the header's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyState {
    /// Who; a browser in which somebody else signed in meanwhile drops the frame.
    pub user: UserId,
    /// A new one for each change of the wallet.
    pub wallet_seq: i64,
    /// Can be spent.
    pub available: Money,
    /// Backs the bids I lead with.
    pub held: Money,
    /// The newest number of my inbox.
    pub inbox_seq: i64,
    /// How many notices are unread.
    pub unread: i64,
    /// How many messages of all my conversations I have not read.
    pub unread_messages: i64,
    /// The newest unread ones of kinds that may come in as a toast, newest first, at most [`IN_PASSING`].
    pub news: Vec<Notice>,
    /// Live auctions in which somebody has overtaken me, newest first, at most ten.
    pub outbid: Vec<Outbid>,
}

/// An auction in which I bid and do not lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outbid {
    /// Which.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// The price now.
    pub price: Money,
    /// The least that is accepted next.
    pub next_bid: Money,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_their_names() {
        for topic in [Topic::Auction(AuctionId(7)), Topic::Me, Topic::Chat(AuctionId(7))] {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        for bad in ["", "auction:", "auction:x", "me:1", "chat", "chat:x", "auction:99999999999999999999"] {
            assert_eq!(bad.parse::<Topic>(), Err(Refusal::NotFound), "{bad}");
        }
    }

    #[test]
    fn s2_a_broken_frame_is_not_a_frame() {
        for bad in ["{bad", "[]", "\"abc\"", "null", "{}", r#"{"type":"subscribe","topic":null}"#] {
            assert!(serde_json::from_str::<ClientFrame>(bad).is_err(), "{bad}");
        }
    }
}
