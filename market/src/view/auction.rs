//! An auction's page.

use serde::{Deserialize, Serialize};

use super::{Card, Category, PictureId, Questions, Region, SellerCard, Standing, Trade};
use crate::{
    Increment, Instant, Money, Settlement, SoftClose,
    alias::Alias,
    auction,
    live::AuctionState,
    opening::{Condition, Reach, Shipping},
};

/// Points of a price chart, at most.
pub const CHART_POINTS: i32 = 300;
/// Over so many minutes the seller sees how many bids come.
pub const PACE_MINUTES: i32 = 10;

/// Everything on an auction's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuctionPage {
    /// What moves.
    pub state: AuctionState,
    /// What does not.
    pub about: About,
    /// How I stand; `None` for visitors.
    pub mine: Option<Mine>,
    /// The sale after the end, for its two and for staff.
    pub trade: Option<Trade>,
    /// After the end: what I got back of my last hold here.
    pub returned: Option<Money>,
    /// The price over time: when it changed, to what. Of very many changes some, evenly; the newest always.
    pub chart: Vec<(Instant, Money)>,
    /// Listed bids in each of the last minutes that had any; only the seller sees it.
    pub pace: Vec<(Instant, i32)>,
    /// The newest questions.
    pub questions: Questions,
    /// What else the seller has running.
    pub others: Vec<Card>,
    /// People who watch it.
    pub watcher_count: i32,
    /// The server's time.
    pub now: Instant,
}

/// An auction that stands large, away from its own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Featured {
    /// What moves.
    pub state: AuctionState,
    /// What does not.
    pub about: About,
    /// How I stand; `None` for visitors.
    pub mine: Option<Mine>,
    /// As on its page.
    pub chart: Vec<(Instant, Money)>,
    /// People who watch it.
    pub watcher_count: i32,
    /// The server's time.
    pub now: Instant,
}

/// What an auction sells, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// What is sold.
    pub title: String,
    /// Free text.
    pub description: String,
    /// Its category.
    pub category: Category,
    /// Its state.
    pub condition: Condition,
    /// Who pays for shipping.
    pub shipping: Shipping,
    /// The illustration in `/art`.
    pub art: String,
    /// Its pictures, in the seller's order; without any, the illustration stands.
    pub pictures: Vec<PictureId>,
    /// Where it is.
    pub region: Region,
    /// Who is shown it.
    pub reach: Reach,
    /// Where bids begin.
    pub start_price: Money,
    /// The steps.
    pub increment: Increment,
    /// The purchase price.
    pub buy_now: Option<Money>,
    /// How late bids move the end.
    pub soft_close: Option<SoftClose>,
    /// When the seller is paid.
    pub settlement: Settlement,
    /// Who sells.
    pub seller: SellerCard,
}

impl About {
    /// The least the next challenger may bid at `price`.
    #[must_use]
    pub fn next_bid(&self, price: Money) -> Money {
        auction::next_bid(&self.increment, self.start_price, price)
    }
}

/// How I stand in an auction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mine {
    /// My alias here, once I have bid.
    pub alias: Option<Alias>,
    /// How I stand.
    pub standing: Standing,
    /// What I bid last here, a maximum or not; how far I went, if I am outbid.
    pub last: Option<Money>,
    /// What I can spend besides my hold here.
    pub available: Money,
    /// Whether I watch it.
    pub watching: bool,
}

/// The answer to an accepted bid or purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BidReceipt {
    /// What happened.
    #[serde(rename = "ok")]
    pub reply: crate::bidding::Reply,
    /// The whole public state after it.
    pub state: AuctionState,
    /// How I stand now.
    pub mine: Mine,
}
