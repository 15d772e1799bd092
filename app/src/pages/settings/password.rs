//! Changing the password; it takes the current one, and ends all other sessions.

use leptos::prelude::*;
use market::people::check_new_password;

use super::{
    email::CurrentPassword,
    section::{Outcome, Section, Told},
};
use crate::{
    components::{
        PasswordField,
        form_check::{FormCheck, Reader},
        password_field::strength,
    },
    paths,
};

/// The new password as typed. (The current one can be judged by the server alone.)
const READ: Reader<String> = |field| field("new_password");

/// Both passwords.
#[component]
pub fn ChangePassword(username: String) -> impl IntoView {
    let outcome = Outcome::of("change_password");
    let (judged_for, rated_for) = (username.clone(), username.clone());
    let check = FormCheck::new(String::new(), READ, move |new: &String| check_new_password(new, &judged_for));
    if let Some(error) = &outcome.error {
        check.refuse(error);
    }
    let wrong = outcome.wrong_password();
    view! {
        <Section id=paths::PASSWORD title=tr!(settings.password.title) hint=tr!(settings.password.hint)>
            <Told outcome done=tr!(settings.password.done) />
            <form
                class="form-stack"
                method="post"
                action="/api/change_password"
                node_ref=check.form()
                on:input=move |event| check.on_input(&event)
                on:change=move |event| check.on_change(&event)
                on:submit=move |event| check.on_submit(&event)
            >
                <CurrentPassword id="current-password" label=tr!(settings.password.current) username wrong />
                <PasswordField
                    name="new_password"
                    label=tr!(settings.password.new)
                    fault=check.fault("new_password")
                    score=check.part(move |new| strength(new, &rated_for))
                />
                <div class="btn-row">
                    <button class="btn btn-soft">{tr!(settings.password.submit)}</button>
                </div>
            </form>
        </Section>
    }
}
