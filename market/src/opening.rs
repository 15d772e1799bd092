//! Opening an auction (rules, *Opening*): what it must be. [`Draft`] is the form as typed.

mod choices;
mod draft;
mod edit;
mod faults;
mod notation;
#[cfg(test)]
mod tests;
mod written;

use chrono::TimeDelta;

use crate::{Instant, PictureId, Terms};

pub use choices::{Condition, Reach, Shipping};
pub use draft::Draft;
pub use edit::{ADDITION_MAX, ADDITIONS_MAX, Addition, Opened};
pub use faults::{schedule_fault, terms_faults};

/// The longest title, in characters.
pub const TITLE_MAX: usize = 100;
/// The longest description, in characters.
pub const DESCRIPTION_MAX: usize = 5_000;
/// The shortest auction, in minutes.
pub const MINUTES_MIN: i64 = 10;
/// The longest auction, in days.
pub const DAYS_MAX: i64 = 30;
/// The lengths a seller is offered, in minutes: an hour, and 1, 3, 7 and 14 days.
pub const OFFERED_MINUTES: [i64; 5] = [60, 1_440, 4_320, 10_080, 20_160];

/// An auction that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What is sold.
    pub listing: Listing,
    /// How it looks, the cover first; at most ten.
    pub pictures: Vec<PictureId>,
    /// What is fixed.
    pub terms: Terms,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
}

impl Opening {
    /// The same once more, from `now` on and as long as it was, within the bounds of any auction: calling
    /// last bids may have cut it shorter.
    #[must_use]
    pub fn again(&self, now: Instant) -> Self {
        let bounds = (TimeDelta::minutes(MINUTES_MIN), TimeDelta::days(DAYS_MAX));
        let length = (self.ends_at - self.starts_at).clamp(bounds.0, bounds.1);
        Self { starts_at: now, ends_at: now + length, ..self.clone() }
    }
}

/// What is sold, for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// 1–100 characters.
    pub title: String,
    /// Free text.
    pub description: String,
    /// A category's slug.
    pub category: String,
    /// Its state.
    pub condition: Condition,
    /// Who pays for shipping.
    pub shipping: Shipping,
    /// Who is shown it.
    pub reach: Reach,
    /// A region's code; `None`: the seller's.
    pub region: Option<String>,
}
