//! Changing an auction, for its seller: all of it until the first bid, from then on only by adding.
#![allow(
    clippy::large_types_passed_by_value,
    reason = "bundles of signals are copied as signals are; large only in debug builds, with their locations"
)]

mod adding;
mod form;
mod pictures;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{AuctionId, Refusal, auction::StatusCode, view::EditPage};

use self::{adding::AddingForm, form::EditingForm};
use super::NotFound;
use crate::{
    api::{self, ApiError},
    components::{
        Icon, PageTitle, RelistForm, SignInFirst,
        region_picker::{RegionSearch, RegionSearchForm},
    },
    key::FormKey,
    paths,
};

/// The page of the auction that the address names.
#[component]
pub fn EditAuction() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let page = Resource::new_blocking(move || id.get(), api::edit_form);
    let (search, key) = (RegionSearch::of_page(), FormKey::new());
    let number = move || id.get().parse::<AuctionId>().ok();
    view! {
        <Suspense>
            {move || {
                page.get()
                    .map(|answer| match (answer, number()) {
                        (Ok(page), Some(id)) => view! { <Found page id search key /> }.into_any(),
                        (Err(ApiError::Refused(Refusal::NotFound)), _) | (Ok(_), None) => {
                            view! { <NotFound /> }.into_any()
                        }
                        (Err(error), _) => view! { <Failed error /> }.into_any(),
                    })
            }}
        </Suspense>
    }
}

#[component]
fn Found(page: EditPage, id: AuctionId, search: RegionSearch, key: FormKey) -> impl IntoView {
    let title = page.form.draft.title.clone();
    let runs = page.status == StatusCode::Live && page.now < page.opened.ends_at;
    let whole = runs && !page.has_bids;
    let heading = if page.has_bids { tr!(sell.edit.heading_adding) } else { tr!(sell.edit.heading) };
    let lead = if page.has_bids { tr!(sell.edit.lead_adding) } else { tr!(sell.edit.lead) };
    view! {
        <PageTitle text=format!("{heading} · {title}") />
        <main id="main" class="page wrap" class:is-narrow=!whole>
            <nav aria-label=tr!(sell.edit.crumbs)>
                <ol class="crumbs">
                    <li>
                        <a href=paths::auction(id)>{title}</a>
                    </li>
                </ol>
            </nav>
            <div class="page-head">
                <div>
                    <h1>{heading}</h1>
                    {runs.then(|| view! { <p class="page-lead">{lead}</p> })}
                </div>
            </div>
            {if whole {
                view! {
                    <RegionSearchForm action=paths::edit(id) />
                    <EditingForm page id search />
                }
                    .into_any()
            } else if runs {
                view! { <AddingForm page id key /> }.into_any()
            } else {
                view! { <Over page id /> }.into_any()
            }}
        </main>
    }
}

/// What is over is listed again, and not changed.
#[component]
fn Over(page: EditPage, id: AuctionId) -> impl IntoView {
    let closed = page.status != StatusCode::Live;
    view! {
        <div class="notice">
            <Icon name="info" />
            <p>{tr!(sell.edit.over)}</p>
        </div>
        {closed.then(|| view! { <RelistForm auction=id /> })}
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <main id="main" class="page wrap">
            <h1 class="sr-only">{tr!(sell.edit.heading)}</h1>
            <SignInFirst error />
        </main>
    }
}
