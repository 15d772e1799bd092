//! The wallet's page.

use serde::{Deserialize, Serialize};

use super::{PictureId, StatementRow};
use crate::{AuctionId, Instant, Money};

/// Everything on the wallet's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WalletPage {
    /// Can be spent.
    pub available: Money,
    /// Backs the bids I lead with.
    pub held: Money,
    /// Paid by me and not yet received by sellers.
    pub escrow: Money,
    /// The wallet's number.
    pub seq: i64,
    /// Every hold, with its auction.
    pub holds: Vec<Hold>,
    /// One page of the statement, newest first.
    pub rows: Vec<StatementRow>,
    /// The row behind which the next page begins.
    pub next: Option<i64>,
    /// The fields of the URL that could not be read.
    pub ignored: Vec<String>,
    /// The server's time.
    pub now: Instant,
}

/// The money behind a bid I lead with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hold {
    /// Where.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// The illustration in `/art`.
    pub art: String,
    /// The first of its pictures; without any, the illustration stands.
    pub cover: Option<PictureId>,
    /// What is held: my maximum.
    pub amount: Money,
    /// The price now.
    pub price: Money,
    /// Until when.
    pub ends_at: Instant,
}
