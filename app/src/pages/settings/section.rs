//! A part of the settings, and what came of its form.

use leptos::prelude::*;
use market::Refusal;

use crate::{
    api::ApiError,
    components::{FailureNotice, Icon},
    reply::{Reply, reply_to},
};

/// A box with its name and what it is for.
#[component]
pub fn Section(
    /// Where links lead.
    id: &'static str,
    /// What it is called.
    title: &'static str,
    /// What it is for.
    hint: &'static str,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="box settings-part" id=id aria-labelledby=format!("h-{id}")>
            <h2 id=format!("h-{id}")>{title}</h2>
            <p class="hint">{hint}</p>
            {children()}
        </section>
    }
}

/// What a form was answered when the page was served.
#[derive(Clone)]
pub struct Outcome {
    /// Whether it was done.
    pub done: bool,
    /// Why not.
    pub error: Option<ApiError>,
    reply: Option<Reply>,
}

impl Outcome {
    /// Of the form that server function `form` answers.
    #[must_use]
    pub fn of(form: &str) -> Self {
        let reply = reply_to(form);
        let done = reply.as_ref().is_some_and(|reply| reply.status < 400);
        Self { done, error: reply.as_ref().and_then(Reply::error), reply }
    }

    /// What had been typed into a field of a form that was refused, else what stands there anyway.
    #[must_use]
    pub fn field(&self, name: &str, otherwise: &str) -> String {
        let typed = self.reply.as_ref().and_then(|reply| reply.field(name));
        typed.unwrap_or_else(|| otherwise.to_owned())
    }

    /// That the current password was wrong, beside its field.
    #[must_use]
    pub fn wrong_password(&self) -> Option<&'static str> {
        let refusal = self.error.as_ref().and_then(ApiError::refusal);
        matches!(refusal, Some(Refusal::WrongCredentials)).then_some(tr!(settings.wrong_password))
    }
}

/// That it was done, or why not; what is wrong with a field is told beside the field.
#[component]
pub fn Told(
    /// What the form was answered.
    outcome: Outcome,
    /// The words for success.
    done: &'static str,
) -> impl IntoView {
    let refusal = outcome.error.as_ref().and_then(ApiError::refusal);
    let beside = matches!(refusal, Some(Refusal::Fields { .. } | Refusal::WrongCredentials));
    let error = outcome.error.filter(|_| !beside);
    view! {
        {outcome
            .done
            .then(|| {
                view! {
                    <p class="notice is-good" role="status">
                        <Icon name="check" />
                        {done}
                    </p>
                }
            })}
        {error.map(|error| view! { <FailureNotice error /> })}
    }
}
