//! The seller has handed it over or sent it, with the parcel's number or whatever the buyer needs to know.

use leptos::{form::ActionForm, prelude::*};
use market::trade::NOTE_MAX;

use super::{super::act::Fold, Here, PRIMARY};
use crate::{
    api::HandOver as HandOverAct,
    components::{
        TextInput,
        failure::{Failed, beside_fields, failure, fault_of},
    },
    key::{FormKey, KeyField},
    reply::reply_to,
};

/// The seller's next step.
#[component]
pub fn HandOver(here: Here) -> impl IntoView {
    view! { <HandOverForm here class=PRIMARY /> }
}

/// The same in a dispute: what has not come may still be sent.
#[component]
pub fn HandOverLater(here: Here) -> impl IntoView {
    view! {
        <Fold summary=tr!(trade.hand_over.later) explained=tr!(trade.hand_over.explained)>
            <HandOverForm here class="btn btn-soft btn-l btn-block" />
        </Fold>
    }
}

#[component]
fn HandOverForm(here: Here, class: &'static str) -> impl IntoView {
    let act = ServerAction::<HandOverAct>::new();
    let error = failure("hand_over", move || act.value().get());
    let fault = Signal::derive(move || fault_of(error.get().as_ref(), "note"));
    let typed = reply_to("hand_over").filter(|reply| reply.status >= 400);
    let typed = typed.and_then(|reply| reply.field("note")).unwrap_or_default();
    let key = FormKey::new();
    Effect::new(move |_| {
        if let Some(answer) = act.value().get() {
            key.answered(&answer);
            here.reread();
        }
    });
    view! {
        <Failed error=beside_fields(error) />
        <ActionForm action=act attr:class="panel-form">
            <input type="hidden" name="auction_id" value=here.id.to_string() />
            <KeyField key />
            <TextInput
                name="note"
                label=tr!(trade.hand_over.note)
                hint=tr!(trade.hand_over.note_hint)
                value=typed
                optional=true
                maxlength=u32::try_from(NOTE_MAX).unwrap_or(u32::MAX)
                fault
            />
            <button class=class disabled=move || act.pending().get()>
                {tr!(trade.hand_over.submit)}
            </button>
            <p class="panel-note">{tr!(trade.hand_over.explained)}</p>
        </ActionForm>
    }
}
