//! When each auction of the demo starts and ends, as seen from the start of the server. All of it follows
//! from the number of the lot: two fillings at the same moment are the same.

use chrono::TimeDelta;
use market::Instant;

use super::files::{Lot, Stage};

/// How long a dispute waits, and then staff's decision.
pub const DISPUTE: TimeDelta = TimeDelta::hours(20);
/// When the seller is paid without a word of the buyer; a minute later than the rules ask.
pub const HANDOVER: TimeDelta = TimeDelta::minutes(market::closing::HANDOVER_DAYS * 24 * 60 + 1);
/// A new round starts no later than this before now.
const FRESH: TimeDelta = TimeDelta::minutes(30);

/// The times of one auction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When the seller sends the form.
    pub opens_at: Instant,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// Live ones: when their last bid was placed.
    pub quiet_since: Option<Instant>,
}

impl Times {
    /// The times of the lot with the number `index`; a new round does not start before the last one ended.
    pub fn of(lot: &Lot, index: usize, now: Instant, last_end: Option<Instant>) -> Self {
        let number = i64::try_from(index).unwrap_or(0);
        match lot.stage {
            Stage::Live => Self::live(lot, number, now, last_end),
            Stage::Scheduled => {
                let starts_at = now + TimeDelta::minutes(lot.starts_in_minutes.unwrap_or(60));
                let opens_at = now - TimeDelta::minutes(90 + number * 37 % 1_200);
                let opens_at = last_end.map_or(opens_at, |end| opens_at.max(end).min(now));
                Self { opens_at, starts_at, ends_at: starts_at + run(number), quiet_since: None }
            }
            Stage::Cancelled => Self::from_start(now - run(number), now + TimeDelta::days(2)),
            Stage::Settled | Stage::Sold | Stage::Disputed | Stage::Refunded | Stage::Unsold => {
                let ends_at = now - Self::ended_ago(lot, number);
                Self::from_start(ends_at - run(number), ends_at)
            }
        }
    }

    fn live(lot: &Lot, number: i64, now: Instant, last_end: Option<Instant>) -> Self {
        let ends_in = lot.ends_in_minutes.unwrap_or(60);
        let ran = if lot.live_show { TimeDelta::minutes(150 + number % 5 * 20) } else { run(number) };
        let starts_at = last_end.map_or(now - ran, |end| end.max(now - ran).min(now - FRESH));
        // Where the end is near somebody has just bid.
        let quiet = TimeDelta::seconds((ends_in * 3).clamp(40, 900 + number * 541 % 6_000) + number * 7 % 60);
        let quiet_since = Some((now - quiet).max(starts_at + (now - starts_at) / 2));
        Self { quiet_since, ..Self::from_start(starts_at, now + TimeDelta::minutes(ends_in)) }
    }

    fn from_start(starts_at: Instant, ends_at: Instant) -> Self {
        Self { opens_at: starts_at, starts_at, ends_at, quiet_since: None }
    }

    /// Long enough ago for all that has happened since, and not so long that escrow would be paid out today.
    fn ended_ago(lot: &Lot, number: i64) -> TimeDelta {
        let awaited = match (lot.stage, lot.terms().settlement) {
            (Stage::Sold | Stage::Disputed, _) => return TimeDelta::minutes(20 * 60 + number * 67 % 2_400),
            (Stage::Refunded, _) => DISPUTE * 2,
            (Stage::Settled, market::Settlement::OnHandover) => HANDOVER,
            _ => TimeDelta::zero(),
        };
        awaited + TimeDelta::minutes(20 * 60 + number * 311 % (10 * 24 * 60))
    }

    /// The part of the whole time that has passed, in thousandths.
    pub fn elapsed(&self, now: Instant) -> i64 {
        let whole = (self.ends_at - self.starts_at).num_seconds().max(1);
        ((now - self.starts_at).num_seconds() * 1_000 / whole).clamp(0, 1_000)
    }
}

/// Three to seven days, less some hours.
fn run(number: i64) -> TimeDelta {
    TimeDelta::minutes((3 + number % 5) * 24 * 60 - number * 37 % 600)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files;

    #[test]
    fn what_happened_happened_before_now_and_in_its_order() {
        let now = chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        for (index, lot) in files::lots().expect("the file").iter().enumerate() {
            let times = Times::of(lot, index, now, None);
            assert!(times.opens_at <= times.starts_at && times.starts_at < times.ends_at, "{index}");
            assert!(times.opens_at < now, "{index}");
            match lot.stage {
                Stage::Live => assert!(times.starts_at < now && now < times.ends_at, "{index}"),
                Stage::Scheduled => assert!(now < times.starts_at, "{index}"),
                Stage::Cancelled => assert!(times.starts_at < now, "{index}"),
                Stage::Refunded => assert!(times.ends_at + DISPUTE * 2 < now, "{index}"),
                Stage::Sold | Stage::Disputed => {
                    assert!(times.ends_at < now && now < times.ends_at + HANDOVER, "{index}");
                }
                Stage::Settled | Stage::Unsold => assert!(times.ends_at < now, "{index}"),
            }
        }
    }

    #[test]
    fn a_new_round_starts_after_the_last_one_ended() {
        let now = chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let last_end = now - TimeDelta::hours(2);
        for (index, lot) in files::lots().expect("the file").iter().enumerate() {
            if matches!(lot.stage, Stage::Live | Stage::Scheduled) {
                assert!(Times::of(lot, index, now, Some(last_end)).opens_at >= last_end, "{index}");
            }
        }
    }
}
