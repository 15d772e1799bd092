//! Notices.

use serde::{Deserialize, Serialize};

use crate::{
    AuctionId, Instant, Money, NoticeId,
    notice::{Group, NoticeSettings},
};

/// The kinds of notices that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Somebody overtook me.
    Outbid,
    /// My auction has a new bid.
    NewBid,
    /// I won or bought.
    Won,
    /// I bid, and it went to somebody else.
    Lost,
    /// My auction has a buyer.
    Sold,
    /// My auction ended without one.
    Unsold,
    /// I have my money back.
    Refunded,
    /// The sale is settled: I am paid.
    Paid,
    /// The buyer disputes the sale.
    Disputed,
    /// An auction I bid on was cancelled.
    Cancelled,
    /// Somebody asked about my auction.
    Question,
    /// My question was answered.
    Answer,
    /// The other party of a trade wrote.
    Message,
    /// An auction I watch ends in ten minutes.
    EndingSoon,
    /// A new auction matches a saved search.
    Found,
    /// The seller says that the thing was handed over or sent.
    HandedOver,
    /// The other party has reviewed the trade.
    Review,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Outbid,
        Self::NewBid,
        Self::Won,
        Self::Lost,
        Self::Sold,
        Self::Unsold,
        Self::Refunded,
        Self::Paid,
        Self::Disputed,
        Self::Cancelled,
        Self::Question,
        Self::Answer,
        Self::Message,
        Self::EndingSoon,
        Self::Found,
        Self::HandedOver,
        Self::Review,
    ];

    /// The word in the books.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outbid => "outbid",
            Self::NewBid => "new_bid",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Sold => "sold",
            Self::Unsold => "unsold",
            Self::Refunded => "refunded",
            Self::Paid => "paid",
            Self::Disputed => "disputed",
            Self::Cancelled => "cancelled",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Message => "message",
            Self::EndingSoon => "ending_soon",
            Self::Found => "found",
            Self::HandedOver => "handed_over",
            Self::Review => "review",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A notice; an outbid war is one row with a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What happened.
    pub kind: NoticeKind,
    /// Where.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// How often since I last looked.
    pub times: i32,
    /// The amount it is about, if any.
    pub amount: Option<Money>,
    /// When, the last time.
    pub at: Instant,
    /// Whether I have seen it.
    pub read: bool,
    /// Its number in my inbox; a new one when it is counted up.
    pub seq: i64,
}

/// One page of my inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboxPage {
    /// Newest first.
    pub notices: Vec<Notice>,
    /// The group that is shown; none: all of them.
    pub group: Option<Group>,
    /// How many are unread in each group, whatever is shown.
    pub unread: Vec<(Group, i64)>,
    /// Behind which number the next page begins, if there is one.
    pub next: Option<i64>,
    /// The newest number of the inbox.
    pub inbox_seq: i64,
    /// The server's time.
    pub now: Instant,
}

/// What somebody may choose about his notices, and what is there to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChoices {
    /// As chosen.
    pub settings: NoticeSettings,
    /// Where letters go, if there is an address.
    pub address: Option<String>,
    /// How many browsers let themselves be woken.
    pub devices: i64,
}
