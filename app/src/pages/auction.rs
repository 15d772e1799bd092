//! An auction's page: what is sold, how it stands, and the panel in which one bids. Public.
#![allow(
    clippy::large_types_passed_by_value,
    reason = "bundles of signals are copied as signals are; large only in debug builds, with their locations"
)]

mod act;
mod answer;
mod bid_form;
mod bidding;
mod bids;
mod buy_now;
mod chart;
mod confirm;
mod course;
mod dock;
mod facts;
mod figures;
mod follow;
mod head;
mod here;
mod offer;
mod over;
mod panel;
mod seller;
mod share;
mod sheet;
mod stand;
mod standing;
mod submit;
mod typing;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{Refusal, view::AuctionPage};

use self::{
    bidding::Bidding,
    bids::Bids,
    chart::PriceChart,
    dock::Dock,
    facts::Facts,
    follow::follow,
    head::{Crumbs, Lead},
    here::{Here, Source},
    panel::Side,
    sheet::Sheet,
};
use super::NotFound;
use crate::{
    api::{self, ApiError},
    components::{FailureNotice, PageTitle},
};

/// The page of the auction that the address names.
#[component]
pub fn Auction() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let source: Source = Resource::new_blocking(move || id.get(), api::auction);
    view! {
        <Transition fallback=Loading>
            {move || {
                source
                    .get()
                    .map(|answer| match answer {
                        Ok(page) => view! { <Found page source /> }.into_any(),
                        Err(ApiError::Refused(Refusal::NotFound)) => view! { <NotFound /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

/// The whole page. What moves on it moves through `here`; it is written anew only when it is another auction.
#[component]
fn Found(page: AuctionPage, source: Source) -> impl IntoView {
    let (title, category) = (page.about.title.clone(), page.about.category.clone());
    let here = Here::new(page, source);
    let sheet = Sheet::new();
    let bidding = Bidding::new(here, sheet);
    follow(here);
    view! {
        <PageTitle text=title />
        <main id="main" class="page wrap">
            <Crumbs category />
            <div class="auction">
                <Lead here />
                <Side here bidding sheet />
                <div class="auction-rest">
                    <PriceChart here />
                    <Bids here />
                    <Facts here />
                </div>
            </div>
        </main>
        <Dock here sheet />
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <main id="main" class="page wrap">
            <h1 class="sr-only">{tr!(auction.panel.failed)}</h1>
            <FailureNotice error />
        </main>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <main id="main" class="page wrap">
            <div class="auction">
                <div class="auction-lead">
                    <div class="skeleton is-media"></div>
                </div>
            </div>
        </main>
    }
}
