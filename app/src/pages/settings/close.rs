//! The end of the account: what has to be settled first, or the password and a second thought.

use leptos::prelude::*;
use market::view::AccountUse;

use super::{
    email::CurrentPassword,
    section::{Outcome, Section, Told},
};
use crate::{language::won, paths};

/// What is in the way, or the form.
#[component]
pub fn Close(in_use: AccountUse, username: String) -> impl IntoView {
    let outcome = Outcome::of("close_account");
    let wrong = outcome.wrong_password();
    let what = if in_use.is_none() {
        view! { <CloseForm username wrong /> }.into_any()
    } else {
        view! { <InUse in_use /> }.into_any()
    };
    view! {
        <Section id=paths::CLOSE title=tr!(settings.close.title) hint=tr!(settings.close.hint)>
            <Told outcome done=tr!(settings.close.done) />
            {what}
        </Section>
    }
}

/// Money, holds and open trades, each with the way to settle it.
#[component]
fn InUse(in_use: AccountUse) -> impl IntoView {
    let AccountUse { available, held, trades } = in_use;
    let line = |name: &'static str, value: String| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    };
    let money = !available.is_zero();
    let rest = !held.is_zero() || trades > 0;
    let count = tr!(settings.close.trade_count, count = trades).to_string();
    view! {
        <p>
            <b>{tr!(settings.close.in_use)}</b>
        </p>
        <dl class="facts">
            {money.then(|| line(tr!(settings.close.available), won(available)))}
            {(!held.is_zero()).then(|| line(tr!(settings.close.held), won(held)))}
            {(trades > 0).then(|| line(tr!(settings.close.trades), count))}
        </dl>
        <div class="btn-row">
            {money
                .then(|| {
                    view! {
                        <a class="btn btn-ghost" href=paths::WALLET>
                            {tr!(settings.close.to_wallet)}
                        </a>
                    }
                })}
            {rest
                .then(|| {
                    view! {
                        <a class="btn btn-ghost" href=paths::ME>
                            {tr!(settings.close.to_trades)}
                        </a>
                    }
                })}
        </div>
    }
}

#[component]
fn CloseForm(username: String, wrong: Option<&'static str>) -> impl IntoView {
    view! {
        <details class="fold" open=wrong.is_some()>
            <summary class="btn btn-ghost">{tr!(settings.close.open)}</summary>
            <form class="confirm form-stack" method="post" action="/api/close_account">
                <p>{tr!(settings.close.explained)}</p>
                <CurrentPassword
                    id="close-password"
                    label=tr!(settings.close.password)
                    username
                    wrong
                />
                <button class="btn btn-danger btn-block">{tr!(settings.close.submit)}</button>
            </form>
        </details>
    }
}
