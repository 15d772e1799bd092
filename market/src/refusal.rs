//! Why something is refused. A refusal is an answer, not an error: it carries what would be accepted.

use serde::{Deserialize, Serialize};

use crate::{Money, access::Scope};

/// A field of a form and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldFault {
    /// The field's name, as in the form.
    pub field: String,
    /// The reason's code; its text is in the i18n files.
    pub reason: Reason,
    /// Of an amount that is off the grid, the multiple below, if that can be an amount at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<Money>,
    /// Of an amount that is off the grid, the multiple above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<Money>,
}

impl FieldFault {
    /// A fault that its reason says all of.
    #[must_use]
    pub fn new(field: &str, reason: Reason) -> Self {
        Self { field: field.to_owned(), reason, lower: None, upper: None }
    }

    /// An amount that is no multiple of `unit`, with those around it that can be amounts.
    #[must_use]
    pub fn off_grid(field: &str, amount: Money, unit: Money) -> Self {
        let (lower, upper) = amount.neighbours(unit);
        let possible = |amount: &Money| amount.is_positive() && *amount <= Money::ceiling();
        let (lower, upper) = (Some(lower).filter(possible), Some(upper).filter(possible));
        Self { lower, upper, ..Self::new(field, Reason::OffGrid) }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing was given.
    Required,
    /// It cannot be read as what it should be.
    Malformed,
    /// Too few characters.
    TooShort,
    /// Too many characters.
    TooLong,
    /// Somebody has it already.
    Taken,
    /// Not one of the choices.
    Unknown,
    /// Not above zero, or above the ceiling.
    OutOfRange,
    /// Not a multiple of the increment's unit.
    OffGrid,
    /// The reserve is not above the start price.
    NotAboveStart,
    /// The buy-now price is under start + one step, or not above the reserve.
    BuyNowTooLow,
    /// The end is not after the start, or not in the future.
    EndTooEarly,
    /// Under 10 minutes.
    DurationTooShort,
    /// Over 30 days.
    DurationTooLong,
    /// A window or extension outside 10 s…10 min, or a hard stop under the extension or over 1 h.
    SoftCloseOutOfRange,
    /// A ladder that is none.
    CrookedLadder,
    /// Among the passwords everybody tries first, or like the username.
    TooCommon,
    /// More of them than are allowed.
    TooMany,
}

/// What is wrong with a file that should be a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PictureFault {
    /// Over 10 MB.
    TooLarge,
    /// By its content neither JPEG, PNG nor WebP, whatever its name says.
    NotAPicture,
    /// More pixels than are decoded.
    TooManyPixels,
    /// Cut off or damaged.
    Broken,
}

/// A rule's answer that is not yes. In order of precedence: who asks, what is asked for, the rules of bidding
/// in their order, then those of the other operations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "refused", rename_all = "snake_case")]
pub enum Refusal {
    /// Too many tries; again after so many seconds.
    TooMany {
        /// Seconds.
        retry_after: u32,
    },
    /// Nobody is signed in, or no longer.
    NoSession,
    /// The program's token may not do that.
    Scope {
        /// What it would take; nothing: no token may.
        needs: Option<Scope>,
    },
    /// The name or the password is wrong; which, is not said.
    WrongCredentials,
    /// It belongs to somebody else.
    NotYours,
    /// The asker is suspended: he bids on nothing, buys nothing and opens nothing.
    Suspended,
    /// There is no such thing.
    NotFound,
    /// The request cannot be read at all.
    Malformed,
    /// Some fields are not valid.
    Fields {
        /// Each with its reason.
        faults: Vec<FieldFault>,
    },
    /// The key belongs to another request (*Bidding* 1).
    KeyReused,
    /// Before the start (2).
    NotStarted,
    /// The auction is over (2).
    Ended,
    /// The seller himself (3).
    SellerCannotBid,
    /// Not above 0, or above 10¹² (4).
    InvalidAmount,
    /// Not a multiple of the unit (5).
    OffGrid {
        /// The multiple below.
        lower: Money,
        /// The multiple above.
        upper: Money,
    },
    /// It reaches the buy-now price, and the purchase was not confirmed (6).
    WouldBuyNow {
        /// The buy-now price.
        price: Money,
    },
    /// There is no buy-now price (*Buy now*).
    NoBuyNow,
    /// Under the least next bid (7).
    BidTooLow {
        /// The least that is accepted.
        min: Money,
    },
    /// The leader cannot lower his maximum under the price (7).
    BelowCurrentPrice {
        /// The price.
        min: Money,
    },
    /// It is the leader's maximum already (7).
    SameMaximum,
    /// Not enough money (8).
    InsufficientFunds {
        /// What it takes.
        required: Money,
        /// What there is, the own hold in this auction included.
        available: Money,
    },
    /// The end is not reached yet.
    NotDue,
    /// No money of it waits in escrow.
    NotSold,
    /// It has bids: it can no longer be changed or taken back.
    HasBids,
    /// It has no bids: there is nothing to call.
    NoBids,
    /// Last bids were called before.
    AlreadyCalled,
    /// Live for everyone already.
    AlreadyNational,
    /// The payment gateway will not move the money; none was moved.
    PaymentDeclined,
    /// The file cannot be taken as a picture.
    Picture {
        /// Why.
        fault: PictureFault,
    },
    /// The trade is not at its end yet: there is nothing to review.
    TradeOpen,
    /// Written once already.
    AlreadyReviewed,
    /// The question has its answer already.
    AlreadyAnswered,
    /// The seller has said so already.
    AlreadyHandedOver,
    /// One of the two has blocked the other.
    Blocked,
    /// The account cannot be closed while it has money, holds or open trades.
    AccountInUse {
        /// Can be withdrawn first.
        available: Money,
        /// Backs bids that lead.
        held: Money,
        /// Auctions that run and trades that are not settled.
        trades: i64,
    },
    /// The market is busy; nothing was written, and the same request may be sent again.
    Busy,
}

impl Refusal {
    /// One faulty field.
    #[must_use]
    pub fn field(field: &str, reason: Reason) -> Self {
        Self::Fields { faults: vec![FieldFault::new(field, reason)] }
    }

    /// The HTTP status (design, *The surface*).
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoSession | Self::WrongCredentials => 401,
            Self::Scope { .. } | Self::NotYours | Self::Suspended | Self::SellerCannotBid | Self::Blocked => {
                403
            }
            Self::NotFound => 404,
            Self::Malformed
            | Self::Fields { .. }
            | Self::InvalidAmount
            | Self::OffGrid { .. }
            | Self::Picture { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Busy => 503,
            _ => 409,
        }
    }

    /// Whether the very same request can succeed later without anybody changing anything.
    #[must_use]
    pub fn retry_helps(&self) -> bool {
        matches!(self, Self::TooMany { .. } | Self::NotStarted | Self::NotDue | Self::Busy)
    }

    /// The least amount that would be accepted instead, for the button beside the refusal.
    #[must_use]
    pub fn acceptable(&self) -> Option<Money> {
        match self {
            Self::OffGrid { upper, .. } => Some(*upper),
            Self::BidTooLow { min } | Self::BelowCurrentPrice { min } => Some(*min),
            _ => None,
        }
    }
}
