//! Something is wrong: the buyer says what, and the money is frozen until it is decided.

use leptos::{form::ActionForm, prelude::*};
use market::trade::{Complaint, TEXT_MAX};

use super::{GHOST, Here};
use crate::{
    api::Dispute,
    components::{
        Field, TextArea,
        failure::{Failed, beside_fields, failure, fault_of},
        field::FieldFault,
        trade::{Chosen, PictureField, complaint_text},
    },
    key::{FormKey, KeyField},
    reply::reply_to,
};

/// Opens a dispute.
#[component]
pub fn Problem(here: Here) -> impl IntoView {
    let act = ServerAction::<Dispute>::new();
    let error = failure("dispute", move || act.value().get());
    let fault = move |field| Signal::derive(move || fault_of(error.get().as_ref(), field));
    let reply = reply_to("dispute").filter(|reply| reply.status >= 400);
    let typed = |field| reply.as_ref().and_then(|reply| reply.field(field)).unwrap_or_default();
    // What is wrong with its fields is said inside of it.
    let refused = reply.is_some();
    let (chosen, text) = (typed("complaint"), typed("text"));
    let (key, picture) = (FormKey::new(), Chosen::nothing());
    Effect::new(move |_| {
        if let Some(answer) = act.value().get() {
            key.answered(&answer);
            here.reread();
        }
    });
    view! {
        <Failed error=beside_fields(error) />
        <details class="fold" open=refused>
            <summary class=GHOST>{tr!(trade.problem.open)}</summary>
            <p class="panel-note">{tr!(trade.problem.explained)}</p>
            <ActionForm action=act attr:class="panel-form">
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <KeyField key />
                <Complaints chosen fault=fault("complaint") />
                <Field
                    id="problem-text"
                    label=tr!(trade.problem.text)
                    hint=tr!(trade.problem.text_hint)
                    fault=fault("text")
                >
                    <TextArea
                        name="text"
                        id="problem-text"
                        value=text
                        maxlength=TEXT_MAX
                        rows=4
                        hinted=true
                        fault=fault("text")
                    />
                </Field>
                <PictureField chosen=picture />
                <button
                    class="btn btn-danger btn-l btn-block"
                    disabled=move || act.pending().get() || picture.pending()
                >
                    {tr!(trade.problem.submit)}
                </button>
            </ActionForm>
        </details>
    }
}

/// What is wrong: one of four.
#[component]
fn Complaints(chosen: String, fault: Signal<Option<&'static str>>) -> impl IntoView {
    let chosen = Complaint::from_name(&chosen);
    let option = |&complaint: &Complaint| {
        view! {
            <label class="pill">
                <input
                    type="radio"
                    name="complaint"
                    value=complaint.as_str()
                    checked=chosen == Some(complaint)
                    required
                />
                <span>{complaint_text(complaint)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field" class:is-wrong=move || fault.get().is_some()>
            <legend class="label">{tr!(trade.problem.complaint)}</legend>
            <div class="pills">{Complaint::ALL.iter().map(option).collect_view()}</div>
            <FieldFault id="complaint" fault />
        </fieldset>
    }
}
