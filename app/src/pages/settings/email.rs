//! Where letters go. Who reads them can set a new password, so changing it takes the current one.

use leptos::prelude::*;
use market::{people::EMAIL_MAX, view::Account};

use super::section::{Outcome, Section, Told};
use crate::{
    components::{TextInput, failure::fault_of},
    paths,
};

/// The address, with the current password.
#[component]
pub fn EmailAddress(account: Account) -> impl IntoView {
    let outcome = Outcome::of("save_email");
    let email = outcome.field("email", account.email.as_deref().unwrap_or_default());
    let fault = fault_of(outcome.error.as_ref(), "email");
    let wrong = outcome.wrong_password();
    view! {
        <Section id=paths::EMAIL title=tr!(settings.email.title) hint=tr!(settings.email.hint)>
            <Told outcome done=tr!(settings.saved) />
            <form class="form-stack" method="post" action="/api/save_email">
                <TextInput
                    name="email"
                    kind="email"
                    label=tr!(settings.email.label)
                    hint=tr!(settings.email.label_hint)
                    value=email
                    fault=Signal::stored(fault)
                    optional=true
                    autocomplete="email"
                    maxlength=u32::try_from(EMAIL_MAX).unwrap_or(u32::MAX)
                />
                <CurrentPassword
                    id="email-password"
                    label=tr!(settings.email.password)
                    username=account.username
                    wrong
                />
                <div class="btn-row">
                    <button class="btn btn-soft">{tr!(settings.email.submit)}</button>
                </div>
            </form>
        </Section>
    }
}

/// The current password, in a form of which there are several on the page; the name beside it is for
/// password managers.
#[component]
pub fn CurrentPassword(
    /// Its id; in the form it is called `password`.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// Whose it is.
    username: String,
    /// That it was wrong.
    wrong: Option<&'static str>,
) -> impl IntoView {
    use crate::components::{Field, field::described};
    let fault = Signal::stored(wrong);
    view! {
        <input type="text" name="username" value=username autocomplete="username" hidden readonly />
        <Field id label fault>
            <input
                class="input"
                type="password"
                id=id
                name="password"
                required
                maxlength="256"
                autocomplete="current-password"
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=described(id, false, fault)
            />
        </Field>
    }
}
