//! Reviews, and a person as others see him.

use serde::{Deserialize, Serialize};

use super::{Card, Region};
use crate::{
    AuctionId, Instant, ReviewId, UserId,
    live::Party,
    review::{Ratings, Stars},
};

/// Somebody else, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Neighbour {
    /// Who.
    pub id: UserId,
    /// His name.
    pub nickname: String,
    /// He has closed his account: his name is not told any more.
    pub has_left: bool,
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// Which, to report it.
    pub id: ReviewId,
    /// How good it was.
    pub stars: Stars,
    /// In words; may be empty.
    pub text: String,
    /// When it was written.
    pub at: Instant,
    /// From when everybody sees it.
    pub shown_at: Instant,
}

/// The reviews of a trade as one of its parties sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TradeReviews {
    /// What I am in it.
    pub party: Party,
    /// The other one.
    pub other: Neighbour,
    /// Mine, once it is written.
    pub mine: Option<Review>,
    /// The other one's, once everybody sees it.
    pub theirs: Option<Review>,
    /// He has written, whether I see it yet or not.
    pub they_wrote: bool,
    /// I may write now: the trade is over, and I have not.
    pub may_write: bool,
    /// The server's time.
    pub now: Instant,
}

/// A review among those that somebody received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceivedReview {
    /// What it says.
    pub review: Review,
    /// Who wrote it.
    pub author: Neighbour,
    /// The auction it is about.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
}

/// What a person's page shows; in its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SellerShelf {
    /// The first of everything.
    #[default]
    All,
    /// What he sells now.
    Running,
    /// What he has sold.
    Sold,
    /// Reviews of him as a seller.
    Selling,
    /// Reviews of him as a buyer.
    Buying,
}

impl SellerShelf {
    /// All of them, in the page's order.
    pub const ALL: [Self; 5] = [Self::All, Self::Running, Self::Sold, Self::Selling, Self::Buying];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Running => "running",
            Self::Sold => "sold",
            Self::Selling => "selling",
            Self::Buying => "buying",
        }
    }

    /// The shelf of that name; of any other, everything.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|shelf| shelf.as_str() == name).unwrap_or_default()
    }
}

/// Everything on a person's page. Lists that the shelf does not show are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SellerPage {
    /// Who.
    pub person: Neighbour,
    /// Where he lives, no nearer than the 시/군/구.
    pub region: Region,
    /// Since when he is here.
    pub since: Instant,
    /// What is shown.
    pub shelf: SellerShelf,
    /// Sales, settled or on their way.
    pub sold_count: i64,
    /// Auctions that run or will start.
    pub running_count: i64,
    /// Of him as a seller, as far as everybody sees them; his score is theirs.
    pub selling: Ratings,
    /// Of him as a buyer.
    pub buying: Ratings,
    /// What he sells now, what ends next first.
    pub running: Vec<Card>,
    /// What he has sold, newest first.
    pub sold: Vec<Card>,
    /// Reviews of him as a seller, newest first.
    pub as_seller: Vec<ReceivedReview>,
    /// Reviews of him as a buyer, newest first.
    pub as_buyer: Vec<ReceivedReview>,
    /// Where the shelf's next page begins.
    pub next: Option<i64>,
    /// Who looks, if signed in.
    pub viewer: Option<UserId>,
    /// Who looks has blocked him.
    pub is_blocked: bool,
    /// The server's time.
    pub now: Instant,
}

impl SellerPage {
    /// Whether it is the page of who looks.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        self.viewer == Some(self.person.id)
    }
}
