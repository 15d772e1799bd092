//! One of a few words: in forms, in the books and on the wire.

use serde::{Deserialize, Serialize};

/// The state of the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Condition {
    /// Unused.
    #[serde(rename = "new")]
    New,
    /// As new.
    S,
    /// Slight traces.
    A,
    /// Clear traces.
    B,
    /// Worn or with defects.
    C,
}

impl Condition {
    /// All of them, best first.
    pub const ALL: [Self; 5] = [Self::New, Self::S, Self::A, Self::B, Self::C];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::S => "S",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The condition of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.as_str() == name)
    }
}

/// Who pays for shipping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shipping {
    /// The seller.
    Seller,
    /// The buyer.
    Buyer,
}

impl Shipping {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Seller, Self::Buyer];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Buyer => "buyer",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shipping| shipping.as_str() == name)
    }
}

/// Who is shown the auction, and how (rules, *Words*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Live over a WebSocket, shown to everyone.
    National,
    /// Plain HTTP, shown in its region.
    Neighbourhood,
}

impl Reach {
    /// Both.
    pub const ALL: [Self; 2] = [Self::National, Self::Neighbourhood];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Neighbourhood => "neighbourhood",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.as_str() == name)
    }
}
