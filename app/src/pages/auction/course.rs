//! The price over time, as a line: whole numbers only, so that server and browser draw the same.

use market::{Instant, Money, live::ListedBid, view::AuctionPage};

/// The drawing's size; the box stretches it.
pub const WIDTH: i64 = 420;
/// The drawing's height.
pub const HEIGHT: i64 = 200;
/// Gridlines are five.
const STEPS: i64 = 4;

/// When the price changed, to what; the newest last.
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
        whole
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

/// Draws the price from `start` at the start price up to `until`; gridlines are at least a `least` apart.
#[must_use]
pub fn draw(
    course: &Course,
    start: (Instant, Money),
    least: Money,
    until: Instant,
    first_end: Option<Instant>,
) -> Drawing {
    let newest = course.points.last().map_or(start, |point| *point);
    let until = until.max(newest.0).max(start.0 + chrono::TimeDelta::seconds(1));
    let (base, step) = scale(start.1.to_won(), newest.1.to_won(), least.to_won());
    let span = (until - start.0).num_milliseconds();
    let x = |at: Instant| ((at - start.0).num_milliseconds() * WIDTH / span).clamp(0, WIDTH);
    let y = |price: Money| HEIGHT - (price.to_won() - base) * HEIGHT / (STEPS * step);
    let steps = course.points.iter().map(|&(at, price)| format!("H{}V{}", x(at), y(price)));
    let line = format!("M0 {}{}H{WIDTH}", y(start.1), steps.collect::<String>());
    Drawing {
        area: format!("{line}V{HEIGHT}H0z"),
        line,
        tip: format!("M{WIDTH} {}h.01", y(newest.1)),
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
    fn the_line_climbs_in_steps() {
        let start = (noon(), Money::won(1_000));
        let course =
            Course { points: vec![(noon() + chrono::TimeDelta::seconds(50), Money::won(3_000))], last: 1 };
        let drawing = draw(&course, start, Money::won(1), noon() + chrono::TimeDelta::seconds(100), None);
        assert_eq!(drawing.line, "M0 200H210V100H420");
        assert_eq!(drawing.ticks.first(), Some(&Money::won(5_000)));
    }
}
