//! Saying something: what is typed, what is on its way, and what came of it. A message is shown when it is in
//! the books, never before; one that did not arrive is never sent later by itself.

use leptos::{html, prelude::*};
use market::{PictureId, Refusal, live::ChatState};

use super::here::Here;
use crate::{
    api::{ApiError, SendMessage},
    key::{FormKey, fresh},
    reply::reply_to,
};

/// A picture that is uploaded, and not yet known to be sent: with the key under which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Picked {
    id: PictureId,
    key: String,
}

/// The composer's own state. The page owns it: keys come from the server in order.
#[derive(Clone, Copy)]
pub struct Sending {
    /// The form's action.
    pub words: ServerAction<SendMessage>,
    /// The form's key.
    pub key: FormKey,
    /// The form's field.
    pub field: NodeRef<html::Textarea>,
    /// A picture is on its way.
    pub uploading: RwSignal<bool>,
    /// Why the last try failed.
    pub error: RwSignal<Option<ApiError>>,
    picture: ServerAction<SendMessage>,
    picked: RwSignal<Option<Picked>>,
    /// The text that was sent last.
    sent: StoredValue<String>,
    /// It may have arrived or not.
    is_unsettled: StoredValue<bool>,
}

impl Sending {
    /// With the answer that a plain form has just got, if this page shows one.
    pub fn new() -> Self {
        let refused = reply_to("send_message").and_then(|reply| reply.error());
        Self {
            words: ServerAction::new(),
            key: FormKey::new(),
            field: NodeRef::new(),
            uploading: RwSignal::new(false),
            error: RwSignal::new(refused),
            picture: ServerAction::new(),
            picked: RwSignal::new(None),
            sent: StoredValue::new(String::new()),
            is_unsettled: StoredValue::new(false),
        }
    }

    /// Takes the answers for as long as the conversation is shown.
    pub fn follow(self, here: Here) {
        Effect::new(move |_| {
            if let Some(sent) = self.words.input().get() {
                self.sent.set_value(sent.text);
            }
        });
        // An answer that was there before belongs to another conversation.
        Effect::new(move |is_first: Option<bool>| {
            let answer = self.words.value().get();
            if let Some(answer) = answer.filter(|_| is_first.is_some()) {
                self.words_answered(here, answer);
            }
            true
        });
        Effect::new(move |is_first: Option<bool>| {
            let answer = self.picture.value().get();
            if let Some(answer) = answer.filter(|_| is_first.is_some()) {
                if !may_have_counted(&answer) {
                    self.picked.set(None);
                }
                self.answered(here, answer);
            }
            true
        });
    }

    /// Another text than the one that may have arrived is another message.
    pub fn typed(self, text: &str) {
        if self.is_unsettled.get_value() && self.sent.with_value(|sent| sent != text) {
            self.is_unsettled.set_value(false);
            self.key.renew();
        }
    }

    /// Sends a picture that is uploaded.
    pub fn send_picture(self, here: Here, id: PictureId) {
        self.picked.set(Some(Picked { id, key: fresh() }));
        self.send_picked(here);
    }

    /// Sends the picture once more that may have arrived or not: under its own key, so that it is said once.
    pub fn send_picked(self, here: Here) {
        let Some(picked) = self.picked.get_untracked() else { return };
        self.picture.dispatch(SendMessage {
            auction_id: here.id.to_string(),
            text: String::new(),
            picture: picked.id.to_string(),
            key: picked.key,
        });
    }

    /// Whether a picture waits to be sent once more.
    pub fn has_picked(self) -> bool {
        self.picked.with(Option::is_some) && !self.picture.pending().get()
    }

    /// Whether an answer is awaited.
    pub fn pending(self) -> bool {
        self.words.pending().get() || self.picture.pending().get() || self.uploading.get()
    }

    fn words_answered(self, here: Here, answer: Result<ChatState, ApiError>) {
        self.is_unsettled.set_value(may_have_counted(&answer));
        self.key.answered(&answer);
        if answer.is_ok()
            && let Some(field) = self.field.get_untracked()
        {
            // What was typed meanwhile stays.
            let typed = field.value();
            field.set_value(self.sent.with_value(|sent| typed.strip_prefix(sent.as_str()).unwrap_or(&typed)));
            // A field that cannot take the cursor stays as it is.
            let _ = field.focus();
        }
        self.answered(here, answer);
    }

    fn answered(self, here: Here, answer: Result<ChatState, ApiError>) {
        match answer {
            Ok(state) if state.id != here.id => {}
            Ok(state) => {
                self.error.set(None);
                here.thread.update(|thread| thread.offer(&state));
                here.to_end();
            }
            Err(error) => {
                if error.refusal() == Some(&Refusal::Blocked) {
                    here.blocked.set(true);
                }
                self.error.set(Some(error));
            }
        }
    }
}

/// Whether it may have been said: the next try must carry the same key, or it would be said twice.
fn may_have_counted(answer: &Result<ChatState, ApiError>) -> bool {
    answer.as_ref().is_err_and(ApiError::may_have_counted)
}
