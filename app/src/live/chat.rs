//! The conversation on the page, as it moves.

use leptos::prelude::*;
use market::{
    AuctionId,
    live::{ChatState, Topic},
};

use super::{Live, wire};

impl Live {
    /// Listens to a conversation for as long as the owner lives: its newest state, once one has come.
    #[must_use]
    pub fn conversation(self, id: AuctionId) -> Signal<Option<ChatState>> {
        Effect::new(move |_| wire::subscribe(Topic::Chat(id)));
        on_cleanup(move || wire::unsubscribe(Topic::Chat(id)));
        Signal::derive(move || self.chat.with(|chat| chat.clone().filter(|chat| chat.id == id)))
    }

    /// A conversation's state: a frame, or the answer to a message. An older one changes nothing.
    pub fn offer_chat(self, state: ChatState) {
        let newer = self.chat.try_with_untracked(|known| {
            known.as_ref().is_none_or(|known| known.id != state.id || known.seq < state.seq)
        });
        if newer == Some(true) {
            self.chat.try_set(Some(state));
        }
    }
}
