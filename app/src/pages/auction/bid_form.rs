//! Bidding, and for the leader changing his maximum. Plain posts before scripts are there; with them the
//! first press asks back (`confirm`).

use leptos::{form::ActionForm, prelude::*};
use market::{Money, Refusal, text};

use super::{
    bidding::Bidding,
    confirm::Confirm,
    offer,
    stand::Stand,
    submit::bid_label,
    typing::{CHIPS, retype},
};
use crate::{
    key::KeyField,
    language::{language, won},
    paths,
};

/// The form of everybody but the leader.
#[component]
pub fn BidForm(bidding: Bidding) -> impl IntoView {
    let label = Signal::derive(move || {
        if bidding.automatic.get() { tr!(auction.form.maximum) } else { tr!(auction.form.amount) }
    });
    let note = move || {
        if bidding.automatic.get() { tr!(auction.form.note_automatic) } else { tr!(auction.form.note_plain) }
    };
    let released = move || {
        let outbid = bidding.here.stand.get() == Stand::Outbid;
        outbid.then(|| view! { <p class="panel-note">{tr!(auction.standing.released)}</p> })
    };
    view! {
        {released}
        <ActionForm
            action=bidding.bid
            attr:class="panel-form"
            attr:hidden=move || bidding.asked.get().is_some()
        >
            <input type="hidden" name="auction_id" value=bidding.here.id.to_string() />
            <KeyField key=bidding.bid_key />
            <Kind bidding />
            <AmountField bidding label />
            <Chips bidding />
            <Submit bidding plain_label=tr!(auction.form.bid_plain) />
            <p class="panel-note">{note}</p>
            <Funds bidding />
        </ActionForm>
        <Confirm bidding />
    }
}

/// The leader's form, folded: no bid, only how far he would go.
#[component]
pub fn MaximumForm(bidding: Bidding) -> impl IntoView {
    let held = move || {
        let maximum = bidding.here.stand.get().maximum();
        maximum.map(|maximum| tr!(auction.form.held, amount = won(maximum)).to_string())
    };
    let short_of_reserve = move || {
        let unmet = bidding.here.state.read().reserve_met == Some(false);
        unmet.then(|| view! { <p class="panel-note">{tr!(auction.form.reserve_unmet)}</p> })
    };
    let unfolded = untrack(|| bidding.refused()).is_some();
    view! {
        <p class="panel-note">{held}</p>
        {short_of_reserve}
        <details class="fold" open=unfolded>
            <summary class="btn btn-ghost btn-l btn-block">{tr!(auction.form.change)}</summary>
            <ActionForm
                action=bidding.bid
                attr:class="panel-form"
                attr:hidden=move || bidding.asked.get().is_some()
            >
                <input type="hidden" name="auction_id" value=bidding.here.id.to_string() />
                <input type="hidden" name="automatic" value="true" />
                <KeyField key=bidding.bid_key />
                <AmountField bidding label=Signal::stored(tr!(auction.form.maximum)) />
                <Chips bidding />
                <Submit bidding plain_label=tr!(auction.form.change) />
                <p class="panel-note">{tr!(auction.form.note_maximum)}</p>
                <Funds bidding />
            </ActionForm>
            <Confirm bidding />
        </details>
    }
}

/// Plain or automatic.
#[component]
fn Kind(bidding: Bidding) -> impl IntoView {
    let automatic = bidding.automatic;
    let choice = move |value: bool, words: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="automatic"
                    value=value.to_string()
                    checked=automatic.get_untracked() == value
                    prop:checked=move || automatic.get() == value
                    on:change=move |_| automatic.set(value)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=tr!(auction.form.kind)>
            {choice(false, tr!(auction.form.plain))}
            {choice(true, tr!(auction.form.automatic))}
        </div>
    }
}

/// The amount. It follows the next bid until somebody types.
#[component]
fn AmountField(bidding: Bidding, label: Signal<&'static str>) -> impl IntoView {
    let wrong = Memo::new(move |_| bidding.refused().is_some_and(|refusal| is_about_amount(&refusal)));
    view! {
        <label class="amount" class:is-wrong=move || wrong.get()>
            <span>{label}</span>
            <input
                node_ref=bidding.field
                name="amount"
                inputmode="numeric"
                autocomplete="off"
                maxlength="20"
                value=untrack(|| bidding.shown())
                prop:value=move || bidding.shown()
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || wrong.get().then_some("refusal")
                on:input:target=move |event| bidding.typed.set(Some(retype(&event.target())))
            />
            <span class="unit">{tr!(auction.form.unit)}</span>
        </label>
    }
}

fn is_about_amount(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::InvalidAmount
            | Refusal::OffGrid { .. }
            | Refusal::WouldBuyNow { .. }
            | Refusal::BidTooLow { .. }
            | Refusal::BelowCurrentPrice { .. }
            | Refusal::SameMaximum
            | Refusal::InsufficientFunds { .. }
    )
}

/// One, three, five or ten steps more; there when scripts are.
#[component]
fn Chips(bidding: Bidding) -> impl IntoView {
    let here = bidding.here;
    let chip = move |times: i64| {
        let words = move || {
            let steps = here.about.with_value(|about| offer::steps(about, here.price(), times));
            format!("+{}", text::short(steps, language()))
        };
        view! {
            <button type="button" class="step" on:click=move |_| bidding.raise(times)>
                {words}
            </button>
        }
    };
    view! {
        <div class="steps" role="group" aria-label=tr!(auction.form.raise)>
            {CHIPS.map(chip)}
        </div>
    }
}

/// The main button says what it does. Without scripts it cannot follow what is typed, and does not try.
#[component]
fn Submit(bidding: Bidding, plain_label: &'static str) -> impl IntoView {
    let label = move || match bidding.amount() {
        Some(amount) if amount.is_positive() => {
            bid_label(amount, bidding.automatic.get(), bidding.here.stand.get().leads())
        }
        _ => plain_label.to_owned(),
    };
    view! {
        <button
            class="btn btn-primary btn-xl btn-block"
            disabled=move || bidding.pending()
            on:click=move |event| {
                event.prevent_default();
                bidding.ask();
            }
        >
            <span class="if-script">{label}</span>
            <span class="if-plain">{plain_label}</span>
        </button>
    }
}

/// Money that is missing is told before it is refused.
#[component]
fn Funds(bidding: Bidding) -> impl IntoView {
    let missing = Memo::new(move |_| {
        let held = bidding.here.stand.get().maximum().unwrap_or(Money::ZERO);
        let missing = bidding.amount()? - bidding.here.available()? - held;
        missing.is_positive().then_some(missing)
    });
    move || {
        let missing = missing.get()?;
        Some(view! {
            <p class="panel-note">
                {tr!(auction.form.missing, amount = won(missing)).to_string()} " "
                <a class="text-link" href=format!("{}#deposit", paths::WALLET)>
                    {tr!(auction.answer.deposit)}
                </a>
            </p>
        })
    }
}
