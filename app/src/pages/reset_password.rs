//! A forgotten password: a letter is asked for, and its link leads back here to set a new one. Plain forms:
//! the whole page is another one afterwards.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::people::{RESET_MINUTES, check_new_password};

use super::sign_up::AuthSide;
use crate::{
    api::{self, ResetPage},
    components::{
        FailureNotice, Icon, PageTitle, PasswordField, TextInput,
        form_check::{FormCheck, Reader},
        password_field::strength,
    },
    paths,
    reply::{Reply, reply_to},
};

/// The new password as typed.
const READ: Reader<String> = |field| field("new_password");

/// The page.
#[component]
pub fn ResetPassword() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("token").unwrap_or_default()));
    let page = Resource::new_blocking(move || token.get(), api::reset_state);
    view! {
        <PageTitle text=tr!(people.reset.title).to_owned() />
        <main id="main" class="page wrap">
            <div class="auth">
                <AuthSide />
                <div class="auth-card">
                    <h1>{tr!(people.reset.title)}</h1>
                    <Transition>
                        {move || {
                            page.get()
                                .map(|page| match page {
                                    Ok(page) => view! { <Step page token=token.get() /> }.into_any(),
                                    Err(error) => view! { <FailureNotice error /> }.into_any(),
                                })
                        }}
                    </Transition>
                    <p class="auth-alt">
                        <a class="text-link" href=paths::SIGN_IN>
                            {tr!(people.reset.back)}
                        </a>
                    </p>
                </div>
            </div>
        </main>
    }
}

/// Nothing to be done, asking for a letter, or using one.
#[component]
fn Step(page: ResetPage, token: String) -> impl IntoView {
    match page {
        ResetPage { open: Some(true), .. } => view! { <NewPassword token /> }.into_any(),
        ResetPage { mail: false, .. } => {
            view! { <Notice tone="" icon="info" words=tr!(people.reset.unavailable).to_owned() /> }.into_any()
        }
        ResetPage { open, .. } => view! { <Ask expired=open.is_some() /> }.into_any(),
    }
}

#[component]
fn Notice(tone: &'static str, icon: &'static str, words: String) -> impl IntoView {
    view! {
        <p class=format!("notice {tone}") role="status">
            <Icon name=icon />
            {words}
        </p>
    }
}

/// Whose password was forgotten; the answer is the same whoever it is.
#[component]
fn Ask(expired: bool) -> impl IntoView {
    let reply = reply_to("forgot_password");
    let error = reply.as_ref().and_then(Reply::error);
    let who = reply.as_ref().and_then(|reply| reply.field("who")).unwrap_or_default();
    let sent = reply.is_some_and(|reply| reply.status < 400).then(|| {
        let words = tr!(people.reset.sent, minutes = RESET_MINUTES).to_string();
        view! { <Notice tone="is-good" icon="check" words /> }
    });
    let expired = expired.then(|| {
        view! { <Notice tone="is-bad" icon="alert" words=tr!(people.reset.expired).to_owned() /> }
    });
    view! {
        {sent}
        {expired}
        {error.map(|error| view! { <FailureNotice error /> })}
        <p class="page-lead">{tr!(people.reset.lead)}</p>
        <form class="form-stack" method="post" action="/api/forgot_password">
            <TextInput
                name="who"
                label=tr!(people.reset.who)
                value=who
                autocomplete="username"
                maxlength=254
            />
            <button class="btn btn-primary btn-l btn-block">{tr!(people.reset.submit)}</button>
        </form>
    }
}

/// The new password, with the secret that the letter brought.
#[component]
fn NewPassword(token: String) -> impl IntoView {
    let error = reply_to("reset_password").and_then(|reply| reply.error());
    // The name is not told to whoever has found the letter, so only the server can compare with it.
    let check = FormCheck::new(String::new(), READ, |new: &String| check_new_password(new, ""));
    if let Some(error) = &error {
        check.refuse(error);
    }
    view! {
        {error
            .filter(|error| !error.is_of_fields())
            .map(|error| view! { <FailureNotice error /> })}
        <p class="page-lead">{tr!(people.reset.new_lead)}</p>
        <form
            class="form-stack"
            method="post"
            action="/api/reset_password"
            node_ref=check.form()
            on:input=move |event| check.on_input(&event)
            on:change=move |event| check.on_change(&event)
            on:submit=move |event| check.on_submit(&event)
        >
            <input type="hidden" name="token" value=token />
            <PasswordField
                name="new_password"
                label=tr!(people.reset.new)
                fault=check.fault("new_password")
                score=check.part(|new| strength(new, ""))
            />
            <button class="btn btn-primary btn-l btn-block">{tr!(people.reset.new_submit)}</button>
        </form>
    }
}
