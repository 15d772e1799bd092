//! The top of every page: where I am, what I search, what I have, and at once that I was outbid.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use market::live::MyState;

use super::{
    Icon,
    bell::Bell,
    chat_link::ChatLink,
    preferences::{LanguageSwitch, ThemeSwitch, chosen_theme},
};
use crate::{api::SignedIn, app::session, language::won, live::live, paths};

/// The header.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let session = session();
    view! {
        <header class="site-header">
            <div class="wrap">
                <Logo />
                <Transition>
                    {move || session.me().map(|me| view! { <RegionPill signed_in=me /> })}
                </Transition>
                <Search />
                <div class="header-end">
                    <Transition>
                        {move || match session.me() {
                            Some(me) => view! { <Mine signed_in=me /> }.into_any(),
                            None => view! { <SignInLinks /> }.into_any(),
                        }}
                    </Transition>
                </div>
            </div>
        </header>
    }
}

#[component]
fn Logo() -> impl IntoView {
    view! {
        <a class="logo" href=paths::HOME aria-label=tr!(common.home_link)>
            <svg viewBox="0 0 32 32" aria-hidden="true">
                <rect class="logo-tile" width="32" height="32" rx="9"></rect>
                <path class="logo-roof" d="M8 17.5 16 10l8 7.5"></path>
                <circle class="logo-sun" cx="16" cy="21.7" r="2.7"></circle>
            </svg>
            <span>{tr!(common.name)}</span>
        </a>
    }
}

/// The neighbourhood that the list shows; leads to the list's filter, opened.
#[component]
fn RegionPill(signed_in: SignedIn) -> impl IntoView {
    let name = signed_in.me.region.map(|region| region.name);
    name.map(|name| {
        view! {
            <a class="region-pill" href=paths::FILTER on:click=|_| open_filter()>
                <b class="sr-only">{tr!(common.region_is)}</b>
                <Icon name="pin" size="is-s" />
                <span>{name}</span>
            </a>
        }
    })
}

/// Opens the filter where it is on the page already: it may have been closed since the address said so.
fn open_filter() {
    if let Some(filter) = document().get_element_by_id(paths::FILTER_ID) {
        // Fails only for names that are no attribute names.
        let _ = filter.set_attribute("open", "");
    }
}

#[component]
fn Search() -> impl IntoView {
    let query = use_query_map();
    let typed = move || query.with(|query| query.get("q").unwrap_or_default());
    view! {
        <form class="site-search" role="search" action=paths::HOME method="get">
            <label class="sr-only" for="q">
                {tr!(common.search)}
            </label>
            <Icon name="search" />
            <input
                id="q"
                name="q"
                type="search"
                maxlength="100"
                placeholder=tr!(common.search_hint)
                value=typed
            />
        </form>
    }
}

#[component]
fn SignInLinks() -> impl IntoView {
    let (location, query) = (use_location(), use_query_map());
    // The pages of signing in and up lead on to where one came from, and not back to each other.
    let next = Memo::new(move |_| match location.pathname.get().as_str() {
        paths::SIGN_IN | paths::SIGN_UP => query.with(|query| query.get("next").unwrap_or_default()),
        paths::RESET_PASSWORD => paths::HOME.to_owned(),
        path => format!("{path}{}", search(&location.search.get())),
    });
    view! {
        <a class="btn btn-quiet" href=move || next.with(|next| paths::sign_in_then(paths::local(next)))>
            {tr!(common.sign_in)}
        </a>
        <a
            class="btn btn-soft is-desktop"
            href=move || next.with(|next| paths::sign_up_then(paths::local(next)))
        >
            {tr!(common.sign_up)}
        </a>
    }
}

fn search(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?{query}") }
}

/// The signed-in person's corner; its figures move with the `me` topic.
#[component]
fn Mine(signed_in: SignedIn) -> impl IntoView {
    let live = live();
    let (me, served) = (signed_in.me, StoredValue::new(signed_in.state));
    let region = me.region.map(|region| region.full_name).unwrap_or_default();
    let state = Memo::new(move |_| -> MyState { live.me.get().unwrap_or_else(|| served.get_value()) });
    let available = Memo::new(move |_| state.with(|state| won(state.available)));
    view! {
        <a class="btn btn-soft is-desktop" href=paths::SELL>
            {tr!(common.sell)}
        </a>
        <OutbidPill state />
        <ChatLink state />
        <Bell state />
        <a class="purse" href=paths::WALLET>
            <small>{tr!(common.available)}</small>
            <span>{move || available.get()}</span>
        </a>
        <AvatarMenu nickname=me.nickname region is_staff=me.is_staff />
    }
}

/// "You were outbid", at once and wherever one is.
#[component]
fn OutbidPill(state: Memo<MyState>) -> impl IntoView {
    let count = Memo::new(move |_| state.with(|state| state.outbid.len()));
    view! {
        <span role="status">
            {move || {
                (count.get() > 0)
                    .then(|| {
                        view! {
                            <a class="outbid-pill" href=paths::shelf(market::view::Shelf::Outbid)>
                                <Icon name="outbid" />
                                <span>{tr!(common.outbid_auctions)}</span>
                                " "
                                {count.get()}
                            </a>
                        }
                    })
            }}
        </span>
    }
}

#[component]
fn AvatarMenu(nickname: String, region: String, is_staff: bool) -> impl IntoView {
    let initial: String = nickname.chars().take(1).collect();
    let theme = chosen_theme();
    view! {
        <details class="menu avatar-menu">
            <summary aria-label=tr!(common.my_menu)>
                <span class="avatar">{initial.clone()}</span>
            </summary>
            <div class="menu-list">
                <div class="menu-head">
                    <span class="avatar">{initial}</span>
                    <div>
                        <b>{nickname}</b>
                        <div class="dim">{region}</div>
                    </div>
                </div>
                <hr class="menu-rule" />
                <a class="menu-item" href=paths::ME>
                    <Icon name="gavel" />
                    {tr!(common.my_auctions)}
                </a>
                <a class="menu-item" href=paths::WALLET>
                    <Icon name="wallet" />
                    {tr!(common.wallet)}
                </a>
                <a class="menu-item" href=paths::SETTINGS>
                    <Icon name="gear" />
                    {tr!(settings.title)}
                </a>
                {is_staff
                    .then(|| {
                        view! {
                            <a class="menu-item" href=paths::ADMIN>
                                <Icon name="shield" />
                                {tr!(staff.title)}
                            </a>
                        }
                    })}
                <hr class="menu-rule" />
                <p class="menu-label">{tr!(common.theme.label)}</p>
                <div class="menu-block">
                    <ThemeSwitch label=tr!(common.theme.in_menu) chosen=theme />
                </div>
                <p class="menu-label">{tr!(common.language.label)}</p>
                <div class="menu-block">
                    <LanguageSwitch label=tr!(common.language.in_menu) />
                </div>
                <hr class="menu-rule" />
                <form method="post" action="/api/sign_out">
                    <button class="menu-item">
                        <Icon name="exit" />
                        {tr!(common.sign_out)}
                    </button>
                </form>
            </div>
        </details>
    }
}
