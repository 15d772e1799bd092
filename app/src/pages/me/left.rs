//! Time left in a row of text.

use chrono::TimeDelta;
use leptos::prelude::*;
use market::{Instant, text};

use crate::{components::countdown::is_hot, language::language, live::live};

/// `3시간 남음`; past the end it says so.
#[component]
pub fn TimeLeft(
    /// When it ends.
    until: Instant,
    /// The page's time.
    now: Instant,
    /// The last minutes may be hot: nothing else in the row is.
    hot: bool,
) -> impl IntoView {
    let live = live();
    let left = Memo::new(move |_| {
        let left = until - live.now(now);
        (left > TimeDelta::zero()).then(|| text::left_short(left, language()))
    });
    let hot = Memo::new(move |_| hot && is_hot(until, live.now(now)));
    move || match left.get() {
        Some(left) => view! {
            <span class:clock=move || hot.get() class:is-hot=move || hot.get()>
                {left}
            </span>
            " "
            {tr!(mine.left)}
        }
        .into_any(),
        None => tr!(mine.closing).into_any(),
    }
}
