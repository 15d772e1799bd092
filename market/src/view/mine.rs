//! My page.

use serde::{Deserialize, Serialize};

use super::{Card, Notice};
use crate::Instant;

/// Everything on my page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPage {
    /// The auctions I have to do with, by what comes next.
    pub shelves: Vec<(Shelf, Vec<Card>)>,
    /// Notices, newest first, at most twenty.
    pub notices: Vec<Notice>,
    /// The server's time.
    pub now: Instant,
}

/// A group of my auctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
