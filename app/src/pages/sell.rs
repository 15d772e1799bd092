//! Opening an auction: what is sold, for how much, until when, to whom. What is typed is kept until it is
//! opened, and offered on return.
#![allow(
    clippy::large_types_passed_by_value,
    reason = "bundles of signals are copied as signals are; large only in debug builds, with their locations"
)]

mod choices;
mod draft;
mod filling;
mod foot;
mod form;
mod goods;
mod inputs;
mod keep;
mod ladder;
mod offer;
mod photos;
mod preview;
mod price;
mod reach;
mod soft_close;
mod times;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::view::SellPage;

use self::{form::OpeningForm, offer::Offer};
use crate::{
    api,
    components::{
        PageTitle, SignInFirst,
        region_picker::{RegionSearch, RegionSearchForm},
    },
    key::FormKey,
    paths,
    reply::reply_to,
};

pub use self::{
    draft::read,
    filling::{Filling, Sections, Start},
    foot::Foot,
    photos::{Photos, Tray},
    preview::Preview,
};

/// The page. Who is not signed in signs in first.
#[component]
pub fn Sell() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &'static str| Memo::new(move |_| query.read().get(name).unwrap_or_default());
    let (from, go) = (asked("from"), asked("go"));
    let page = Resource::new_blocking(move || from.get(), api::sell_form);
    let (search, key) = (RegionSearch::of_page(), FormKey::new());
    // Whoever comes from the form itself goes on with it.
    let at_it = search.is_asked() || reply_to("open_auction").is_some() || reply_to("save_draft").is_some();
    let waits = move |page: &SellPage| {
        page.saved.clone().filter(|_| page.again.is_none() && !at_it && go.get().is_empty())
    };
    view! {
        <PageTitle text=tr!(common.sell) />
        <main id="main" class="page wrap">
            <div class="page-head">
                <div>
                    <h1>{tr!(common.sell)}</h1>
                    <p class="page-lead">{tr!(sell.lead)}</p>
                </div>
            </div>
            <RegionSearchForm action=paths::SELL />
            <Suspense>
                {move || {
                    page.get()
                        .map(|answer| match answer {
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                            Ok(found) => {
                                match waits(&found) {
                                    Some(saved) => view! { <Offer saved page /> }.into_any(),
                                    None => view! { <OpeningForm page=found search key /> }.into_any(),
                                }
                            }
                        })
                }}
            </Suspense>
        </main>
    }
}
