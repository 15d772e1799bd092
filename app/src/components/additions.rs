//! What the seller added to the description after somebody had bid, each with its time.

use leptos::prelude::*;
use market::{
    AuctionId,
    opening::Addition,
    text::{day_time, machine},
};

use super::FailureNotice;
use crate::api;

/// The additions of an auction; nothing, if there are none. Below the description.
#[component]
pub fn Additions(
    /// Which auction.
    auction: AuctionId,
) -> impl IntoView {
    let additions = Resource::new_blocking(move || auction.to_string(), api::additions);
    view! {
        <Suspense>
            {move || match additions.get() {
                None => ().into_any(),
                Some(Err(error)) => view! { <FailureNotice error /> }.into_any(),
                Some(Ok(additions)) => view! { <List additions /> }.into_any(),
            }}
        </Suspense>
    }
}

#[component]
fn List(additions: Vec<Addition>) -> impl IntoView {
    let item = |addition: Addition| {
        view! {
            <li>
                <p class="addition-at">
                    {tr!(sell.edit.added)} " "
                    <time datetime=machine(addition.at)>{day_time(addition.at)}</time>
                </p>
                <p class="prose whitespace-pre-line">{addition.text}</p>
            </li>
        }
    };
    (!additions.is_empty()).then(|| {
        view! { <ul class="additions">{additions.into_iter().map(item).collect_view()}</ul> }
    })
}
