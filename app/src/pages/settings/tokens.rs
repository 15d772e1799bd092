//! What my programs sign in with: making a token, whose secret is shown once, and taking it back.

use leptos::prelude::*;
use market::{
    Instant,
    access::{Scope, TOKEN_DAYS, TOKEN_DAYS_USUAL, TOKEN_NAME_MAX, TOKENS_MAX},
    text::day,
    view::AccessRow,
};

use super::{
    email::CurrentPassword,
    section::{Outcome, Section, Told},
};
use crate::{
    components::{Field, Icon, TextInput, failure::fault_of},
    key::{FormKey, KeyField},
    paths,
    reply::{Reply, reply_to},
};

/// The tokens, and the form that makes one.
#[component]
pub fn Tokens(tokens: Vec<AccessRow>, username: String, now: Instant) -> impl IntoView {
    let is_full = tokens.len() >= TOKENS_MAX;
    let made = reply_to("create_access").filter(|reply| reply.status < 400);
    let list = if tokens.is_empty() {
        view! { <p class="dim">{tr!(settings.tokens.none)}</p> }.into_any()
    } else {
        let rows = tokens.into_iter().map(|token| view! { <Row token now /> }).collect_view();
        view! { <ul class="devices">{rows}</ul> }.into_any()
    };
    view! {
        <Section id=paths::TOKENS title=tr!(settings.tokens.title) hint=tr!(settings.tokens.hint)>
            {made.map(|made| view! { <Fresh made /> })}
            <Told outcome=Outcome::of("revoke_access") done=tr!(settings.tokens.revoked) />
            {list}
            {(!is_full).then(|| view! { <Create username /> })}
            <p>
                <a class="text-link" href=paths::DEVELOPERS rel="external">
                    {tr!(settings.tokens.manual)}
                </a>
            </p>
        </Section>
    }
}

/// The secret, this once.
#[component]
fn Fresh(made: Reply) -> impl IntoView {
    let secret = made.answer.get("ok").and_then(|secret| secret.as_str()).map(str::to_owned);
    let Some(secret) = secret else {
        return view! {
            <p class="notice" role="status">
                {tr!(settings.tokens.made_before)}
            </p>
        }
        .into_any();
    };
    view! {
        <div class="notice is-good" role="status">
            <Icon name="check" />
            <Field id="fresh-token" label=tr!(settings.tokens.fresh) hint=tr!(settings.tokens.fresh_hint)>
                <input
                    class="input"
                    id="fresh-token"
                    value=secret
                    readonly
                    autocomplete="off"
                    aria-describedby="fresh-token-hint"
                />
            </Field>
        </div>
    }
    .into_any()
}

#[component]
fn Row(token: AccessRow, now: Instant) -> impl IntoView {
    let AccessRow { id, name, scopes, expires_at, used_on, .. } = token;
    let label = tr!(settings.tokens.revoke_of, name = name.clone()).to_string();
    let until = tr!(settings.tokens.until, at = day(expires_at)).to_string();
    let used = match used_on {
        Some(day) => tr!(settings.tokens.used, day = day).to_string(),
        None => tr!(settings.tokens.unused).to_owned(),
    };
    let expired = (expires_at <= now).then(|| {
        view! { <span class="tag is-bad">{tr!(settings.tokens.expired)}</span> }
    });
    let tags = scopes.iter().map(|scope| view! { <span class="tag is-line">{scope.as_str()}</span> });
    view! {
        <li>
            <Icon name="bolt" />
            <div>
                <p>
                    <b>{name}</b>
                </p>
                <p class="row-tags">{tags.collect_view()} {expired}</p>
                <p class="dim">{format!("{until} · {used}")}</p>
            </div>
            <form method="post" action="/api/revoke_access">
                <input type="hidden" name="token_id" value=id.to_string() />
                <button class="btn btn-ghost btn-s" aria-label=label>
                    {tr!(settings.tokens.revoke)}
                </button>
            </form>
        </li>
    }
}

#[component]
fn Create(username: String) -> impl IntoView {
    let outcome = Outcome::of("create_access");
    let key = FormKey::new();
    let wrong = outcome.wrong_password();
    let name_fault = Signal::stored(fault_of(outcome.error.as_ref(), "name"));
    let refused = outcome.error.is_some().then(|| outcome.clone());
    let opened = refused.is_some();
    let name = outcome.field("name", "");
    view! {
        <details class="fold" open=opened>
            <summary class="btn btn-ghost">{tr!(settings.tokens.open)}</summary>
            <form class="confirm form-stack" method="post" action="/api/create_access">
                <KeyField key />
                {refused.map(|outcome| view! { <Told outcome done="" /> })}
                <TextInput
                    name="name"
                    label=tr!(settings.tokens.name)
                    hint=tr!(settings.tokens.name_hint)
                    value=name
                    fault=name_fault
                    maxlength=u32::try_from(TOKEN_NAME_MAX).unwrap_or(u32::MAX)
                />
                <Scopes fault=fault_of(outcome.error.as_ref(), "scopes") />
                <Days chosen=outcome.field("days", &TOKEN_DAYS_USUAL.to_string()) />
                <CurrentPassword
                    id="token-password"
                    label=tr!(settings.tokens.password)
                    username
                    wrong
                />
                <button class="btn btn-soft">{tr!(settings.tokens.submit)}</button>
            </form>
        </details>
    }
}

/// What it may do; of a form that was refused what was chosen stands there again.
#[component]
fn Scopes(fault: Option<&'static str>) -> impl IntoView {
    let refused = reply_to("create_access").filter(|reply| reply.status >= 400);
    let is_on = move |scope: Scope| match &refused {
        Some(reply) => reply.fields.iter().any(|(name, on)| name == "scopes[]" && on == scope.as_str()),
        None => scope == Scope::Read,
    };
    let boxes = Scope::ALL.map(|scope| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    name="scopes[]"
                    value=scope.as_str()
                    checked=is_on(scope)
                    aria-describedby="scopes-fault"
                />
                <span>{scope_text(scope)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" class:is-wrong=fault.is_some()>
            <legend class="label">{tr!(settings.tokens.scopes)}</legend>
            {boxes.into_iter().collect_view()}
            <crate::components::field::FieldFault id="scopes" fault=Signal::stored(fault) />
        </fieldset>
    }
}

fn scope_text(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => tr!(settings.tokens.read),
        Scope::Bid => tr!(settings.tokens.bid),
        Scope::Sell => tr!(settings.tokens.sell),
    }
}

#[component]
fn Days(chosen: String) -> impl IntoView {
    let options = TOKEN_DAYS.map(|days| {
        let selected = days.to_string() == chosen;
        let text = tr!(settings.tokens.day_count, count = days).to_string();
        view! {
            <option value=days.to_string() selected=selected>
                {text}
            </option>
        }
    });
    view! {
        <Field id="token-days" label=tr!(settings.tokens.days)>
            <select class="select" id="token-days" name="days">
                {options.into_iter().collect_view()}
            </select>
        </Field>
    }
}
