//! The way to my conversations, with what I have not read in them.

use leptos::prelude::*;
use market::live::MyState;

use super::Icon;
use crate::{app::session, live::live, paths};

/// Counted no further.
const COUNTED_TO: i64 = 99;

fn shown(count: i64) -> String {
    if count > COUNTED_TO { format!("{COUNTED_TO}+") } else { count.to_string() }
}

/// In the header.
#[component]
pub fn ChatLink(
    /// What the header shows.
    state: Memo<MyState>,
) -> impl IntoView {
    let unread = Memo::new(move |_| state.with(|state| state.unread_messages));
    let label = move || match unread.get() {
        0 => tr!(talk.title).to_owned(),
        count => tr!(talk.unread_in_all, count = count).to_string(),
    };
    view! {
        <a class="btn-icon is-desktop" href=paths::CHATS aria-label=label>
            <Icon name="chat" size="is-l" />
            {move || {
                let count = unread.get();
                (count > 0).then(|| view! { <span class="count-dot">{shown(count)}</span> })
            }}
        </a>
    }
}

/// The count alone, for the phone's menu.
#[component]
pub fn ChatCount() -> impl IntoView {
    let (session, live) = (session(), live());
    let unread = move || {
        let moved = live.me.with(|me| me.as_ref().map(|me| me.unread_messages));
        moved.or_else(|| session.me().map(|me| me.state.unread_messages)).unwrap_or(0)
    };
    view! {
        <Transition>
            {move || {
                let count = unread();
                let label = tr!(talk.list.unread, count = count).to_string();
                (count > 0)
                    .then(|| {
                        view! {
                            <span class="count-dot" aria-hidden="true">
                                {shown(count)}
                            </span>
                            <span class="sr-only">{label}</span>
                        }
                    })
            }}
        </Transition>
    }
}
