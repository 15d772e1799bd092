//! What is next for who sold, or did not.

use leptos::prelude::*;
use market::{auction::StatusCode, text, trade::settles_at, view::Trade};

use super::{
    ChatLink, DisputeLink, GHOST, Here, PRIMARY, ReviewLink, Stage, Steps,
    hand_over::{HandOver, HandOverLater},
    sale, status,
};
use crate::{components::RelistForm, language::won};

/// The steps and the next one; without a sale, the way to list it again.
#[component]
pub fn Sold(here: Here) -> impl IntoView {
    let unsold = Memo::new(move |_| matches!(status(here), Some(StatusCode::Unsold | StatusCode::Cancelled)));
    move || {
        if unsold.get() { view! { <Unsold here /> }.into_any() } else { view! { <Sale here /> }.into_any() }
    }
}

#[component]
fn Sale(here: Here) -> impl IntoView {
    let trade = sale(here);
    let stage = Memo::new(move |_| trade.with(|trade| trade.as_ref().map(Stage::of)));
    let handed =
        Memo::new(move |_| trade.with(|trade| trade.as_ref().is_some_and(|trade| trade.handover.is_some())));
    view! {
        <Steps here />
        <p class="panel-note">{move || trade.with(|trade| trade.as_ref().map(note))}</p>
        {move || stage.get().map(|stage| view! { <Next here stage handed /> })}
    }
}

fn note(trade: &Trade) -> String {
    let amount = won(trade.paid);
    match Stage::of(trade) {
        Stage::Sending => tr!(trade.seller.waiting, amount = amount).to_string(),
        Stage::Receiving => {
            let day = text::day_time(settles_at(trade.paid_at));
            tr!(trade.seller.sent, amount = amount, day = day).to_string()
        }
        Stage::Disputed => tr!(trade.seller.disputed, amount = amount).to_string(),
        Stage::PaidAtOnce => tr!(trade.seller.on_close, amount = amount).to_string(),
        Stage::Settled => tr!(trade.seller.settled, amount = amount).to_string(),
        Stage::Refunded => tr!(trade.seller.refunded, amount = amount).to_string(),
    }
}

/// The one next step, and what else can be done.
#[component]
fn Next(here: Here, stage: Stage, handed: Memo<bool>) -> impl IntoView {
    let chat = move |class| view! { <ChatLink here class words=tr!(trade.chat.with_buyer) /> };
    match stage {
        Stage::Sending => view! {
            <HandOver here />
            <div class="panel-foot">{chat(GHOST)}</div>
        }
        .into_any(),
        Stage::Receiving => view! { <div class="panel-foot">{chat(PRIMARY)}</div> }.into_any(),
        Stage::Disputed => view! {
            <div class="panel-foot">
                <DisputeLink here words=tr!(trade.problem.answer) />
                <Show when=move || !handed.get()>
                    <HandOverLater here />
                </Show>
            </div>
        }
        .into_any(),
        Stage::PaidAtOnce => view! {
            <div class="panel-foot">
                {chat(PRIMARY)} <ReviewLink here class=GHOST />
            </div>
        }
        .into_any(),
        Stage::Settled => view! {
            <div class="panel-foot">
                <ReviewLink here class=PRIMARY /> {chat(GHOST)}
            </div>
        }
        .into_any(),
        Stage::Refunded => view! {
            <div class="panel-foot">
                {chat(PRIMARY)} <Relist here class=GHOST />
            </div>
        }
        .into_any(),
    }
}

/// It found no buyer, or was taken back.
#[component]
fn Unsold(here: Here) -> impl IntoView {
    let note = move || {
        let cancelled = status(here) == Some(StatusCode::Cancelled);
        if cancelled { tr!(trade.seller.cancelled) } else { tr!(trade.seller.unsold) }
    };
    view! {
        <p class="panel-note">{note}</p>
        <div class="panel-foot">
            <Relist here class=PRIMARY />
        </div>
    }
}

/// The same once more.
#[component]
fn Relist(here: Here, class: &'static str) -> impl IntoView {
    view! { <RelistForm auction=here.id class /> }
}
