//! What the page has to say about itself: what the address asked for and could not be understood is left out
//! and named (defect S1); prices that no longer arrive are marked as old.

use leptos::prelude::*;

use crate::{
    components::Icon,
    live::{Connection, live},
};

/// A notice, if there is something to say.
#[component]
pub fn Hints(
    /// The fields that could not be read.
    ignored: Vec<String>,
) -> impl IntoView {
    let mut hints: Vec<&'static str> = ignored.iter().map(|field| hint(field)).collect();
    hints.dedup();
    (!hints.is_empty()).then(|| {
        view! {
            <div class="notice is-page" role="status">
                <Icon name="info" />
                <p>
                    <b>{tr!(home.ignored.intro)}</b>
                    " "
                    {hints.join(" ")}
                </p>
            </div>
        }
    })
}

fn hint(field: &str) -> &'static str {
    match field {
        "region" => tr!(home.ignored.region),
        "min_price" | "max_price" => tr!(home.ignored.price),
        "condition" => tr!(home.ignored.condition),
        "reach" => tr!(home.ignored.reach),
        "status" => tr!(home.ignored.status),
        "sort" => tr!(home.ignored.sort),
        "after" => tr!(home.ignored.after),
        _ => tr!(home.ignored.other),
    }
}

/// Nothing is called what was typed, and this is what was found instead.
#[component]
pub fn Instead(
    /// What was typed.
    typed: String,
    /// What was searched for instead, if it was.
    found: Option<String>,
) -> impl IntoView {
    found.map(|found| {
        view! {
            <div class="notice is-page" role="status">
                <Icon name="search" />
                <p>{tr!(home.list.instead, typed = typed, found = found).to_string()}</p>
            </div>
        }
    })
}

/// While the connection is lost, the prices below may be old.
#[component]
pub fn StaleMark() -> impl IntoView {
    let live = live();
    let lost = Memo::new(move |_| live.connection.get() == Connection::Lost);
    view! {
        <div role="status">
            {move || {
                lost.get()
                    .then(|| {
                        view! {
                            <p class="stale-mark mb-4">
                                <Icon name="offline" size="is-s" />
                                {tr!(home.stale)}
                            </p>
                        }
                    })
            }}
        </div>
    }
}
