//! Quiet hours: minutes of the day in Seoul.

use chrono::{DurationRound, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    Instant,
    text::{minute_of_day, minute_word},
};

/// Hours of the day in Seoul in which neither letters nor pushes are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// From this minute of the day.
    from: u16,
    /// Up to this one; an earlier one is tomorrow's.
    to: u16,
}

impl Quiet {
    /// What a form starts from: the night.
    pub const NIGHT: Self = Self { from: 22 * 60, to: 8 * 60 };

    /// From a minute of the day up to another; a day that is all quiet is none.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < 24 * 60 && to < 24 * 60 && from != to).then_some(Self { from, to })
    }

    /// Where it begins, in minutes of the day.
    #[must_use]
    pub fn from(self) -> u16 {
        self.from
    }

    /// Where it ends, in minutes of the day.
    #[must_use]
    pub fn to(self) -> u16 {
        self.to
    }

    /// As `22:00` and `08:00`.
    #[must_use]
    pub fn words(self) -> (String, String) {
        (minute_word(self.from), minute_word(self.to))
    }

    /// When it ends, if it is quiet at `now`.
    #[must_use]
    pub fn until(self, now: Instant) -> Option<Instant> {
        const DAY: u16 = 24 * 60;
        let passed = (minute_of_day(now) + DAY - self.from) % DAY;
        let length = (self.to + DAY - self.from) % DAY;
        let left = TimeDelta::minutes((length.checked_sub(passed).filter(|left| *left > 0)?).into());
        // Quiet hours end with a minute, not some seconds into it.
        Some(now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now) + left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parse_local;

    fn at(text: &str) -> Instant {
        parse_local(text).expect("a time")
    }

    #[test]
    fn the_night_is_quiet_over_midnight_and_ends_on_the_minute() {
        let night = Quiet::NIGHT;
        let morning = Some(at("2026-11-23T08:00"));
        assert_eq!(night.until(at("2026-11-22T22:00:00")), morning);
        assert_eq!(night.until(at("2026-11-23T00:00:31")), morning);
        assert_eq!(night.until(at("2026-11-23T07:59:59")), morning);
        assert_eq!(night.until(at("2026-11-23T08:00:00")), None);
        assert_eq!(night.until(at("2026-11-22T21:59:59")), None);
    }

    #[test]
    fn an_hour_at_noon_is_quiet_too() {
        let noon = Quiet::new(12 * 60, 13 * 60).expect("an hour");
        assert_eq!(noon.until(at("2026-11-22T12:30")), Some(at("2026-11-22T13:00")));
        assert_eq!(noon.until(at("2026-11-22T13:00")), None);
        assert_eq!(noon.until(at("2026-11-22T11:59")), None);
        assert_eq!(Quiet::new(60, 60), None);
        assert_eq!(Quiet::new(24 * 60, 0), None);
    }
}
