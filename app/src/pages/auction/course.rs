//! The price over time, as a line: whole numbers only, so that server and browser draw the same.

use chrono::TimeDelta;
use market::{
    Instant, Money,
    live::ListedBid,
    view::{AuctionPage, CHART_POINTS},
};

/// The drawing's size; the box stretches it.
pub const WIDTH: i64 = 420;
/// The drawing's height.
pub const HEIGHT: i64 = 200;
/// Gridlines are five.
const STEPS: i64 = 4;
/// Points, at most.
const POINTS: usize = CHART_POINTS.unsigned_abs() as usize;

/// When the price changed, to what; the newest last. Of very many changes some, evenly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The changes.
    pub points: Vec<(Instant, Money)>,
    /// The number of the newest listed bid among them.
    last: i32,
}

impl Course {
    /// As the page was read.
    #[must_use]
    pub fn of(page: &AuctionPage) -> Self {
        Self { points: page.chart.clone(), last: page.state.bid_count }
    }

    /// Takes in what a frame lists, newest first; `false` if bids between were missed.
    pub fn follow(&mut self, bids: &[ListedBid]) -> bool {
        let news: Vec<&ListedBid> = bids.iter().filter(|bid| bid.number > self.last).collect();
        let Some(oldest) = news.last() else { return true };
        let whole = oldest.number == self.last + 1;
        self.last = news[0].number;
        self.points.extend(news.iter().rev().map(|bid| (bid.at, bid.price)));
        if self.points.len() > POINTS {
            self.thin();
        }
        whole
    }

    /// Every second change goes, the newest never.
    fn thin(&mut self) {
        let newest = self.points.len() - 1;
        let mut index = 0;
        self.points.retain(|_| {
            index += 1;
            (newest + 1 - index).is_multiple_of(2)
        });
    }

    /// Whether it knows at least as much as `other`.
    #[must_use]
    pub fn is_ahead_of(&self, other: &Self) -> bool {
        self.last > other.last
    }
}

/// The line, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The line's path.
    pub line: String,
    /// The line and the ground below it.
    pub area: String,
    /// Where the line ends.
    pub tip: String,
    /// The amounts at the gridlines, from above.
    pub ticks: Vec<Money>,
    /// The times below: start, middle, end.
    pub times: [Instant; 3],
    /// Where the end stood before late bids moved it, if it is in the picture.
    pub mark: Option<i64>,
}

/// Draws the price from `start` at the start price up to `until` at the price then, which a changed maximum
/// may have lifted above the last bid's; gridlines are at least a `least` apart.
#[must_use]
pub fn draw(
    course: &Course,
    start: (Instant, Money),
    least: Money,
    until: (Instant, Money),
    first_end: Option<Instant>,
) -> Drawing {
    let newest = course.points.last().map_or(start, |point| *point);
    let (until, price) = (until.0.max(newest.0).max(start.0 + TimeDelta::seconds(1)), until.1.max(newest.1));
    let (base, step) = scale(start.1.to_won(), price.to_won(), least.to_won());
    let span = (until - start.0).num_milliseconds();
    let x = |at: Instant| ((at - start.0).num_milliseconds() * WIDTH / span).clamp(0, WIDTH);
    let y = |price: Money| HEIGHT - (price.to_won() - base) * HEIGHT / (STEPS * step);
    let steps = course.points.iter().map(|&(at, price)| format!("H{}V{}", x(at), y(price)));
    let lifted = if price > newest.1 { format!("V{}", y(price)) } else { String::new() };
    let line = format!("M0 {}{}H{WIDTH}{lifted}", y(start.1), steps.collect::<String>());
    Drawing {
        area: format!("{line}V{HEIGHT}H0z"),
        line,
        tip: format!("M{WIDTH} {}h.01", y(price)),
        ticks: (0..=STEPS).rev().map(|index| Money::won(base + index * step)).collect(),
        times: [start.0, start.0 + (until - start.0) / 2, until],
        mark: first_end.filter(|&at| at > start.0 && at < until).map(x),
    }
}

/// The lowest gridline and the round distance between two, so that all five hold `low` and `high`.
fn scale(low: i64, high: i64, least: i64) -> (i64, i64) {
    let mut power = 1;
    loop {
        for round in [1, 2, 3, 5] {
            let step = round * power;
            let base = low / step * step;
            if step >= least && base + STEPS * step > high {
                return (base, step);
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use market::{alias::Alias, text};

    use super::*;

    fn noon() -> Instant {
        text::parse_local("2026-11-22T12:00").expect("a time")
    }

    fn bid(number: i32) -> ListedBid {
        let price = Money::won(i64::from(number) * 1_000);
        ListedBid { number, bidder: Alias(1), amount: price, price, at: noon() }
    }

    #[test]
    fn the_gridlines_are_round_and_hold_the_price() {
        assert_eq!(scale(300_000, 1_280_000, 10_000), (300_000, 300_000));
        assert_eq!(scale(10_000, 10_000, 1_000), (10_000, 1_000));
        let (base, step) = scale(1_000, 1_000_000_000_000, 1);
        assert!(base <= 1_000 && base + STEPS * step > 1_000_000_000_000);
    }

    #[test]
    fn frames_are_taken_in_once_and_a_gap_is_noticed() {
        let mut course = Course { points: Vec::new(), last: 1 };
        assert!(course.follow(&[bid(3), bid(2), bid(1)]));
        assert!(course.follow(&[bid(3), bid(2), bid(1)]));
        assert_eq!(course.points.len(), 2);
        assert!(!course.follow(&[bid(9)]));
        assert_eq!(course.points.len(), 3);
    }

    #[test]
    fn of_very_many_changes_every_second_one_stays_and_the_newest_always() {
        let mut course = Course { points: Vec::new(), last: 0 };
        for number in 1..=301 {
            course.follow(&[bid(number)]);
        }
        assert_eq!(course.points.len(), 151);
        assert_eq!(course.points.first(), Some(&(noon(), Money::won(1_000))));
        assert_eq!(course.points.last(), Some(&(noon(), Money::won(301_000))));
    }

    #[test]
    fn the_line_ends_at_the_price_though_no_bid_is_listed_for_it() {
        let start = (noon(), Money::won(1_000));
        let course = Course { points: vec![(noon(), Money::won(2_000))], last: 1 };
        let until = (noon() + TimeDelta::seconds(100), Money::won(3_000));
        let drawing = draw(&course, start, Money::won(1_000), until, None);
        assert_eq!((drawing.line.as_str(), drawing.tip.as_str()), ("M0 200H0V150H420V100", "M420 100h.01"));
    }

    #[test]
    fn the_line_climbs_in_steps() {
        let start = (noon(), Money::won(1_000));
        let course = Course { points: vec![(noon() + TimeDelta::seconds(50), Money::won(3_000))], last: 1 };
        let until = (noon() + TimeDelta::seconds(100), Money::won(3_000));
        let drawing = draw(&course, start, Money::won(1), until, None);
        assert_eq!(drawing.line, "M0 200H210V100H420");
        assert_eq!(drawing.ticks.first(), Some(&Money::won(5_000)));
    }
}
