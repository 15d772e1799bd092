//! Wallets and the transfers that change them (rules, *Words*).

use serde::{Deserialize, Serialize};

use crate::{Money, UserId};

/// The most one deposit may bring, in won (rules, *Money in and out*).
pub const DEPOSIT_MAX: i64 = 10_000_000;

/// One per user. Neither part is ever below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wallet {
    /// Can be spent.
    pub available: Money,
    /// Backs the bids the user leads with.
    pub held: Money,
}

impl Wallet {
    /// As opened at sign-up.
    pub const EMPTY: Self = Self { available: Money::ZERO, held: Money::ZERO };

    /// The wallet after `transfer`.
    ///
    /// # Panics
    /// When a part would fall below zero: the rules check funds first, so this is a bug, and the transaction
    /// must not commit. The books refuse it a second time by CHECK.
    #[must_use]
    pub fn after(self, transfer: &Transfer) -> Self {
        self.try_after(transfer).unwrap_or_else(|| panic!("below zero: {self:?} {transfer:?}"))
    }

    /// The wallet after `transfer`; `None` when a part would fall below zero.
    #[must_use]
    pub fn try_after(self, transfer: &Transfer) -> Option<Self> {
        let after = Self { available: self.available + transfer.available, held: self.held + transfer.held };
        (!after.available.is_negative() && !after.held.is_negative()).then_some(after)
    }
}

/// The kinds of ledger rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LedgerKind {
    /// +a / 0
    Deposit,
    /// −m / +m
    BidLock,
    /// +m / −m, or +p / 0 out of escrow
    BidRefund,
    /// 0 / −p (won) or −p / 0 (bought now)
    Payment,
    /// +p / 0
    Earning,
    /// −w / 0
    Withdrawal,
}

impl LedgerKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Deposit, Self::BidLock, Self::BidRefund, Self::Payment, Self::Earning, Self::Withdrawal];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::BidLock => "bid_lock",
            Self::BidRefund => "bid_refund",
            Self::Payment => "payment",
            Self::Earning => "earning",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A change of one wallet: one ledger row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Whose wallet.
    pub user: UserId,
    /// Why.
    pub kind: LedgerKind,
    /// The change of `available`.
    pub available: Money,
    /// The change of `held`.
    pub held: Money,
}

impl Transfer {
    /// Money moves behind a bid.
    #[must_use]
    pub fn lock(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::BidLock, available: -amount, held: amount }
    }

    /// Money behind a bid is free again.
    #[must_use]
    pub fn release(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::BidRefund, available: amount, held: -amount }
    }

    /// The winner pays out of his hold.
    #[must_use]
    pub fn pay_from_hold(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::Payment, available: Money::ZERO, held: -amount }
    }

    /// A purchase is paid out of what is available.
    #[must_use]
    pub fn pay(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::Payment, available: -amount, held: Money::ZERO }
    }

    /// The seller is paid.
    #[must_use]
    pub fn earn(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::Earning, available: amount, held: Money::ZERO }
    }

    /// Escrow goes back to the buyer.
    #[must_use]
    pub fn refund(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::BidRefund, available: amount, held: Money::ZERO }
    }

    /// Money comes in.
    #[must_use]
    pub fn deposit(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::Deposit, available: amount, held: Money::ZERO }
    }

    /// Money goes out.
    #[must_use]
    pub fn withdraw(user: UserId, amount: Money) -> Self {
        Self { user, kind: LedgerKind::Withdrawal, available: -amount, held: Money::ZERO }
    }

    /// A change of nothing writes no row.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.available.is_zero() && self.held.is_zero()
    }
}
