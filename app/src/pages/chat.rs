//! What the seller and the winner of a sale say to each other, live.

mod bubble;
mod composer;
mod follow;
mod here;
mod list;
mod log;
mod pinned;
mod sending;
mod thread;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::{Refusal, live::Party, view::ChatPage};

use self::{
    composer::Composer,
    follow::follow,
    here::Here,
    log::{Log, Names},
    pinned::{Pinned, Safety},
    sending::Sending,
    thread::Thread,
};
use super::NotFound;
use crate::{
    api,
    components::{Icon, PageTitle, SignInFirst, review::name_of},
    paths,
};

pub use list::Chats;

/// A conversation: the newest messages and what comes, or with `before` in the address older ones as they
/// are read without scripts.
#[component]
pub fn Chat() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let before = Memo::new(move |_| query.with(|query| query.get("before").unwrap_or_default()));
    let page = Resource::new_blocking(
        move || (id.get(), before.get()),
        |(id, before)| api::conversation(id, before),
    );
    let sending = Sending::new();
    view! {
        <Transition>
            {move || {
                let is_older = !before.with(String::is_empty);
                page.get()
                    .map(|page| match page {
                        Ok(page) => match page.me.filter(|_| !is_older) {
                            Some(me) => view! { <Talk page me sending /> }.into_any(),
                            None => view! { <Past page is_older /> }.into_any(),
                        }
                        Err(error) if error.refusal() == Some(&Refusal::NotFound) => NotFound().into_any(),
                        Err(error) => {
                            view! {
                                <main id="main" class="page wrap is-narrow">
                                    <h1 class="sr-only">{tr!(talk.title)}</h1>
                                    <SignInFirst error />
                                </main>
                            }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
}

/// As one of the two sees it: it moves, and he can say something.
#[component]
fn Talk(page: ChatPage, me: Party, sending: Sending) -> impl IntoView {
    let here = Here::new(&page, me);
    follow(here);
    let names = Names::of(&page);
    let heading = tr!(talk.with, name = names.of_party(me.other())).to_string();
    let other = here.other;
    view! {
        <PageTitle text=heading.clone() />
        <main id="main" class="page wrap is-narrow chat">
            <div class="chat-head">
                <Heading heading />
                <Safety
                    person=other.with_value(|other| other.id)
                    nickname=other.with_value(name_of)
                    i_block=page.i_block
                    on_change=move |()| here.reread()
                />
            </div>
            <Pinned sale=page.sale />
            <Log thread=here.thread me=Some(me) names here=Some(here) id=here.id />
            <Composer here sending />
            <p class="sr-only" role="status">
                {move || here.announced.get()}
            </p>
        </main>
    }
}

/// As staff see it, and as it was: nothing moves, nothing can be said.
#[component]
fn Past(page: ChatPage, is_older: bool) -> impl IntoView {
    let names = Names::of(&page);
    let heading = if let Some(me) = page.me {
        tr!(talk.with, name = names.of_party(me.other())).to_string()
    } else {
        let (seller, winner) = (names.of_party(Party::Seller), names.of_party(Party::Winner));
        tr!(talk.between, seller = seller, winner = winner).to_string()
    };
    let thread = RwSignal::new(if is_older { Thread::part(&page) } else { Thread::of(&page) });
    let (me, id) = (page.me, page.sale.id);
    view! {
        <PageTitle text=heading.clone() />
        <main id="main" class="page wrap is-narrow chat">
            <div class="chat-head">
                <Heading heading />
            </div>
            <Pinned sale=page.sale />
            <Log thread me names here=None id />
            <div class="composer">
                {me.is_none().then(|| view! { <p class="notice">{tr!(talk.only_read)}</p> })}
                {is_older
                    .then(|| {
                        view! {
                            <a class="btn btn-ghost btn-block" href=paths::chat(id)>
                                {tr!(talk.newest)}
                            </a>
                        }
                    })}
            </div>
        </main>
    }
}

/// Whose conversation it is, and the way back to all of them.
#[component]
fn Heading(heading: String) -> impl IntoView {
    view! {
        <a class="btn-icon" href=paths::CHATS aria-label=tr!(talk.title)>
            <Icon name="left" size="is-l" />
        </a>
        <h1>{heading}</h1>
    }
}
