//! My conversations, newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    live::Party,
    text,
    view::{ChatList, Conversation},
};

use super::pinned::StatusTag;
use crate::{
    api::{self, ApiError},
    components::{Empty, PageTitle, SignInFirst, Thumb, picture::IN_A_ROW, review::name_of},
    live::{Live, live},
    paths,
};

/// The page.
#[component]
pub fn Chats() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
    let page =
        Resource::new_blocking(move || (after.get(), live.resync.get()), |(after, _)| api::my_chats(after));
    follow_messages(page, live);
    let older = move || !after.with(String::is_empty);
    view! {
        <PageTitle text=tr!(talk.title).to_owned() />
        <main id="main" class="page wrap is-narrow">
            <div class="page-head">
                <div>
                    <h1>{tr!(talk.title)}</h1>
                    <p class="page-lead">{tr!(talk.list.lead)}</p>
                </div>
            </div>
            <Transition>
                {move || {
                    page.get()
                        .map(|page| match page {
                            Ok(list) => view! { <Body list older=older() /> }.into_any(),
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
        </main>
    }
}

/// Reads the list again when a message came or was read, whose news move my inbox.
fn follow_messages(page: Resource<Result<ChatList, ApiError>>, live: Live) {
    let moved =
        Memo::new(move |_| live.me.with(|me| me.as_ref().map(|me| (me.inbox_seq, me.unread_messages))));
    Effect::new(move |before: Option<Option<(i64, i64)>>| {
        let now = moved.get();
        if matches!(before, Some(Some(before)) if Some(before) != now) {
            page.refetch();
        }
        now
    });
}

#[component]
fn Body(list: ChatList, older: bool) -> impl IntoView {
    if list.conversations.is_empty() && !older {
        return view! { <Nobody /> }.into_any();
    }
    let rows = list.conversations.into_iter().map(|chat| view! { <Row chat /> });
    view! {
        <ul class="rows chat-rows">{rows.collect_view()}</ul>
        <p class="more">
            {older
                .then(|| {
                    view! {
                        <a class="btn btn-ghost" href=paths::CHATS>
                            {tr!(talk.list.newest)}
                        </a>
                    }
                })}
            {list
                .next
                .map(|next| {
                    view! {
                        <a class="btn btn-ghost" rel="next" href=paths::chats_after(&next)>
                            {tr!(talk.list.older)}
                        </a>
                    }
                })}
        </p>
    }
    .into_any()
}

#[component]
fn Nobody() -> impl IntoView {
    view! {
        <Empty art="stroller" title=tr!(talk.list.empty) text=tr!(talk.list.empty_more)>
            <a class="btn btn-primary" href=paths::HOME>
                {tr!(talk.list.browse)}
            </a>
        </Empty>
    }
}

#[component]
fn Row(chat: Conversation) -> impl IntoView {
    let last = last_words(&chat);
    let unread = (chat.unread > 0).then(|| {
        let label = tr!(talk.list.unread, count = chat.unread).to_string();
        view! {
            <span class="count-dot">
                <span class="sr-only">{label}</span>
                <span aria-hidden="true">{chat.unread}</span>
            </span>
        }
    });
    view! {
        <li class="row-item chat-row" class:is-unread=chat.unread.is_positive()>
            <span class="row-media">
                <Thumb cover=chat.sale.picture art=chat.sale.art alt="" sizes=IN_A_ROW />
            </span>
            <div class="row-main">
                <p class="row-title">
                    <a class="chat-link" href=paths::chat(chat.sale.id)>
                        {name_of(&chat.other)}
                    </a>
                    " "
                    {unread}
                </p>
                <p class="chat-last">{last}</p>
                <p class="row-meta">
                    {chat.sale.title} " " <StatusTag status=chat.sale.status />
                </p>
            </div>
            <time class="row-meta" datetime=text::machine(chat.at)>
                {text::day_time(chat.at)}
            </time>
        </li>
    }
}

/// What was said last, and whether by me.
fn last_words(chat: &Conversation) -> String {
    let Some(last) = &chat.last else { return tr!(talk.list.nothing_yet).to_owned() };
    let words = if last.text.is_empty() { tr!(talk.list.picture) } else { last.text.as_str() };
    let me: Party = chat.me;
    if last.from == me { tr!(talk.list.mine, text = words.to_owned()).to_string() } else { words.to_owned() }
}
