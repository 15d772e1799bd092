//! What is wrong with terms and times.

use chrono::TimeDelta;

use super::{DAYS_MAX, MINUTES_MIN};
use crate::{
    Increment, Instant, Money, SoftClose, Terms,
    refusal::{FieldFault, Reason},
};

/// Collects what is wrong, field by field, so that a person sees all of it at once.
#[derive(Default)]
pub(super) struct Faults(pub Vec<FieldFault>);

impl Faults {
    pub fn add(&mut self, field: &str, reason: Reason) {
        self.0.push(FieldFault::new(field, reason));
    }

    pub fn take<T>(&mut self, field: &str, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.add(field, reason)).ok()
    }
}

/// What is wrong between the amounts and the soft close of `terms`.
#[must_use]
pub fn terms_faults(terms: &Terms) -> Vec<FieldFault> {
    let mut faults = Faults::default();
    let sound = terms.increment.fault().is_none();
    amount_faults(terms, sound, &mut faults);
    if terms.reserve.is_some_and(|reserve| reserve <= terms.start_price) {
        faults.add("reserve", Reason::NotAboveStart);
    }
    match &terms.increment {
        Increment::Fixed { .. } if !sound => faults.add("increment", Reason::OutOfRange),
        Increment::Ladder { .. } if !sound => faults.add("increment", Reason::CrookedLadder),
        increment => {
            let least = terms.start_price + increment.step(terms.start_price);
            let too_low =
                |buy_now| buy_now < least || terms.reserve.is_some_and(|reserve| buy_now <= reserve);
            if terms.buy_now.is_some_and(too_low) {
                faults.add("buy_now", Reason::BuyNowTooLow);
            }
        }
    }
    if let Some(soft) = terms.soft_close {
        soft_close_faults(soft, &mut faults);
    }
    faults.0
}

/// Each amount by itself: its range, and the grid where there is one.
fn amount_faults(terms: &Terms, increment_is_sound: bool, faults: &mut Faults) {
    let grid = terms.increment.grid().filter(|_| increment_is_sound);
    let amounts =
        [("start_price", Some(terms.start_price)), ("reserve", terms.reserve), ("buy_now", terms.buy_now)];
    for (field, amount) in amounts {
        let Some(amount) = amount else { continue };
        if !amount.is_positive() || amount > Money::ceiling() {
            faults.add(field, Reason::OutOfRange);
        } else if let Some(unit) = grid.filter(|unit| amount.neighbours(*unit).0 != amount) {
            faults.0.push(FieldFault::off_grid(field, amount, unit));
        }
    }
}

/// Each of the three numbers by its own field.
fn soft_close_faults(soft: SoftClose, faults: &mut Faults) {
    let short = 10..=600;
    let numbers = [
        ("soft_window", short.contains(&soft.window)),
        ("soft_extension", short.contains(&soft.extension)),
        ("soft_hard_stop", (soft.extension..=3_600).contains(&soft.hard_stop)),
    ];
    for (field, _) in numbers.into_iter().filter(|(_, sound)| !sound) {
        faults.add(field, Reason::SoftCloseOutOfRange);
    }
}

/// What is wrong with a schedule. A start in the past is that of an auction that runs already: it lasts from
/// there on, and must not be over.
#[must_use]
pub fn schedule_fault(starts_at: Instant, ends_at: Instant, now: Instant) -> Option<Reason> {
    if ends_at <= starts_at.max(now) {
        Some(Reason::EndTooEarly)
    } else if ends_at - starts_at < TimeDelta::minutes(MINUTES_MIN) {
        Some(Reason::DurationTooShort)
    } else if ends_at - starts_at > TimeDelta::days(DAYS_MAX) {
        Some(Reason::DurationTooLong)
    } else {
        None
    }
}
