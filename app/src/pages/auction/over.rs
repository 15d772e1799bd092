//! After the end: what is next for the buyer, for the seller, and for everybody else.

use chrono::TimeDelta;
use leptos::{form::ActionForm, prelude::*};
use market::{Money, Settlement, auction::StatusCode, live::Phase, text, view::ListQuery};

use super::{
    act::{Failed, Fold, failure},
    here::Here,
    stand::Stand,
};
use crate::{
    api::{ConfirmHandover, Dispute},
    components::Icon,
    language::won,
    paths,
};

/// The buyer has so long until a sale settles by itself (rules, *Ending*).
const DAYS_TO_CONFIRM: i64 = 7;

fn status(here: Here) -> Option<StatusCode> {
    match here.phase.get() {
        Phase::Over(status) => Some(status),
        _ => None,
    }
}

/// What the buyer got back of his maximum, and what is next.
#[component]
pub fn Buyer(here: Here) -> impl IntoView {
    let released = move || match here.stand.get() {
        Stand::Won { maximum: Some(maximum) } => {
            Some(maximum - here.price()).filter(|amount| amount.is_positive())
        }
        _ => None,
    };
    view! {
        {move || released().map(|amount| view! { <Released amount /> })}
        <Steps here />
        {move || match status(here) {
            Some(StatusCode::Sold) => view! { <Handover here disputable=true /> }.into_any(),
            Some(StatusCode::Disputed) => view! { <Handover here disputable=false /> }.into_any(),
            _ => ().into_any(),
        }}
        <p class="panel-note">{move || buyer_note(here)}</p>
    }
}

#[component]
fn Released(amount: Money) -> impl IntoView {
    view! {
        <p class="panel-note">{tr!(auction.over.released, amount = won(amount)).to_string()}</p>
    }
}

fn buyer_note(here: Here) -> String {
    let amount = won(here.price());
    match status(here) {
        Some(StatusCode::Sold) => tr!(auction.over.buyer_sold, amount = amount).to_string(),
        Some(StatusCode::Disputed) => tr!(auction.over.buyer_disputed, amount = amount).to_string(),
        Some(StatusCode::Refunded) => tr!(auction.over.buyer_refunded, amount = amount).to_string(),
        _ => tr!(auction.over.buyer_settled, amount = amount).to_string(),
    }
}

/// The seller's side of the same.
#[component]
pub fn Sold(here: Here) -> impl IntoView {
    let note = move || {
        let amount = won(here.price());
        match status(here) {
            Some(StatusCode::Unsold) => tr!(auction.over.seller_unsold).to_owned(),
            Some(StatusCode::Cancelled) => tr!(auction.over.seller_cancelled).to_owned(),
            Some(StatusCode::Sold) => {
                let day = text::day_time(deadline(here));
                tr!(auction.over.seller_sold, amount = amount, day = day).to_string()
            }
            Some(StatusCode::Disputed) => tr!(auction.over.seller_disputed, amount = amount).to_string(),
            Some(StatusCode::Refunded) => tr!(auction.over.seller_refunded, amount = amount).to_string(),
            _ => tr!(auction.over.seller_settled, amount = amount).to_string(),
        }
    };
    let again = move || {
        let open = matches!(status(here), Some(StatusCode::Unsold | StatusCode::Cancelled));
        open.then(|| {
            view! {
                <a class="btn btn-primary btn-l btn-block" href=paths::SELL>
                    {tr!(auction.over.sell_again)}
                </a>
            }
        })
    };
    let sold = Memo::new(move |_| here.state.read().winner.is_some());
    view! {
        {move || sold.get().then(|| view! { <Steps here /> })}
        <p class="panel-note">{note}</p>
        {again}
    }
}

/// For everybody else: it is over, and nobody is congratulated who has not won (defect V7).
#[component]
pub fn Ended(here: Here) -> impl IntoView {
    let slug = here.about.with_value(|about| about.category.slug.clone());
    let similar = paths::list(&ListQuery { category: slug, ..ListQuery::default() });
    let note = move || match (status(here), here.stand.get()) {
        (Some(StatusCode::Cancelled), _) => tr!(auction.over.cancelled),
        (Some(StatusCode::Unsold), Stand::Lost) => tr!(auction.over.unsold_released),
        (Some(StatusCode::Unsold), _) => tr!(auction.over.unsold),
        (_, Stand::Lost) => tr!(auction.over.lost),
        _ => tr!(auction.over.ended),
    };
    view! {
        <p class="panel-note">{note}</p>
        <div class="panel-foot">
            <a class="btn btn-primary btn-l btn-block" href=similar>
                {tr!(auction.over.similar)}
            </a>
        </div>
    }
}

fn deadline(here: Here) -> market::Instant {
    here.ended_at() + TimeDelta::days(DAYS_TO_CONFIRM)
}

/// Paid, handed over, confirmed, settled; with the dates that are known.
#[component]
fn Steps(here: Here) -> impl IntoView {
    let escrow = here.about.with_value(|about| about.settlement) == Settlement::OnHandover;
    let step = |class: &'static str, words: &'static str, at: Option<String>| {
        view! {
            <li class=class>
                {words}
                " "
                {at.map(|at| view! { <time>{at}</time> })}
            </li>
        }
    };
    let paid = move || text::day_time(here.ended_at());
    move || {
        let (handover, confirm, settled) = match status(here) {
            Some(StatusCode::Sold) => ("is-now", "", ""),
            Some(StatusCode::Disputed) => ("is-done", "is-now", ""),
            Some(StatusCode::Settled) => ("is-done", "is-done", "is-done"),
            _ => return None,
        };
        let until = (settled.is_empty() && confirm.is_empty())
            .then(|| tr!(auction.over.until, day = text::day_time(deadline(here))).to_string());
        Some(view! {
            <ol class="progress-steps">
                {step("is-done", tr!(auction.over.step_paid), Some(paid()))}
                {escrow.then(|| step(handover, tr!(auction.over.step_handover), None))}
                {escrow.then(|| step(confirm, tr!(auction.over.step_confirm), until))}
                {step(settled, tr!(auction.over.step_settled), None)}
            </ol>
        })
    }
}

/// The buyer has the thing, or something is wrong with it.
#[component]
fn Handover(here: Here, disputable: bool) -> impl IntoView {
    let confirm = ServerAction::<ConfirmHandover>::new();
    let dispute = ServerAction::<Dispute>::new();
    let confirm_error = failure("confirm_handover", move || confirm.value().get());
    let dispute_error = failure("dispute", move || dispute.value().get());
    Effect::new(move |_| {
        if confirm.value().get().is_some() || dispute.value().get().is_some() {
            here.reread();
        }
    });
    view! {
        <div class="panel-foot">
            <Failed error=confirm_error />
            <Failed error=dispute_error />
            <Fold
                summary=tr!(auction.over.confirm)
                class="btn btn-primary btn-xl btn-block"
                explained=tr!(auction.over.confirm_explained)
            >
                <ActionForm action=confirm>
                    <input type="hidden" name="auction_id" value=here.id.to_string() />
                    <button class="btn btn-soft btn-l btn-block" disabled=move || confirm.pending().get()>
                        <Icon name="check" />
                        {tr!(auction.over.confirm_yes)}
                    </button>
                </ActionForm>
            </Fold>
            {disputable.then(|| {
                view! {
                    <Fold summary=tr!(auction.over.dispute) explained=tr!(auction.over.dispute_explained)>
                        <ActionForm action=dispute>
                            <input type="hidden" name="auction_id" value=here.id.to_string() />
                            <button
                                class="btn btn-danger btn-l btn-block"
                                disabled=move || dispute.pending().get()
                            >
                                {tr!(auction.over.dispute_yes)}
                            </button>
                        </ActionForm>
                    </Fold>
                }
            })}
        </div>
    }
}
