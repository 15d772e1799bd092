//! Nothing found: a picture, one sentence, one way on.

use leptos::prelude::*;
use market::view::{ListQuery, Region};

use super::query::{Narrowing, from_the_start, is_front};
use crate::{components::Empty, paths};

/// In place of the cards.
#[component]
pub fn NothingFound(
    /// What was asked for.
    query: ListQuery,
    /// Where.
    region: Option<Region>,
) -> impl IntoView {
    let heading = match query.q.as_str() {
        "" if is_front(&query) => tr!(home.empty.market).to_owned(),
        "" => tr!(home.empty.filtered).to_owned(),
        words => tr!(home.empty.searched, words = words.to_owned()).to_string(),
    };
    let (hint, way, word) = if !query.after.is_empty() {
        (tr!(home.empty.hint_after), paths::list(&from_the_start(&query)), tr!(home.empty.to_start))
    } else if region.is_some() {
        let everywhere = Narrowing::Region.to(&query, "all");
        (tr!(home.empty.hint_region), paths::list(&everywhere), tr!(home.empty.everywhere))
    } else if is_front(&query) {
        (tr!(home.empty.hint_market), paths::SELL.to_owned(), tr!(home.empty.sell))
    } else {
        (tr!(home.empty.hint_filters), paths::HOME.to_owned(), tr!(home.empty.clear))
    };
    let clear = (way != paths::HOME && !is_front(&query)).then(|| {
        view! {
            <a class="btn btn-ghost" href=paths::HOME>
                {tr!(home.empty.clear)}
            </a>
        }
    });
    view! {
        <Empty title=heading text=hint>
            <a class="btn btn-primary" href=way>
                {word}
            </a>
            {clear}
        </Empty>
    }
}
