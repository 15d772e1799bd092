//! What staff do, as a form: for a reason, unfolded first and sent by a plain form, so that it works without
//! scripts and the page shows the books as they are afterwards.

use leptos::prelude::*;
use market::staff::REASON_MAX;

use crate::{
    components::{FailureNotice, Field, Icon, TextArea, failure::fault_of},
    key::{FormKey, KeyField},
    reply::{Reply, reply_to},
};

/// Where an act goes, and what it is about.
#[derive(Debug, Clone)]
pub struct Act {
    /// The server function.
    pub form: &'static str,
    /// The field that names what it is about, and its value; nothing where there is but one.
    pub subject: Option<(&'static str, String)>,
    /// Another field that is sent along.
    pub more: Option<(&'static str, &'static str)>,
}

impl Act {
    /// Of a form that has no more than its subject and its reason.
    #[must_use]
    pub fn new(form: &'static str, field: &'static str, subject: impl ToString) -> Self {
        Self { subject: Some((field, subject.to_string())), ..Self::alone(form) }
    }

    /// Of a form that stands alone on its page.
    #[must_use]
    pub fn alone(form: &'static str) -> Self {
        Self { form, subject: None, more: None }
    }

    /// With another field.
    #[must_use]
    pub fn with(self, field: &'static str, value: &'static str) -> Self {
        Self { more: Some((field, value)), ..self }
    }

    /// The answer to this very form, if it was refused when the page was served.
    fn refused(&self) -> Option<Reply> {
        let subject = self.subject.as_ref().map(|(field, value)| (*field, value.as_str()));
        let same = |reply: &Reply| {
            let mut fields = subject.into_iter().chain(self.more);
            fields.all(|(field, value)| reply.field(field).as_deref() == Some(value))
        };
        reply_to(self.form).filter(|reply| reply.status >= 400 && same(reply))
    }

    /// For the ids of what stands in it: each once on a page.
    fn id(&self) -> String {
        let subject = self.subject.as_ref().map(|(_, value)| value.as_str());
        let parts = [Some(self.form), subject, self.more.map(|(_, value)| value)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    }
}

/// The form, folded until it was refused.
#[component]
pub fn ActForm(
    /// What it does.
    act: Act,
    /// The words on the fold and on the button.
    words: &'static str,
    /// What follows from it.
    #[prop(into)]
    hint: String,
    /// It takes something from somebody.
    #[prop(optional)]
    danger: bool,
    /// Fields of its own; they stand above the reason.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (refused, id, key) = (act.refused(), act.id(), FormKey::new());
    let error = refused.as_ref().and_then(Reply::error);
    let fault = fault_of(error.as_ref(), "reason");
    let typed = refused.as_ref().and_then(|reply| reply.field("reason")).unwrap_or_default();
    let beside = error.filter(|_| fault.is_none());
    let hidden =
        |(field, value): (&'static str, String)| view! { <input type="hidden" name=field value=value /> };
    let action = format!("/api/{}", act.form);
    let button = if danger { "btn btn-danger" } else { "btn btn-primary" };
    view! {
        <details class="fold" open=refused.is_some()>
            <summary class="btn btn-ghost btn-s">{words}</summary>
            <form class="confirm" method="post" action=action>
                {beside.map(|error| view! { <FailureNotice error /> })}
                <p class="hint">{hint}</p>
                {act.subject.map(hidden)}
                {act.more.map(|(field, value)| hidden((field, value.to_owned())))}
                <KeyField key />
                {children.map(|children| children())}
                <Field
                    id=id.clone()
                    label=tr!(staff.act.reason)
                    hint=tr!(staff.act.reason_hint)
                    fault=Signal::stored(fault)
                >
                    <TextArea
                        name="reason"
                        id=id
                        value=typed
                        maxlength=REASON_MAX
                        rows=3
                        hinted=true
                        fault=Signal::stored(fault)
                    />
                </Field>
                <div class="btn-row">
                    <button class=button>{words}</button>
                </div>
            </form>
        </details>
    }
}

/// That the last act was done, at the top of its page. Why one was not stands in its form.
#[component]
pub fn Done(
    /// The server functions that the page's forms are answered by.
    forms: &'static [&'static str],
) -> impl IntoView {
    let done = forms.iter().filter_map(|form| reply_to(form)).any(|reply| reply.status < 400);
    done.then(|| {
        view! {
            <p class="notice is-good is-page" role="status">
                <Icon name="check" />
                {tr!(staff.act.done)}
            </p>
        }
    })
}
