//! What staff see of the whole market: the audit of its books, and how the business goes.

use serde::{Deserialize, Serialize};

use crate::{AuctionId, Instant, Money, UserId};

/// What must always be true of the books (rules, *Words*: "Always true").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Invariant {
    /// The rows of a wallet sum to its two balances.
    LedgerSums,
    /// What a user holds is the sum of the holds of the live auctions he leads.
    HeldIsHolds,
    /// Σ available + Σ held + Σ escrow = Σ deposits − Σ withdrawals.
    MoneyConserved,
    /// The balances of each ledger row follow from the row before it.
    BalancesRun,
    /// Neither part of a wallet is below zero.
    NotBelowZero,
    /// Start price ≤ price ≤ hold < buy-now price while somebody leads, and only while the auction is live.
    PriceInHold,
    /// Without a leader nothing is held.
    HoldHasLeader,
    /// Listed bids are numbered without gaps, and counted.
    BidsCounted,
    /// Every bid has its bidder, and they are counted.
    BiddersCounted,
}

impl Invariant {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::LedgerSums,
        Self::HeldIsHolds,
        Self::MoneyConserved,
        Self::BalancesRun,
        Self::NotBelowZero,
        Self::PriceInHold,
        Self::HoldHasLeader,
        Self::BidsCounted,
        Self::BiddersCounted,
    ];

    /// As the books call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LedgerSums => "ledger sums to wallet",
            Self::HeldIsHolds => "held is the sum of holds",
            Self::MoneyConserved => "money is conserved",
            Self::BalancesRun => "balances run",
            Self::NotBelowZero => "nothing is below zero",
            Self::PriceInHold => "the price lies within the hold",
            Self::HoldHasLeader => "nothing is held without a leader",
            Self::BidsCounted => "listed bids are counted",
            Self::BiddersCounted => "bidders are counted",
        }
    }

    /// What the books call so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|invariant| invariant.as_str() == name)
    }

    /// Whether its two sides are money; else they are numbers of rows.
    #[must_use]
    pub fn is_of_money(self) -> bool {
        matches!(
            self,
            Self::LedgerSums
                | Self::HeldIsHolds
                | Self::MoneyConserved
                | Self::BalancesRun
                | Self::HoldHasLeader
        )
    }
}

/// Where an invariant does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditSubject {
    /// Somebody's wallet.
    User(UserId),
    /// An auction.
    Auction(AuctionId),
    /// The market as a whole.
    Market,
}

/// One place where an invariant does not hold. The sides are won or rows, as the invariant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditViolation {
    /// Where.
    pub subject: AuditSubject,
    /// What one side says.
    pub one_side: i64,
    /// What the other side says. Two errors of one wallet may make both sides the same in sum.
    pub other_side: i64,
}

/// An invariant with its figures over the whole market. Two errors may cancel each other in the sums: whether
/// it holds, only `violations` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditFigure {
    /// Which.
    pub invariant: Invariant,
    /// How many wallets, rows or auctions were examined.
    pub subjects: i64,
    /// The sum of one side, in won or rows.
    pub one_side: i64,
    /// The sum of the other side.
    pub other_side: i64,
    /// In how many places it does not hold.
    pub violations: i64,
    /// The first of these places.
    pub first: Vec<AuditViolation>,
}

/// The audit, run just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LedgerAudit {
    /// Every invariant, in the order of [`Invariant::ALL`].
    pub figures: Vec<AuditFigure>,
    /// When it was run.
    pub at: Instant,
    /// How long that took, in milliseconds.
    pub took_ms: i64,
    /// What the job that runs each minute found last, once it has run.
    pub last: Option<AuditRun>,
}

impl LedgerAudit {
    /// In how many places something does not hold.
    #[must_use]
    pub fn violations(&self) -> i64 {
        self.figures.iter().map(|figure| figure.violations).sum()
    }
}

/// What a run of the job found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditRun {
    /// When it ran.
    pub at: Instant,
    /// How many violations it found.
    pub violations: i64,
    /// The alarm, while there are some.
    pub alarm: Option<AuditAlarm>,
}

/// The books do not add up: what staff see on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditAlarm {
    /// What does not hold; the first of perhaps several.
    pub invariant: Invariant,
    /// In how many places something does not hold.
    pub violations: i64,
    /// When it was first found.
    pub since: Instant,
    /// Under which the log has it.
    pub reference: String,
}

/// How the business goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusinessCharts {
    /// The last thirty days, oldest first, today's last; days are days in Seoul.
    pub days: Vec<BusinessDay>,
    /// From opening to payment, of the auctions opened in these days.
    pub funnel: Funnel,
    /// Categories by turnover in these days, most first.
    pub categories: Vec<Share>,
    /// 시·도 by turnover in these days, most first.
    pub regions: Vec<Share>,
    /// When it was read.
    pub now: Instant,
}

/// A day's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusinessDay {
    /// Its midnight.
    pub day: Instant,
    /// Bids accepted.
    pub bids: i64,
    /// What buyers paid for auctions that ended; refunds are not taken off.
    pub turnover: Money,
    /// Auctions that ended and were not cancelled.
    pub ended: i64,
    /// Those of them that were sold.
    pub sold: i64,
}

/// What became of the auctions opened in the last thirty days, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Funnel {
    /// All of them.
    pub opened: i64,
    /// Those with a bid or a purchase.
    pub with_bids: i64,
    /// Those that were sold.
    pub sold: i64,
    /// Those whose seller has the money.
    pub settled: i64,
}

/// A category's or a region's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// Its name in Korean.
    pub name_ko: String,
    /// Its name in English; a region has its Korean one.
    pub name_en: String,
    /// Auctions sold.
    pub sold: i64,
    /// What their buyers paid.
    pub turnover: Money,
}
