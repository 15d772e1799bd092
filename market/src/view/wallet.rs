//! The wallet's page.

use serde::{Deserialize, Serialize};

use crate::{AuctionId, Instant, Money, wallet::LedgerKind};

/// Everything on the wallet's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The server's time.
    pub now: Instant,
}

/// The money behind a bid I lead with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Where.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// The illustration in `/art`.
    pub art: String,
    /// What is held: my maximum.
    pub amount: Money,
    /// The price now.
    pub price: Money,
    /// Until when.
    pub ends_at: Instant,
}

/// A ledger row as its owner reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Why.
    pub kind: LedgerKind,
    /// Of which auction.
    pub auction: Option<(AuctionId, String)>,
    /// The change of what is available.
    pub available: Money,
    /// The change of what is held.
    pub held: Money,
    /// Available afterwards.
    pub available_after: Money,
    /// Held afterwards.
    pub held_after: Money,
}
