//! The forms for money in and out. Plain posts without scripts; with them, chips, and a button that names the
//! sum.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_location;
use market::{
    Money, Refusal,
    text::{digits, short},
    wallet::DEPOSIT_MAX,
};

use super::payment::{Payment, Payments, Way};
use crate::{
    api::ApiError,
    components::{Icon, error_text},
    key::KeyField,
    language::{language, won},
};

/// The least and the most of one deposit, in won (rules, *Money in and out*).
const DEPOSIT: (i64, i64) = (1, DEPOSIT_MAX);
/// What chips add, in won.
const CHIPS: [i64; 4] = [10_000, 50_000, 100_000, 1_000_000];

/// Both forms, hidden until asked for or refused.
#[component]
pub fn PaymentForms(
    /// Their state.
    payments: Payments,
    /// Can be spent.
    available: Memo<Money>,
) -> impl IntoView {
    let (money_in, money_out) = (payments.money_in, payments.money_out);
    let location = use_location();
    // A link from another page leads here by the router, which does not move `:target`.
    let asked = RwSignal::new(false);
    Effect::new(move |_| {
        let hash = location.hash.get();
        asked.set([money_in, money_out].iter().any(|form| hash.trim_start_matches('#') == form.way.form()));
    });
    let refused = move || money_in.error.with(Option::is_some) || money_out.error.with(Option::is_some);
    view! {
        <div class="wallet-forms" class:is-open=move || asked.get() || refused()>
            <ActionForm action=payments.deposit attr:class="box" attr:id="deposit">
                <PaymentForm form=money_in available />
            </ActionForm>
            <ActionForm action=payments.withdraw attr:class="box" attr:id="withdraw">
                <PaymentForm form=money_out available />
            </ActionForm>
        </div>
    }
}

/// What stands in a form.
#[component]
fn PaymentForm(form: Payment, available: Memo<Money>) -> impl IntoView {
    let way = form.way;
    let title = match way {
        Way::In => tr!(mine.pay.deposit),
        Way::Out => tr!(mine.pay.withdraw),
    };
    let class = match way {
        Way::In => "btn btn-primary btn-l btn-block",
        Way::Out => "btn btn-ghost btn-l btn-block",
    };
    let submit = Memo::new(move |_| submit_words(way, form.typed.with(|typed| Money::parse(typed))));
    view! {
        <div>
            <h2>{title}</h2>
            <p class="hint" id=format!("{}-hint", way.form())>
                {move || hint(way, available.get())}
            </p>
        </div>
        <AmountField form />
        <Chips form available />
        <KeyField key=form.key />
        <button class=class class:is-busy=move || form.pending.get()>
            {move || submit.get()}
        </button>
    }
}

fn hint(way: Way, available: Money) -> String {
    let (min, max) = (won(Money::won(DEPOSIT.0)), won(Money::won(DEPOSIT.1)));
    match way {
        Way::In => tr!(mine.pay.deposit_hint, min = min, max = max).to_string(),
        Way::Out => tr!(mine.pay.withdraw_hint, available = won(available)).to_string(),
    }
}

fn submit_words(way: Way, amount: Option<Money>) -> String {
    match (way, amount.filter(|amount| amount.is_positive()).map(won)) {
        (Way::In, Some(amount)) => tr!(mine.pay.deposit_submit_amount, amount = amount).to_string(),
        (Way::In, None) => tr!(mine.pay.deposit_submit).to_owned(),
        (Way::Out, Some(amount)) => tr!(mine.pay.withdraw_submit_amount, amount = amount).to_string(),
        (Way::Out, None) => tr!(mine.pay.withdraw_submit).to_owned(),
    }
}

/// The words of a refusal here, where no auction is meant and amounts have limits of their own.
fn refusal_words(way: Way, error: &ApiError) -> String {
    let (min, max) = (won(Money::won(DEPOSIT.0)), won(Money::won(DEPOSIT.1)));
    match (way, error.refusal()) {
        (Way::Out, Some(Refusal::InsufficientFunds { required, available })) => {
            let (missing, available) = (won(*required - *available), won(*available));
            tr!(mine.pay.withdraw_short, missing = missing, available = available).to_string()
        }
        (Way::In, Some(Refusal::InvalidAmount | Refusal::Fields { .. })) => {
            tr!(mine.pay.deposit_range, min = min, max = max).to_string()
        }
        (Way::Out, Some(Refusal::InvalidAmount | Refusal::Fields { .. })) => {
            tr!(mine.pay.withdraw_range).to_owned()
        }
        _ => error_text(error),
    }
}

#[component]
fn AmountField(form: Payment) -> impl IntoView {
    let (way, name) = (form.way, form.way.form());
    let label = match way {
        Way::In => tr!(mine.pay.deposit_amount),
        Way::Out => tr!(mine.pay.withdraw_amount),
    };
    let fault = move || form.error.with(|error| error.as_ref().map(|error| refusal_words(way, error)));
    let wrong = Memo::new(move |_| form.error.with(Option::is_some));
    let described = move || if wrong.get() { format!("{name}-fault") } else { format!("{name}-hint") };
    view! {
        <div class="field" class:is-wrong=move || wrong.get()>
            <label class="label" for=format!("{name}-amount")>
                {label}
            </label>
            <div class="input-group">
                <input
                    id=format!("{name}-amount")
                    name="amount"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="20"
                    required
                    value=form.typed.get_untracked()
                    prop:value=move || form.typed.get()
                    on:input:target=move |event| form.typed.set(event.target().value())
                    aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby=described
                />
                <span class="unit">{tr!(mine.won_unit)}</span>
            </div>
            <div id=format!("{name}-fault") aria-live="polite">
                {move || {
                    fault()
                        .map(|fault| {
                            view! {
                                <p class="field-error">
                                    <Icon name="alert" size="is-s" />
                                    {fault}
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// Round amounts to add, once a script is there to add them. The last one of a withdrawal is everything.
#[component]
fn Chips(form: Payment, available: Memo<Money>) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let add = move |won: i64| {
        form.typed.update(|typed| {
            let sum = Money::parse(typed).filter(|sum| sum.is_positive()).unwrap_or(Money::ZERO);
            *typed = digits(sum + Money::won(won));
        });
    };
    let chip = move |won: i64| {
        let words = format!("+{}", short(Money::won(won), language()));
        view! {
            <button type="button" class="step" on:click=move |_| add(won)>
                {words}
            </button>
        }
    };
    let everything = move || {
        view! {
            <button
                type="button"
                class="step"
                on:click=move |_| form.typed.set(digits(available.get_untracked()))
            >
                {tr!(mine.pay.everything)}
            </button>
        }
    };
    let chips = move || {
        let added = if form.way == Way::In { &CHIPS[..] } else { &CHIPS[..3] };
        view! {
            <div class="steps">
                {added.iter().map(|&won| chip(won)).collect_view()}
                {(form.way == Way::Out).then(everything)}
            </div>
        }
    };
    move || alive.get().then(chips)
}
