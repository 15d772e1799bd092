//! The price over time as a small line: steps, since a price stands until the next bid.

use leptos::prelude::*;
use market::{Instant, Money};

use crate::language::won;

/// The drawing's size; it is stretched to its place.
const WIDTH: i64 = 420;
const HEIGHT: i64 = 80;
/// Where the lowest and the highest price lie.
const LOW: i64 = 72;
const HIGH: i64 = 14;

/// The line. Fewer than two prices are none.
#[component]
pub fn Spark(
    /// When the price changed, to what; in the order of time.
    points: Memo<Vec<(Instant, Money)>>,
) -> impl IntoView {
    move || {
        points.with(|points| {
            let (first, last) = (points.first()?, points.last()?);
            let line = line(points)?;
            let label = tr!(home.hero.spark, first = won(first.1), last = won(last.1)).to_string();
            let dot = format!("M{WIDTH} {HIGH}h.01");
            Some(view! {
                <svg
                    class="spark"
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=label
                >
                    <path class="chart-area" d=format!("{line}V{HEIGHT}H0z")></path>
                    <path class="chart-line" d=line></path>
                    <path class="chart-dot chart-halo" d=dot.clone()></path>
                    <path class="chart-dot" d=dot></path>
                </svg>
            })
        })
    }
}

/// `M0 72H60V66…H420`: right until the next price, then up to it. `None` if it never changed.
fn line(points: &[(Instant, Money)]) -> Option<String> {
    let ((begin, lowest), (end, highest)) = (points.first()?, points.last()?);
    let span = (*end - *begin).num_milliseconds();
    let rise = highest.to_won() - lowest.to_won();
    if span <= 0 || rise <= 0 {
        return None;
    }
    // The last step needs room: the price it led to is what stands now.
    let x = |at: Instant| (at - *begin).num_milliseconds() * (WIDTH - 24) / span;
    let y = |price: Money| LOW - (price.to_won() - lowest.to_won()) * (LOW - HIGH) / rise;
    let steps: Vec<String> =
        points[1..].iter().map(|(at, price)| format!("H{}V{}", x(*at), y(*price))).collect();
    let steps = steps.concat();
    Some(format!("M0 {LOW}{steps}H{WIDTH}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64, price: i64) -> (Instant, Money) {
        (chrono::DateTime::from_timestamp(second, 0).expect("a time"), Money::won(price))
    }

    #[test]
    fn a_price_stands_until_the_next_and_the_last_one_to_the_edge() {
        let points = [at(0, 1_000), at(5, 1_500), at(10, 2_000)];
        assert_eq!(line(&points).as_deref(), Some("M0 72H198V43H396V14H420"));
        assert_eq!(line(&points[..1]), None);
        assert_eq!(line(&[]), None);
    }
}
