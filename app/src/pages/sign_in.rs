//! Signing in. A plain form: the whole page is another one afterwards.

use leptos::prelude::*;

use super::sign_up::{AuthSide, LeaveIfSignedIn, next_page};
use crate::{
    components::{FailureNotice, Icon, PageTitle, TextInput},
    paths,
    reply::reply_to,
};

/// The page.
#[component]
pub fn SignIn() -> impl IntoView {
    let next = next_page();
    view! {
        <PageTitle text=tr!(common.sign_in) />
        <LeaveIfSignedIn next />
        <main id="main" class="page wrap">
            <div class="auth">
                <AuthSide />
                <SignInForm next />
            </div>
        </main>
    }
}

#[component]
fn SignInForm(next: Memo<String>) -> impl IntoView {
    let reply = reply_to("sign_in");
    let error = reply.as_ref().and_then(crate::reply::Reply::error);
    let done = done_before();
    let username = reply.and_then(|reply| reply.field("username")).unwrap_or_default();
    view! {
        <form class="auth-card" method="post" action="/api/sign_in">
            <div>
                <h1>{tr!(people.sign_in.heading)}</h1>
                <p class="page-lead">{tr!(people.sign_in.lead)}</p>
            </div>
            {done
                .map(|done| {
                    view! {
                        <p class="notice is-good" role="status">
                            <Icon name="check" />
                            {done}
                        </p>
                    }
                })}
            {error.map(|error| view! { <FailureNotice error /> })}
            <TextInput
                name="username"
                label=tr!(people.username)
                value=username
                autocomplete="username"
                maxlength=30
            />
            <TextInput
                name="password"
                kind="password"
                label=tr!(people.password.label)
                autocomplete="current-password"
                maxlength=256
            />
            <input type="hidden" name="next" value=move || next.get() />
            <button class="btn btn-primary btn-l btn-block">{tr!(common.sign_in)}</button>
            <p class="auth-alt">
                <a class="text-link" href=paths::RESET_PASSWORD>
                    {tr!(people.sign_in.forgotten)}
                </a>
            </p>
            <p class="auth-alt">
                {tr!(people.sign_in.first_time)} " "
                <a class="text-link" href=move || paths::sign_up_then(&next.get())>
                    {tr!(common.sign_up)}
                </a>
            </p>
        </form>
    }
}

/// What has just ended the session, and led here.
fn done_before() -> Option<&'static str> {
    let done = |form: &str| reply_to(form).is_some_and(|reply| reply.status < 400);
    [
        ("reset_password", tr!(people.reset.done)),
        ("sign_out_everywhere", tr!(settings.devices.everywhere_done)),
        ("close_account", tr!(settings.close.done)),
    ]
    .into_iter()
    .find_map(|(form, words)| done(form).then_some(words))
}
