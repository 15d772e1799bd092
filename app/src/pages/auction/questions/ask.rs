//! Asking: whoever is signed in and does not sell it, until the end.

use leptos::{form::ActionForm, html, prelude::*};
use market::{
    Refusal,
    live::Phase,
    questions::{OPEN_MAX, QUESTION_MAX},
    refusal::Reason,
};

use super::super::{here::Here, older::QUESTIONS_AT, stand::Stand};
use crate::{
    api::{ApiError, Ask},
    components::{
        Field, Icon, TextArea,
        failure::{Failed, failure, fault_of},
    },
    key::{FormKey, KeyField},
    paths,
    reply::reply_to,
};

/// The field's name in the form; of its id, too.
const FIELD: &str = "question";

/// What is offered to one who stands so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Form,
    SignIn,
    Seller,
    Closed,
}

/// The form, or why there is none.
#[component]
pub fn AskForm(here: Here) -> impl IntoView {
    let ask = ServerAction::<Ask>::new();
    let key = FormKey::new();
    let offer = Memo::new(move |_| match (here.phase.get(), here.stand.get()) {
        (_, Stand::Seller) => Offer::Seller,
        (Phase::Closing | Phase::Over(_), _) => Offer::Closed,
        (_, Stand::Visitor) => Offer::SignIn,
        _ => Offer::Form,
    });
    // After a plain post the browser is at the top of the page: the answer calls it here.
    let replied = reply_to("ask").is_some();
    view! {
        <div class="ask-box" tabindex="-1" autofocus=replied>
            {move || match offer.get() {
                Offer::Form => view! { <Form here ask key /> }.into_any(),
                Offer::SignIn => view! { <SignIn here /> }.into_any(),
                Offer::Seller => view! { <p class="hint">{tr!(auction.questions.you_answer)}</p> }.into_any(),
                Offer::Closed => view! { <p class="hint">{tr!(auction.questions.closed)}</p> }.into_any(),
            }}
        </div>
    }
}

/// Asking needs somebody to be answered.
#[component]
fn SignIn(here: Here) -> impl IntoView {
    let back = paths::sign_in_then(&format!("{}#{QUESTIONS_AT}", here.path()));
    view! {
        <a class="btn btn-soft" href=back>
            {tr!(auction.questions.sign_in)}
        </a>
    }
}

#[component]
fn Form(here: Here, ask: ServerAction<Ask>, key: FormKey) -> impl IntoView {
    let reply = reply_to("ask");
    let typed = reply.as_ref().and_then(|reply| reply.field(FIELD)).unwrap_or_default();
    let plainly_asked = reply.as_ref().is_some_and(|reply| reply.status < 400);
    let node = NodeRef::<html::Textarea>::new();
    let error = failure("ask", move || ask.value().get());
    let asked = Memo::new(move |_| ask.value().get().map_or(plainly_asked, |answer| answer.is_ok()));
    Effect::new(move |_| {
        let Some(answer) = ask.value().get() else { return };
        key.answered(&answer);
        if answer.is_ok() {
            if let Some(field) = node.get_untracked() {
                field.set_value("");
            }
            here.reread();
        }
    });
    let other = Signal::derive(move || error.get().filter(|error| fault(Some(error)).is_none()));
    let fault = Signal::derive(move || error.with(|error| fault(error.as_ref())));
    view! {
        <ActionForm action=ask attr:class="ask-form">
            <input type="hidden" name="auction_id" value=here.id.to_string() />
            <KeyField key />
            <Field
                id=FIELD
                label=tr!(auction.questions.ask_label)
                hint=tr!(auction.questions.ask_hint)
                fault
            >
                <TextArea
                    name=FIELD
                    id=FIELD
                    value=typed
                    maxlength=QUESTION_MAX
                    rows=2
                    hinted=true
                    fault
                    node
                />
            </Field>
            <button class="btn btn-soft" disabled=move || ask.pending().get()>
                {tr!(auction.questions.ask)}
            </button>
        </ActionForm>
        <Failed error=other />
        <div role="status">
            {move || {
                asked
                    .get()
                    .then(|| {
                        view! {
                            <p class="notice is-good">
                                <Icon name="check" />
                                {tr!(auction.questions.asked)}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// What is wrong with the field; too many open questions have their own words, and so has the seller, who
/// finds a form only on a page that was opened before he signed in.
fn fault(error: Option<&ApiError>) -> Option<&'static str> {
    let too_many = Refusal::field(FIELD, Reason::TooMany);
    match error?.refusal() {
        Some(refusal) if *refusal == too_many => {
            const { assert!(OPEN_MAX == 5, "the words say how many") };
            Some(tr!(auction.questions.too_many))
        }
        Some(Refusal::NotYours) => Some(tr!(auction.questions.own)),
        _ => fault_of(error, FIELD),
    }
}
