//! My own account: what the settings show.

use serde::{Deserialize, Serialize};

use super::{AccessRow, Region};
use crate::{Instant, Money, Refusal, SessionId, UserId};

/// Everything on the page of settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Which.
    pub id: UserId,
    /// To sign in with; never changes.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// Where letters go.
    pub email: Option<String>,
    /// Where I live.
    pub region: Region,
    /// Since when I am here.
    pub since: Instant,
    /// Where I am signed in, last used first.
    pub sessions: Vec<SessionRow>,
    /// What my programs sign in with, newest first.
    pub tokens: Vec<AccessRow>,
    /// What would have to be settled before the account could be closed.
    pub in_use: AccountUse,
    /// The server's time.
    pub now: Instant,
}

/// A browser in which I am signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which, to end it.
    pub id: SessionId,
    /// What the browser calls itself; see [`crate::device::Device`].
    pub agent: String,
    /// Since when.
    pub since: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// It is the one that asks.
    pub is_this: bool,
}

/// What keeps an account from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountUse {
    /// Can be withdrawn first.
    pub available: Money,
    /// Backs bids that lead.
    pub held: Money,
    /// Auctions that run, trades that are not settled, bought or sold, and payments without an outcome yet.
    pub trades: i64,
}

impl AccountUse {
    /// Whether nothing does.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.available.is_zero() && self.held.is_zero() && self.trades == 0
    }

    /// Why the account cannot be closed, if it cannot.
    #[must_use]
    pub fn refusal(self) -> Option<Refusal> {
        let Self { available, held, trades } = self;
        (!self.is_none()).then_some(Refusal::AccountInUse { available, held, trades })
    }
}
