//! Time left, by the server's clock.

use chrono::TimeDelta;
use leptos::prelude::*;
use market::{Instant, text};

use crate::{language::language, live::live};

/// What is left of a minute is shown to a tenth of a second.
const TENTHS_BELOW: i64 = 60;
/// Below this it is hot.
const HOT_BELOW: i64 = 300;
/// Below this it beats once a second.
const BEATING_BELOW: i64 = 10;

/// `2일 03:04:05`, `04:05`, in the last minute `00:41.3`.
#[component]
pub fn Countdown(
    /// When it ends.
    #[prop(into)]
    until: Signal<Instant>,
    /// The page's time.
    now: Instant,
    /// The class `is-l`, where it stands large.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let live = live();
    let left = move || (until.get() - live.now(now)).max(TimeDelta::zero());
    let whole = Memo::new(move |_| text::left_long(left(), language()));
    let tenth = Memo::new(move |_| {
        let left = left();
        let shown = left.num_seconds() < TENTHS_BELOW && left > TimeDelta::zero();
        shown.then(|| left.num_milliseconds() / 100 % 10)
    });
    let hot = Memo::new(move |_| left().num_seconds() < HOT_BELOW);
    let beating = Memo::new(move |_| (1..BEATING_BELOW).contains(&left().num_seconds()));
    view! {
        <time
            class=format!("clock {size}")
            class:is-hot=move || hot.get()
            class:is-beating=move || beating.get()
            datetime=move || text::machine(until.get())
            role="timer"
        >
            {move || whole.get()}
            {move || tenth.get().map(|tenth| view! { <small>{format!(".{tenth}")}</small> })}
        </time>
    }
}

/// On a card: `2일`, `5시간`, `42분`, then the clock.
#[component]
pub fn LeftShort(
    /// When it ends.
    #[prop(into)]
    until: Signal<Instant>,
    /// The page's time.
    now: Instant,
) -> impl IntoView {
    let live = live();
    let shown = Memo::new(move |_| {
        text::left_short((until.get() - live.now(now)).max(TimeDelta::zero()), language())
    });
    view! { <span class="card-left">{move || shown.get()}</span> }
}

/// Whether so little time is left that it is hot.
#[must_use]
pub fn is_hot(until: Instant, now: Instant) -> bool {
    (1..HOT_BELOW).contains(&(until - now).num_seconds())
}
