//! How fast bids come: listed bids in each of the last minutes, for the seller.

use chrono::{DurationRound, TimeDelta};
use market::{
    Instant,
    live::ListedBid,
    view::{AuctionPage, PACE_MINUTES},
};

/// The minutes shown.
pub const MINUTES: usize = PACE_MINUTES.unsigned_abs() as usize;

/// Bids by the minute in which they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    minutes: Vec<(Instant, i32)>,
    /// The number of the newest listed bid among them.
    last: i32,
}

impl Pace {
    /// As the page was read.
    #[must_use]
    pub fn of(page: &AuctionPage) -> Self {
        Self { minutes: page.pace.clone(), last: page.state.bid_count }
    }

    /// Takes in what a frame lists, newest first.
    pub fn follow(&mut self, bids: &[ListedBid]) {
        for bid in bids.iter().rev().filter(|bid| bid.number > self.last) {
            let minute = minute(bid.at);
            match self.minutes.last_mut() {
                Some(newest) if newest.0 == minute => newest.1 += 1,
                _ => self.minutes.push((minute, 1)),
            }
        }
        self.last = bids.first().map_or(self.last, |bid| bid.number.max(self.last));
        let kept = self.minutes.len().saturating_sub(2 * MINUTES);
        self.minutes.drain(..kept);
    }

    /// Whether it knows at least as much as `other`.
    #[must_use]
    pub fn is_ahead_of(&self, other: &Self) -> bool {
        self.last > other.last
    }

    /// The last ten minutes up to the one that runs at `now`, oldest first.
    #[must_use]
    pub fn lately(&self, now: Instant) -> [i32; MINUTES] {
        let running = minute(now);
        let mut counts = [0; MINUTES];
        for (count, back) in counts.iter_mut().rev().zip(0..) {
            let at = running - TimeDelta::minutes(back);
            *count = self.minutes.iter().filter(|(minute, _)| *minute == at).map(|(_, bids)| bids).sum();
        }
        counts
    }
}

/// The minute an instant lies in.
#[must_use]
pub fn minute(at: Instant) -> Instant {
    // Fails only beyond the years that a clock shows.
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}

/// `2.4`: the average of the minutes.
#[must_use]
pub fn average(counts: &[i32; MINUTES]) -> String {
    // There are ten minutes: the tenths are the sum.
    let sum: i32 = counts.iter().sum();
    format!("{}.{}", sum / PACE_MINUTES, sum % PACE_MINUTES)
}

#[cfg(test)]
mod tests {
    use market::{Money, alias::Alias, text};

    use super::*;

    fn noon() -> Instant {
        text::parse_local("2026-11-22T12:00").expect("a time")
    }

    fn bid(number: i32, seconds: i64) -> ListedBid {
        let at = noon() + TimeDelta::seconds(seconds);
        ListedBid { number, bidder: Alias(1), amount: Money::ZERO, price: Money::ZERO, at }
    }

    #[test]
    fn bids_are_counted_once_in_their_minute_and_forgotten_after_ten() {
        let mut pace = Pace { minutes: vec![(noon(), 2)], last: 2 };
        pace.follow(&[bid(4, 61), bid(3, 59), bid(2, 58)]);
        pace.follow(&[bid(4, 61), bid(3, 59)]);
        let lately = pace.lately(noon() + TimeDelta::seconds(90));
        assert_eq!(lately, [0, 0, 0, 0, 0, 0, 0, 0, 3, 1]);
        assert_eq!(average(&lately), "0.4");
        let later = pace.lately(noon() + TimeDelta::minutes(10));
        assert_eq!(later, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(average(&pace.lately(noon() + TimeDelta::minutes(11))), "0.0");
    }
}
