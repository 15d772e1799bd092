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
mod history;
mod more;
mod offer;
mod older;
mod others;
mod over;
mod pace;
mod panel;
mod preview;
mod questions;
mod seller;
mod share;
mod sheet;
mod stand;
mod standing;
mod submit;
mod talk;
mod typing;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{Refusal, live::Phase, view::AuctionPage};

use self::{
    bidding::Bidding,
    bids::Bids,
    chart::PriceChart,
    dock::Dock,
    facts::Facts,
    follow::follow,
    head::{Crumbs, Lead},
    here::{Here, Source},
    older::Older,
    others::Others,
    over::Conversation,
    panel::Side,
    preview::LinkPreview,
    questions::QuestionBox,
    sheet::Sheet,
    stand::Stand,
};
use super::NotFound;
use crate::{
    api::{self, ApiError},
    components::{
        FailureNotice, PageTitle,
        review::{ReviewPanel, Reviewing},
    },
};

/// The page of the auction that the address names.
#[component]
pub fn Auction() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let source: Source = Resource::new_blocking(move || id.get(), api::auction);
    let older = Older::new(id);
    provide_context(Reviewing::of_page(id));
    view! {
        <Transition fallback=Loading>
            {move || {
                source
                    .get()
                    .map(|answer| {
                        // Made once, and not already to ask what it waits for: its parts wait for themselves.
                        Unsuspend::new(move || match answer {
                            Ok(page) => view! { <Found page source older /> }.into_any(),
                            Err(ApiError::Refused(Refusal::NotFound)) => view! { <NotFound /> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        })
                    })
            }}
        </Transition>
    }
}

/// The whole page. What moves on it moves through `here`; it is written anew only when it is another auction.
#[component]
fn Found(page: AuctionPage, source: Source, older: Older) -> impl IntoView {
    let (title, category) = (page.about.title.clone(), page.about.category.clone());
    let (seller, now, signed_in) = (page.about.seller.id, page.now, page.mine.is_some());
    let (others, shared) = (page.others.clone(), page.clone());
    let here = Here::new(page, source);
    let sheet = Sheet::new();
    provide_context(sheet);
    let bidding = Bidding::new(here, sheet);
    follow(here);
    view! {
        <PageTitle text=title />
        <LinkPreview page=shared />
        <main id="main" class="page wrap">
            <Crumbs category />
            <div class="auction">
                <Lead here />
                <Side here bidding sheet />
                <div class="auction-rest">
                    <Conversation here />
                    <Reviews here />
                    <PriceChart here />
                    <Bids here older />
                    <QuestionBox here older />
                    <Facts here />
                </div>
            </div>
            <Others cards=others seller now signed_in />
        </main>
        <Dock here sheet />
    }
}

/// What the two parties of a sale say of each other, once it is one.
#[component]
fn Reviews(here: Here) -> impl IntoView {
    let status = Memo::new(move |_| match here.phase.get() {
        Phase::Over(status) => Some(status),
        _ => None,
    });
    let concerned = Memo::new(move |_| {
        status.get().is_some() && matches!(here.stand.get(), Stand::Won { .. } | Stand::Seller)
    });
    move || concerned.get().then(|| view! { <ReviewPanel status /> })
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
