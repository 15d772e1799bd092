//! Whole won.

use std::{fmt, iter::Sum, ops};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount, or the change of one, in whole won. `NUMERIC(14,0)` in the books, an integer on the wire.
///
/// There is no `Default`: an amount that nobody named is a mistake. `+` and `-` are exact within what 96 bits
/// of [`Decimal`] hold and panic beyond it, which no sum of 14-digit amounts in the books can reach.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The largest amount of a bid, a price or a start: 10¹² won (rules, *Bidding* 4 and *Opening*).
    #[must_use]
    pub fn ceiling() -> Self {
        Self::won(1_000_000_000_000)
    }

    /// `amount` won.
    #[must_use]
    pub fn won(amount: i64) -> Self {
        Self(Decimal::from(amount))
    }

    /// The amount as the books hold it, if it is whole and fits 14 digits.
    #[must_use]
    pub fn from_decimal(amount: Decimal) -> Option<Self> {
        let fits = amount.abs() < Decimal::from(100_000_000_000_000_i64);
        (fits && amount.fract().is_zero()).then(|| Self(amount.trunc()))
    }

    /// The amount as the books hold it.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        self.0
    }

    /// The amount as an integer of won.
    ///
    /// # Panics
    /// Beyond 63 bits: a hundred thousand times what a column of the books can hold.
    #[must_use]
    pub fn to_won(self) -> i64 {
        self.0.to_i64().expect("an amount of the books fits 63 bits")
    }

    /// What a person typed: digits, with or without thousands separators or a trailing `원`. Fractions, signs
    /// that make no sense and other text give `None`; the range is the rules' business.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits: String = text.strip_suffix('원').unwrap_or(text).trim().replace(',', "");
        let number: i64 = digits.parse().ok()?;
        Self::from_decimal(Decimal::from(number))
    }

    /// Whether there is anything at all.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self > Self::ZERO
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The multiples of `unit` around the amount: itself twice if it is one.
    ///
    /// # Panics
    /// If `unit` is zero: an increment is checked when the auction is opened.
    #[must_use]
    pub fn neighbours(self, unit: Self) -> (Self, Self) {
        let rest = self.0 % unit.0;
        if rest.is_zero() {
            return (self, self);
        }
        let lower = Self(self.0 - rest);
        (lower, lower + unit)
    }

    /// The amount `times` over.
    #[must_use]
    pub fn times(self, times: i64) -> Self {
        Self(self.0 * Decimal::from(times))
    }
}

impl ops::Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl ops::Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl ops::Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, ops::Add::add)
    }
}

/// The bare digits; for people, [`crate::text::won`].
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}원", self.0)
    }
}

// Decimal's own serde goes through `deserialize_any` or text; a won is an integer.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.to_won())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = i64::deserialize(deserializer)?;
        Self::from_decimal(Decimal::from(amount))
            .ok_or_else(|| serde::de::Error::custom("more than 14 digits of won"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_whole_won_or_nothing() {
        assert_eq!(Money::parse(" 1,294,000원 "), Some(Money::won(1_294_000)));
        assert_eq!(Money::parse("-5"), Some(Money::won(-5)));
        for text in ["", "abc", "1000.9", "1e3", "99999999999999999999", "100000000000000", "１０００"] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_wire_carries_integers() {
        assert_eq!(serde_json::to_string(&Money::won(12_000)).ok().as_deref(), Some("12000"));
        assert_eq!(serde_json::from_str::<Money>("12000").ok(), Some(Money::won(12_000)));
        assert!(serde_json::from_str::<Money>("1000.9").is_err());
        assert!(serde_json::from_str::<Money>("100000000000000").is_err());
    }

    #[test]
    fn neighbours_are_the_multiples_around() {
        let unit = Money::won(1_000);
        assert_eq!(Money::won(52_500).neighbours(unit), (Money::won(52_000), Money::won(53_000)));
        assert_eq!(Money::won(52_000).neighbours(unit), (Money::won(52_000), Money::won(52_000)));
        assert_eq!(Money::won(500).neighbours(unit), (Money::ZERO, unit));
    }
}
