//! The state of an auction, as far as the rules need it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{Increment, Instant, Money, Refusal, UserId};

/// What the seller fixed at opening; nothing here changes once a bid exists (rules, *Opening*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The least the first bid may be.
    pub start_price: Money,
    /// How much more each next bid must be.
    pub increment: Increment,
    /// At this price the auction is over at once.
    pub buy_now: Option<Money>,
    /// Hidden: below it nobody wins.
    pub reserve: Option<Money>,
    /// How late bids move the end; `None` is an exact ending.
    pub soft_close: Option<SoftClose>,
    /// When the seller is paid.
    pub settlement: Settlement,
}

/// When the auction runs. Half open: a bid at `ends_at` is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// From here bids are taken.
    pub starts_at: Instant,
    /// From here they are not.
    pub ends_at: Instant,
    /// The end set at opening or by calling last bids: what the hard stop counts from.
    pub first_end: Instant,
}

/// Late bids move the end (rules, *Soft close*). All in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, i64, i64)", into = "(i64, i64, i64)")]
pub struct SoftClose {
    /// Bids this near the end count as late.
    pub window: i64,
    /// The end moves to this long after such a bid.
    pub extension: i64,
    /// The end never moves further than this past the first end.
    pub hard_stop: i64,
}

impl SoftClose {
    /// What holds unless the seller chose otherwise.
    pub const USUAL: Self = Self { window: 120, extension: 120, hard_stop: 1_800 };
    /// For live shows.
    pub const LIVE_SHOW: Self = Self { window: 10, extension: 10, hard_stop: 300 };
}

impl From<(i64, i64, i64)> for SoftClose {
    fn from((window, extension, hard_stop): (i64, i64, i64)) -> Self {
        Self { window, extension, hard_stop }
    }
}

impl From<SoftClose> for (i64, i64, i64) {
    fn from(soft: SoftClose) -> Self {
        (soft.window, soft.extension, soft.hard_stop)
    }
}

/// When the seller is paid (rules, *Ending*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// In the transaction that closes the auction.
    OnClose,
    /// 안심결제: after the buyer's confirmation, 7 days, or a decision of staff.
    OnHandover,
}

/// Who leads, and the money behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leading {
    /// The leader.
    pub user: UserId,
    /// His maximum, which is his hold. Never published.
    pub hold: Money,
}

/// Who bought, and for how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// The buyer.
    pub winner: UserId,
    /// What he paid.
    pub price_paid: Money,
}

/// The stored status; a leader exists only while live, a sale only after one (rules, *Status*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// From opening to the closing.
    Live(Option<Leading>),
    /// Ended without a winner.
    Unsold,
    /// Taken back.
    Cancelled,
    /// Paid; the money waits in escrow.
    Sold(Sale),
    /// Paid, and a dispute holds the escrow.
    Disputed(Sale),
    /// The seller has the money.
    Settled(Sale),
    /// The buyer has it back.
    Refunded(Sale),
}

/// The bare name of a status, as stored and as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatusCode {
    /// See [`Status::Live`].
    Live,
    /// See [`Status::Unsold`].
    Unsold,
    /// See [`Status::Cancelled`].
    Cancelled,
    /// See [`Status::Sold`].
    Sold,
    /// See [`Status::Disputed`].
    Disputed,
    /// See [`Status::Settled`].
    Settled,
    /// See [`Status::Refunded`].
    Refunded,
}

impl StatusCode {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Live,
        Self::Unsold,
        Self::Cancelled,
        Self::Sold,
        Self::Disputed,
        Self::Settled,
        Self::Refunded,
    ];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Unsold => "unsold",
            Self::Cancelled => "cancelled",
            Self::Sold => "sold",
            Self::Disputed => "disputed",
            Self::Settled => "settled",
            Self::Refunded => "refunded",
        }
    }

    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

impl Status {
    /// Its bare name.
    #[must_use]
    pub fn code(self) -> StatusCode {
        match self {
            Self::Live(_) => StatusCode::Live,
            Self::Unsold => StatusCode::Unsold,
            Self::Cancelled => StatusCode::Cancelled,
            Self::Sold(_) => StatusCode::Sold,
            Self::Disputed(_) => StatusCode::Disputed,
            Self::Settled(_) => StatusCode::Settled,
            Self::Refunded(_) => StatusCode::Refunded,
        }
    }

    /// The leader and his hold, while live.
    #[must_use]
    pub fn leading(self) -> Option<Leading> {
        match self {
            Self::Live(leading) => leading,
            _ => None,
        }
    }

    /// The sale, after one.
    #[must_use]
    pub fn sale(self) -> Option<Sale> {
        match self {
            Self::Sold(sale) | Self::Disputed(sale) | Self::Settled(sale) | Self::Refunded(sale) => {
                Some(sale)
            }
            Self::Live(_) | Self::Unsold | Self::Cancelled => None,
        }
    }

    /// What buyers have paid for it and the seller has not received.
    #[must_use]
    pub fn escrow(self) -> Money {
        match self {
            Self::Sold(sale) | Self::Disputed(sale) => sale.price_paid,
            _ => Money::ZERO,
        }
    }
}

/// An auction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auction {
    /// Who sells.
    pub seller: UserId,
    /// What was fixed at opening.
    pub terms: Terms,
    /// When it runs.
    pub schedule: Schedule,
    /// What the leader would pay; zero before the first bid; stays after the end.
    pub price: Money,
    /// How it stands.
    pub status: Status,
    /// Last bids have been called, which a seller may do once.
    pub last_call: bool,
}

impl Auction {
    /// A fresh one, without bids.
    #[must_use]
    pub fn opened(seller: UserId, terms: Terms, starts_at: Instant, ends_at: Instant) -> Self {
        let schedule = Schedule { starts_at, ends_at, first_end: ends_at };
        Self { seller, terms, schedule, price: Money::ZERO, status: Status::Live(None), last_call: false }
    }

    /// The leader and his hold, while live.
    #[must_use]
    pub fn leading(&self) -> Option<Leading> {
        self.status.leading()
    }

    /// What `user` holds here.
    #[must_use]
    pub fn hold_of(&self, user: UserId) -> Money {
        self.leading().filter(|leading| leading.user == user).map_or(Money::ZERO, |leading| leading.hold)
    }

    /// Whether the price has met the reserve; `None` without a reserve.
    #[must_use]
    pub fn reserve_met(&self) -> Option<bool> {
        self.terms.reserve.map(|reserve| self.price >= reserve)
    }

    /// The least the next challenger may bid.
    #[must_use]
    pub fn next_bid(&self) -> Money {
        next_bid(&self.terms.increment, self.terms.start_price, self.price)
    }

    /// Beyond this the end never moves; public.
    #[must_use]
    pub fn hard_stop_at(&self) -> Option<Instant> {
        hard_stop_at(self.schedule.first_end, self.terms.soft_close)
    }

    /// Whether bids are taken at `now`, and if not, why (rules, *Bidding* 2).
    ///
    /// # Errors
    /// `not_started`, `ended`.
    pub fn open_at(&self, now: Instant) -> Result<(), Refusal> {
        if matches!(self.status, Status::Live(_)) && now < self.schedule.starts_at {
            return Err(Refusal::NotStarted);
        }
        match self.status {
            Status::Live(_) if now < self.schedule.ends_at => Ok(()),
            _ => Err(Refusal::Ended),
        }
    }

    /// The invariants that hold at any time (rules, *Words*); the books hold them too, as CHECKs.
    ///
    /// # Panics
    /// When one is broken: nothing may be written then.
    pub fn assert_invariants(&self) {
        let Some(leading) = self.leading() else { return };
        assert!(self.terms.start_price <= self.price, "start price above the price: {self:?}");
        assert!(self.price <= leading.hold, "price above the hold: {self:?}");
        assert!(self.terms.buy_now.is_none_or(|buy| leading.hold < buy), "hold reaches buy-now: {self:?}");
        assert_ne!(leading.user, self.seller, "the seller leads: {self:?}");
    }
}

/// The least the next challenger may bid: the start price, then one step above the price.
#[must_use]
pub fn next_bid(increment: &Increment, start_price: Money, price: Money) -> Money {
    if price.is_zero() { start_price } else { price + increment.step(price) }
}

/// Where the end cannot move further.
#[must_use]
pub fn hard_stop_at(first_end: Instant, soft: Option<SoftClose>) -> Option<Instant> {
    soft.map(|soft| first_end + TimeDelta::seconds(soft.hard_stop))
}
