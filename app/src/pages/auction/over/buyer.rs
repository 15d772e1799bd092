//! What is next for who won or bought.

use leptos::prelude::*;
use market::view::ListQuery;

use super::{
    ChatLink, DisputeLink, GHOST, Here, PRIMARY, ReviewLink, Stage, Steps, confirm::Confirm,
    problem::Problem, sale,
};
use crate::{language::won, paths};

/// What came back of the maximum, the steps, and the next one.
#[component]
pub fn Buyer(here: Here) -> impl IntoView {
    let trade = sale(here);
    let stage = Memo::new(move |_| trade.with(|trade| trade.as_ref().map(Stage::of)));
    let undisputed = Memo::new(move |_| matches!(stage.get(), Some(Stage::Sending | Stage::Receiving)));
    let returned = move || here.after.with(|after| after.returned).map(won);
    let amount = move || won(here.price());
    view! {
        {move || {
            returned()
                .map(|amount| tr!(trade.buyer.released, amount = amount).to_string())
                .map(|words| view! { <p class="panel-note">{words}</p> })
        }}
        <Steps here />
        <p class="panel-note">{move || stage.get().map(|stage| note(stage, amount()))}</p>
        {move || stage.get().map(|stage| view! { <Next here stage /> })}
        <Show when=move || undisputed.get()>
            <Problem here />
        </Show>
    }
}

fn note(stage: Stage, amount: String) -> String {
    match stage {
        Stage::Sending => tr!(trade.buyer.waiting, amount = amount).to_string(),
        Stage::Receiving => tr!(trade.buyer.arrived).to_owned(),
        Stage::Disputed => tr!(trade.buyer.disputed, amount = amount).to_string(),
        Stage::PaidAtOnce => tr!(trade.buyer.on_close).to_owned(),
        Stage::Settled => tr!(trade.buyer.settled, amount = amount).to_string(),
        Stage::Refunded => tr!(trade.buyer.refunded, amount = amount).to_string(),
    }
}

/// The one next step, and what else can be done.
#[component]
fn Next(here: Here, stage: Stage) -> impl IntoView {
    let chat = move |class| view! { <ChatLink here class words=tr!(trade.chat.with_seller) /> };
    match stage {
        Stage::Sending => view! {
            <div class="panel-foot">
                {chat(PRIMARY)} <Confirm here class=GHOST />
            </div>
        }
        .into_any(),
        Stage::Receiving => view! {
            <div class="panel-foot">
                <Confirm here class=PRIMARY /> {chat(GHOST)}
            </div>
        }
        .into_any(),
        Stage::Disputed => view! {
            <div class="panel-foot">
                <DisputeLink here words=tr!(trade.problem.see) />
                <Confirm here class=GHOST />
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
        Stage::Refunded => view! { <Elsewhere here /> }.into_any(),
    }
}

/// The money is back: there is more of the kind.
#[component]
fn Elsewhere(here: Here) -> impl IntoView {
    let slug = here.about.with_value(|about| about.category.slug.clone());
    let similar = paths::list(&ListQuery { category: slug, ..ListQuery::default() });
    view! {
        <div class="panel-foot">
            <a class=PRIMARY href=similar>
                {tr!(trade.public.similar)}
            </a>
            <ReviewLink here class=GHOST />
        </div>
    }
}
