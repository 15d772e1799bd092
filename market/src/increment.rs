//! How much more the next bid must be: the step s(x) (rules, *Opening*, increment).

use serde::{Deserialize, Serialize};

use crate::Money;

/// The units a seller is offered for [`Increment::Fixed`], in won.
pub const OFFERED_UNITS: [i64; 6] = [100, 500, 1_000, 5_000, 10_000, 50_000];

/// The rule of an auction's steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Increment {
    /// s(x) = unit, and every amount is a multiple of the unit.
    Fixed {
        /// The unit, in won.
        unit: Money,
    },
    /// s(x) is the step of the first band whose upper limit is above x.
    Ladder {
        /// The bands in rising order; the last has no limit.
        bands: Vec<Band>,
    },
}

/// One band of a ladder, `[upper limit or null, step]` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Option<Money>, Money)", into = "(Option<Money>, Money)")]
pub struct Band {
    /// The band holds for amounts below this (exclusive); the last band has none.
    pub below: Option<Money>,
    /// The step within the band, in won.
    pub step: Money,
}

impl From<(Option<Money>, Money)> for Band {
    fn from((below, step): (Option<Money>, Money)) -> Self {
        Self { below, step }
    }
}

impl From<Band> for (Option<Money>, Money) {
    fn from(band: Band) -> Self {
        (band.below, band.step)
    }
}

/// What is wrong with an increment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncrementFault {
    /// A unit or a step that is not above zero, or one above 10¹².
    StepOutOfRange,
    /// Limits that do not rise, or a limit outside 1…10¹².
    LimitsMustRise,
    /// A step smaller than that of the band below.
    StepsMustNotFall,
    /// The last band has a limit, or one before it has none, or there is no band.
    LastBandMustBeOpen,
}

impl Increment {
    /// The seed system's rule with its default unit.
    #[must_use]
    pub fn default_unit() -> Self {
        Self::Fixed { unit: Money::won(1_000) }
    }

    /// The ladder offered to sellers: steps of about five per cent, as auction houses use them.
    #[must_use]
    pub fn offered_ladder() -> Self {
        let band = |below: Option<i64>, step| Band { below: below.map(Money::won), step: Money::won(step) };
        Self::Ladder {
            bands: vec![
                band(Some(10_000), 500),
                band(Some(50_000), 1_000),
                band(Some(100_000), 2_000),
                band(Some(500_000), 5_000),
                band(Some(1_000_000), 10_000),
                band(Some(5_000_000), 50_000),
                band(None, 100_000),
            ],
        }
    }

    /// s(x): how much more than `x` the next bid must be.
    ///
    /// # Panics
    /// For a ladder without an open last band, which [`Increment::fault`] refuses at opening.
    #[must_use]
    pub fn step(&self, x: Money) -> Money {
        match self {
            Self::Fixed { unit } => *unit,
            Self::Ladder { bands } => bands
                .iter()
                .find(|band| band.below.is_none_or(|limit| limit > x))
                .map(|band| band.step)
                .expect("the last band of a ladder has no limit"),
        }
    }

    /// The unit whose multiples all amounts must be; a ladder has none.
    #[must_use]
    pub fn grid(&self) -> Option<Money> {
        match self {
            Self::Fixed { unit } => Some(*unit),
            Self::Ladder { .. } => None,
        }
    }

    /// Whether `amount` may be bid at all, as far as the grid goes.
    #[must_use]
    pub fn on_grid(&self, amount: Money) -> bool {
        self.grid().is_none_or(|unit| amount.neighbours(unit).0 == amount)
    }

    /// What is wrong with the increment, if anything.
    #[must_use]
    pub fn fault(&self) -> Option<IncrementFault> {
        let sound = |step: Money| step.is_positive() && step <= Money::ceiling();
        match self {
            Self::Fixed { unit } => (!sound(*unit)).then_some(IncrementFault::StepOutOfRange),
            Self::Ladder { bands } => ladder_fault(bands, sound),
        }
    }
}

fn ladder_fault(bands: &[Band], sound: impl Fn(Money) -> bool) -> Option<IncrementFault> {
    let Some((last, others)) = bands.split_last() else {
        return Some(IncrementFault::LastBandMustBeOpen);
    };
    if last.below.is_some() || others.iter().any(|band| band.below.is_none()) {
        return Some(IncrementFault::LastBandMustBeOpen);
    }
    if !bands.iter().all(|band| sound(band.step)) {
        return Some(IncrementFault::StepOutOfRange);
    }
    let limits_sound = others.iter().all(|band| band.below.is_some_and(&sound));
    if !limits_sound || others.windows(2).any(|pair| pair[0].below >= pair[1].below) {
        return Some(IncrementFault::LimitsMustRise);
    }
    bands.windows(2).any(|pair| pair[0].step > pair[1].step).then_some(IncrementFault::StepsMustNotFall)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(bands: &[(Option<i64>, i64)]) -> Increment {
        let band = |&(below, step): &(Option<i64>, i64)| Band {
            below: below.map(Money::won),
            step: Money::won(step),
        };
        Increment::Ladder { bands: bands.iter().map(band).collect() }
    }

    #[test]
    fn limits_are_exclusive() {
        let steps = ladder(&[(Some(100), 5), (None, 25)]);
        assert_eq!(steps.step(Money::won(99)), Money::won(5));
        assert_eq!(steps.step(Money::won(100)), Money::won(25));
    }

    #[test]
    fn a_crooked_ladder_is_named() {
        let fault = |bands: &[(Option<i64>, i64)]| ladder(bands).fault();
        assert_eq!(Increment::offered_ladder().fault(), None);
        assert_eq!(fault(&[]), Some(IncrementFault::LastBandMustBeOpen));
        assert_eq!(fault(&[(Some(10), 1)]), Some(IncrementFault::LastBandMustBeOpen));
        assert_eq!(fault(&[(None, 1), (None, 1)]), Some(IncrementFault::LastBandMustBeOpen));
        assert_eq!(fault(&[(Some(10), 0), (None, 1)]), Some(IncrementFault::StepOutOfRange));
        assert_eq!(fault(&[(Some(10), 1), (Some(10), 2), (None, 3)]), Some(IncrementFault::LimitsMustRise));
        assert_eq!(fault(&[(Some(10), 2), (None, 1)]), Some(IncrementFault::StepsMustNotFall));
        assert_eq!(
            Increment::Fixed { unit: Money::ZERO }.fault(),
            Some(IncrementFault::StepOutOfRange),
            "M7: an increment of nothing"
        );
    }
}
