//! The messages, day by day.

use std::time::Duration;

use leptos::{html, prelude::*};
use market::{AuctionId, live::Party, text::weekday, view::ChatPage};

use super::{
    bubble::Bubble,
    here::Here,
    thread::{Item, Thread},
};
use crate::{
    components::{Icon, in_view::in_view, review::name_of},
    language::language,
    paths,
};

/// Older messages are read when their link has been on the screen for so long.
const SETTLED: Duration = Duration::from_millis(200);

/// What the two are called.
#[derive(Clone, Copy)]
pub struct Names(StoredValue<(String, String)>);

impl Names {
    /// The names of a conversation.
    pub fn of(page: &ChatPage) -> Self {
        Self(StoredValue::new((name_of(&page.seller), name_of(&page.winner))))
    }

    /// The name of one of the two.
    pub fn of_party(self, party: Party) -> String {
        self.0.with_value(|(seller, winner)| match party {
            Party::Seller => seller.clone(),
            Party::Winner => winner.clone(),
        })
    }
}

/// The box of the messages. It stands at its end by itself, and stays there when something comes.
#[component]
pub fn Log(
    thread: RwSignal<Thread>,
    /// Who I am; staff are none of the two.
    me: Option<Party>,
    names: Names,
    /// Where older messages come by themselves, if they do.
    here: Option<Here>,
    /// Which conversation.
    id: AuctionId,
) -> impl IntoView {
    let items = Memo::new(move |_| thread.with(Thread::items));
    let node = here.map_or_else(NodeRef::new, |here| here.log);
    let mark = Memo::new(move |_| me.and_then(|me| thread.with(|thread| thread.read_mark(me))));
    view! {
        <div class="chat-log">
            <div
                class="chat-scroll"
                tabindex="0"
                role="region"
                aria-label=tr!(talk.messages)
                node_ref=node
                on:scroll=move |_| {
                    if let Some(here) = here {
                        here.scrolled();
                    }
                }
            >
                <div>
                    <Earlier thread here id />
                    <ol class="talk">
                        <For each=move || items.get() key=Clone::clone let:item>
                            {line(thread, &item, me, names, mark)}
                        </For>
                    </ol>
                </div>
            </div>
            {here.map(|here| view! { <NewBelow here /> })}
        </div>
    }
}

fn line(
    thread: RwSignal<Thread>,
    item: &Item,
    me: Option<Party>,
    names: Names,
    mark: Memo<Option<i32>>,
) -> AnyView {
    match *item {
        Item::Day(number) => {
            let begin = thread.with_untracked(|thread| thread.begin_of(number));
            let text = begin.map(|at| weekday(at, language()));
            view! { <li class="talk-day tag">{text}</li> }.into_any()
        }
        Item::Message(number) => {
            let message = thread.with_untracked(|thread| thread.message(number).cloned());
            let is_read = Memo::new(move |_| mark.get() == Some(number));
            message.map(|message| view! { <Bubble message me names is_read /> }).into_any()
        }
    }
}

/// What lies before: a link that works without scripts, and by itself with them. Before the first message
/// stands how it begins.
#[component]
fn Earlier(thread: RwSignal<Thread>, here: Option<Here>, id: AuctionId) -> impl IntoView {
    let has_older = Memo::new(move |_| thread.with(Thread::has_older));
    let href = move || {
        let oldest = thread.with(Thread::oldest);
        oldest.map(|oldest| paths::chat_before(id, oldest))
    };
    move || match here {
        _ if !has_older.get() => view! { <p class="chat-first">{tr!(talk.first)}</p> }.into_any(),
        Some(here) => view! { <ReadOlder here href=Signal::derive(href) /> }.into_any(),
        None => view! {
            <p class="more">
                <a class="btn btn-ghost btn-s" rel="prev" href=href>
                    {tr!(talk.older)}
                </a>
            </p>
        }
        .into_any(),
    }
}

#[component]
fn ReadOlder(here: Here, href: Signal<Option<String>>) -> impl IntoView {
    let node = NodeRef::<html::A>::new();
    let shown = in_view(node, SETTLED);
    Effect::new(move |_| {
        if shown.get() && !here.loading.get() && !here.stuck.get() {
            here.read_older();
        }
    });
    view! {
        <p class="more">
            <a
                class="btn btn-ghost btn-s"
                rel="prev"
                href=move || href.get()
                node_ref=node
                aria-busy=move || here.loading.get().to_string()
                on:click=move |event| {
                    event.prevent_default();
                    here.read_older();
                }
            >
                {tr!(talk.older)}
            </a>
        </p>
    }
}

/// Something came while one reads further up.
#[component]
fn NewBelow(here: Here) -> impl IntoView {
    move || {
        here.is_new_below.get().then(|| {
            view! {
                <button class="btn btn-soft btn-s chat-new" type="button" on:click=move |_| here.to_end()>
                    <Icon name="down" size="is-s" />
                    {tr!(talk.new_below)}
                </button>
            }
        })
    }
}
