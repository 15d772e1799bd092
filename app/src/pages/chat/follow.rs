//! What moves a conversation: frames, what they leave out, and that I have read them.

use leptos::{ev, prelude::*};
use market::live::ChatMessage;

use super::here::Here;
use crate::{
    api,
    components::review::name_of,
    live::{Connection, Live, live},
};

/// Follows the conversation for as long as the page shows it.
pub fn follow(here: Here) {
    let live = live();
    follow_frames(here, live);
    live.on_resync(move || here.reread());
    follow_gaps(here, live);
    follow_the_other(here);
    follow_reading(here, live);
}

fn follow_frames(here: Here, live: Live) {
    let newest = live.conversation(here.id);
    Effect::new(move |_| {
        if let Some(state) = newest.get() {
            here.thread.update(|thread| thread.offer(&state));
        }
    });
}

/// A frame carries the newest messages only; who missed more reads them.
fn follow_gaps(here: Here, live: Live) {
    let missing = Memo::new(move |_| here.thread.with(super::thread::Thread::missing_before));
    Effect::new(move |_| {
        // A connection that is back is another chance.
        live.connection.track();
        if let Some(before) = missing.get() {
            here.read(Some(before));
        }
    });
}

/// What the other says is read out, and who has scrolled up is told that it is there.
fn follow_the_other(here: Here) {
    let newest = Memo::new(move |_| {
        here.thread.with(|thread| thread.newest_of(here.me.other()).map(|message| message.number))
    });
    Effect::new(move |before: Option<Option<i32>>| {
        let newest = newest.get();
        if before.is_some_and(|before| before < newest) {
            let message = here
                .thread
                .with_untracked(|thread| newest.and_then(|number| thread.message(number).cloned()));
            here.announced.set(message.map(|message| announcement(here, &message)).unwrap_or_default());
            if !here.at_end.get_untracked() {
                here.is_new_below.set(true);
            }
        }
        newest
    });
}

fn announcement(here: Here, message: &ChatMessage) -> String {
    let name = here.other.with_value(name_of);
    let text = if message.text.is_empty() { tr!(talk.list.picture) } else { &message.text };
    tr!(talk.came, name = name, text = text.to_owned()).to_string()
}

/// What is on the screen of somebody who looks is read. One mark is on its way at a time; one that did not
/// arrive is tried again when something moves.
fn follow_reading(here: Here, live: Live) {
    let seen = RwSignal::new(0_u32);
    let look = move || {
        seen.try_update(|count| *count += 1);
    };
    Effect::new(move |_| {
        let focused = window_event_listener(ev::focus, move |_| look());
        let shown = window_event_listener_untyped("visibilitychange", move |_| look());
        on_cleanup(move || {
            focused.remove();
            shown.remove();
        });
    });
    let unread = Memo::new(move |_| {
        let thread = here.thread.read();
        let newest = thread.newest_of(here.me.other()).map_or(0, |message| message.number);
        (newest > thread.read_by(here.me)).then_some(newest)
    });
    let marks = Marks { done: RwSignal::new(0), is_busy: StoredValue::new(false) };
    Effect::new(move |_| {
        seen.track();
        let is_open = live.connection.get() != Connection::Lost;
        let fresh = unread.get().filter(|up_to| *up_to > marks.done.get());
        if let Some(up_to) = fresh
            && here.at_end.get()
            && is_open
            && !document().hidden()
        {
            marks.mark(here, up_to);
        }
    });
}

/// The marks of this page that arrived.
#[derive(Clone, Copy)]
struct Marks {
    /// Up to which number.
    done: RwSignal<i32>,
    /// One is on its way.
    is_busy: StoredValue<bool>,
}

impl Marks {
    fn mark(self, here: Here, up_to: i32) {
        if self.is_busy.get_value() {
            return;
        }
        self.is_busy.set_value(true);
        leptos::task::spawn_local(async move {
            let arrived = api::read_chat(here.id.to_string(), up_to.to_string()).await.is_ok();
            self.is_busy.try_set_value(false);
            if arrived {
                self.done.try_set(up_to);
            }
        });
    }
}
