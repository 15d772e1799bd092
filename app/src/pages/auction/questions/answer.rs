//! Answering: the seller, each question once.

use leptos::{form::ActionForm, html, prelude::*};
use market::{QuestionId, questions::ANSWER_MAX, text::clean};

use super::super::here::Here;
use crate::{
    api::AnswerQuestion,
    components::{FailureNotice, Field, TextArea, failure::fault_of},
    reply::{Reply, reply_to},
};

/// The field's name in the form.
const FIELD: &str = "answer";

/// The form, folded.
#[component]
pub fn AnswerForm(here: Here, id: QuestionId) -> impl IntoView {
    let answer = ServerAction::<AnswerQuestion>::new();
    let reply = reply_to("answer").filter(|reply| reply.field("question_id") == Some(id.to_string()));
    let typed = reply.as_ref().and_then(|reply| reply.field(FIELD)).unwrap_or_default();
    let refused = reply.as_ref().and_then(Reply::error);
    let unfolded = refused.is_some();
    let error = Memo::new(move |_| match answer.value().get() {
        Some(outcome) => outcome.err(),
        None => refused.clone(),
    });
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if matches!(answer.value().get(), Some(Ok(()))) {
            let said = node.get_untracked().map(|field| clean(&field.value())).unwrap_or_default();
            let now = here.now_untracked();
            here.talk.update(|talk| talk.answered(id, said, now));
            here.reread();
        }
    });
    let fault = Signal::derive(move || error.with(|error| fault_of(error.as_ref(), FIELD)));
    let other = move || error.get().filter(|error| fault_of(Some(error), FIELD).is_none());
    let field = format!("{FIELD}-{id}");
    view! {
        <details class="fold" open=unfolded>
            <summary class="btn btn-soft btn-s">{tr!(auction.questions.answer)}</summary>
            <ActionForm action=answer attr:class="ask-form">
                <input type="hidden" name="question_id" value=id.to_string() />
                <Field id=field.clone() label=tr!(auction.questions.answer_label) fault>
                    <TextArea name=FIELD id=field value=typed maxlength=ANSWER_MAX rows=3 fault node />
                </Field>
                <button class="btn btn-soft" disabled=move || answer.pending().get()>
                    {tr!(auction.questions.answer_yes)}
                </button>
            </ActionForm>
            {move || other().map(|error| view! { <FailureNotice error /> })}
        </details>
    }
}
