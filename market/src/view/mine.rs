//! My page.

use serde::{Deserialize, Serialize};

use super::{Card, Notice};
use crate::Instant;

/// Everything on my page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyPage {
    /// How many auctions stand on each shelf.
    pub counts: Vec<(Shelf, i64)>,
    /// The shelf whose rows these are.
    pub shown: Shelf,
    /// Its auctions, by what comes next.
    pub rows: Vec<MyRow>,
    /// Where the shelf's next page begins; opaque.
    pub next: Option<String>,
    /// Notices, newest first, at most twenty.
    pub notices: Vec<Notice>,
    /// The server's time.
    pub now: Instant,
}

/// An auction I have to do with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyRow {
    /// The auction.
    pub card: Card,
    /// Of a sale in which I have a part: how far it is.
    pub trade: Option<MyTrade>,
}

/// How far a sale is, as far as the next step depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyTrade {
    /// Messages of the other party that I have not read.
    pub unread: i32,
    /// The seller has said that it was handed over.
    pub handed_over: bool,
    /// I have written my review.
    pub reviewed: bool,
}

/// A group of my auctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// I lead.
    Leading,
    /// Somebody else leads.
    Outbid,
    /// I won or bought.
    Won,
    /// Over without me.
    Lost,
    /// I watch.
    Watching,
    /// I sell; live or scheduled.
    Selling,
    /// I sold, or tried to.
    Sold,
}

impl Shelf {
    /// All of them, in the page's order.
    pub const ALL: [Self; 7] =
        [Self::Leading, Self::Outbid, Self::Won, Self::Lost, Self::Watching, Self::Selling, Self::Sold];

    /// The shelf of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.as_str() == name)
    }

    /// Which of these is shown if none is asked for: the first with something on it. What waits for me comes
    /// first, what is over last.
    pub const BY_URGENCY: [Self; 7] =
        [Self::Outbid, Self::Leading, Self::Selling, Self::Won, Self::Sold, Self::Watching, Self::Lost];

    /// Whether its auctions are over: they are shown by when they ended, the last one first.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Won | Self::Lost | Self::Sold)
    }

    /// The word in the books' answer and in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Outbid => "outbid",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Watching => "watching",
            Self::Selling => "selling",
            Self::Sold => "sold",
        }
    }
}
