//! Figures as bars: a picture of thirty days, and a row of a table with its length.

use leptos::prelude::*;

/// The drawing's own units; it stretches with the page.
const WIDTH: i64 = 420;
const HEIGHT: i64 = 200;
/// The length of a row's bar.
const LENGTH: i64 = 100;

/// A bar a day, oldest first. The figures stand in the table beneath, for who cannot see the picture.
#[component]
pub fn DayBars(
    /// One a day.
    values: Vec<i64>,
    /// What reaches the top.
    most: i64,
    /// What the picture says, in a sentence.
    summary: String,
    /// The words beside its top, middle and foot.
    ticks: [String; 3],
    /// The words below its first and last bar.
    ends: [String; 2],
) -> impl IntoView {
    let grid = [0, 1, 2].map(|line| format!("M0 {}H{WIDTH}", line * HEIGHT / 2)).concat();
    let view_box = format!("0 0 {WIDTH} {HEIGHT}");
    let words = |words: String| view! { <span>{words}</span> };
    view! {
        <div class="chart">
            <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=summary>
                <path class="chart-grid" d=grid></path>
                <path class="chart-bars" d=path(&values, most)></path>
            </svg>
            <div class="chart-y" aria-hidden="true">
                {ticks.map(words).collect_view()}
            </div>
            <div class="chart-x" aria-hidden="true">
                {ends.map(words).collect_view()}
            </div>
        </div>
    }
}

/// The top of the scale: at least one, so that nothing is divided by nothing.
pub fn top(values: &[i64]) -> i64 {
    values.iter().copied().max().unwrap_or(0).max(1)
}

/// Whole units only: the same on the server and in the browser.
fn path(values: &[i64], most: i64) -> String {
    let count = i64::try_from(values.len()).unwrap_or(1).max(1);
    let width = (WIDTH / count * 7 / 10).max(1);
    let bar = |(place, value): (i64, &i64)| {
        let (x, height) = (place * WIDTH / count, scaled(*value, most, HEIGHT));
        if height == 0 { String::new() } else { format!("M{x} {HEIGHT}v-{height}h{width}v{height}z") }
    };
    (0..).zip(values).map(bar).collect()
}

/// Something that is there is seen.
fn scaled(value: i64, top: i64, length: i64) -> i64 {
    let exact = i128::from(value.max(0)) * i128::from(length) / i128::from(top.max(1));
    let exact = i64::try_from(exact).unwrap_or(length).min(length);
    if value > 0 { exact.max(1) } else { 0 }
}

/// The length of a row in its table; the number stands beside it.
#[component]
pub fn RowBar(value: i64, top: i64) -> impl IntoView {
    let length = scaled(value, top, LENGTH);
    let view_box = format!("0 0 {LENGTH} 8");
    view! {
        <svg class="row-bar" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            <path class="chart-bars" d=format!("M0 0h{length}v8h-{length}z")></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_ground_and_the_highest_reaches_the_top() {
        assert_eq!(path(&[0, 5, 10], 10), "M140 200v-100h98v100zM280 200v-200h98v200z");
        assert_eq!(path(&[], 1), "");
        assert_eq!(scaled(1, 1_000_000, 200), 1);
        assert_eq!(scaled(i64::MAX, i64::MAX, 200), 200);
    }
}
