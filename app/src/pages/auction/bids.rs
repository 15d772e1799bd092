//! The public list: every bid that moved the price, newest first, under aliases (rules, *Public*).

use leptos::prelude::*;
use market::{
    live::ListedBid,
    text::{self, Language},
};

use super::{
    here::Here,
    history::History,
    more::{More, Onward},
    older::{BIDS_AT, Older, bids_before},
};
use crate::{
    api::{self, ApiError},
    components::FailureNotice,
    language::{language, won},
};

/// The box with the newest bids, or with the older piece that the address asks for.
#[component]
pub fn Bids(here: Here, older: Older) -> impl IntoView {
    let count = Memo::new(move |_| here.state.read().bid_count);
    view! {
        <section class="box" id=BIDS_AT aria-labelledby="h-bids">
            <div class="box-head">
                <h2 id="h-bids">
                    {tr!(auction.bids.title)} " " <span class="count">{move || count.get()}</span>
                </h2>
                <span class="dim">{tr!(auction.bids.aliases)}</span>
            </div>
            <Transition>
                {move || {
                    older
                        .bids
                        .get()
                        .map(|piece| match piece {
                            Ok(Some(bids)) => view! { <Piece here bids /> }.into_any(),
                            Ok(None) => view! { <Newest here /> }.into_any(),
                            Err(error) => view! { <FailureNotice error /> }.into_any(),
                        })
                }}
            </Transition>
        </section>
    }
}

/// The newest bids as they come, and more of them when asked for.
#[component]
fn Newest(here: Here) -> impl IntoView {
    // Rows that come while one looks are tinted once.
    let seen = here.state.with_untracked(|state| state.bid_count);
    let is_new = move |bid: ListedBid| bid.number > seen;
    let empty = Memo::new(move |_| here.history.with(|history| history.shown().is_empty()));
    view! {
        <Show
            when=move || !empty.get()
            fallback=|| view! { <p class="dim">{tr!(auction.bids.none)}</p> }
        >
            <ol class="bids">
                <For
                    each=move || here.history.with(|history| history.shown().to_vec())
                    key=|bid| bid.number
                    let:bid
                >
                    <Row here bid is_new=is_new(bid) />
                </For>
            </ol>
            <Rest here />
        </Show>
    }
}

/// The way to older bids: a link, which with scripts brings them here.
#[component]
fn Rest(here: Here) -> impl IntoView {
    let read = Action::new(move |&number: &i32| api::bids_before(here.id.to_string(), number.to_string()));
    let failure = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| match read.value().get() {
        Some(Ok(older)) => {
            failure.set(None);
            here.history.update(|history| history.open(&older));
        }
        Some(Err(error)) => failure.set(Some(error)),
        None => {}
    });
    let ask = move || match here.history.with_untracked(History::unknown_before) {
        Some(number) if !read.pending().get_untracked() => {
            read.dispatch(number);
        }
        Some(_) => {}
        None => here.history.update(|history| history.open(&[])),
    };
    let href = Memo::new(move |_| {
        here.history.with(History::more_before).map(|number| bids_before(&here.path(), number))
    });
    view! {
        {move || failure.get().map(|error| view! { <FailureNotice error /> })}
        <More href busy=read.pending() words=tr!(auction.bids.more) bring=move |()| ask() />
    }
}

/// An older piece, as the address asks for it.
#[component]
fn Piece(here: Here, bids: Vec<ListedBid>) -> impl IntoView {
    let more = bids.last().map(|bid| bid.number).filter(|&number| number > 1);
    let list = if bids.is_empty() {
        view! { <p class="dim">{tr!(auction.bids.no_older)}</p> }.into_any()
    } else {
        let rows = bids.into_iter().map(|bid| view! { <Row here bid is_new=false /> });
        view! { <ol class="bids">{rows.collect_view()}</ol> }.into_any()
    };
    view! {
        {list}
        <Onward
            newest=format!("{}#{BIDS_AT}", here.path())
            newest_words=tr!(auction.bids.newest)
            older=more.map(|number| bids_before(&here.path(), number))
            older_words=tr!(auction.bids.more)
        />
    }
}

/// A row. Nothing tells automatic bids from plain ones: it would say that a maximum lies above.
#[component]
fn Row(here: Here, bid: ListedBid, is_new: bool) -> impl IntoView {
    let mine = Memo::new(move |_| here.alias() == Some(bid.bidder));
    let (korean, english) = bid.bidder.name(here.id);
    let alias = match language() {
        Language::Ko => korean,
        Language::En => english,
    };
    let name = move || if mine.get() { tr!(auction.bids.me).to_owned() } else { alias.clone() };
    let initial = {
        let name = name.clone();
        move || name().chars().take(1).collect::<String>()
    };
    let moved_on =
        (bid.price != bid.amount).then(|| tr!(auction.bids.price_became, price = won(bid.price)).to_string());
    view! {
        <li class:is-me=move || mine.get() class:is-lost=move || lost(here, bid) class:is-new=is_new>
            <span class="who">
                <i class="alias-dot" aria-hidden="true">
                    {initial}
                </i>
                <b>{name}</b>
            </span>
            <span class="sum">
                <b>{won(bid.amount)}</b>
                {moved_on.map(|text| view! { <small>{text}</small> })}
            </span>
            <time datetime=text::machine(bid.at)>{when(here, bid)}</time>
        </li>
    }
}

/// Whether it did not take the lead: the price went past it, or, newest and equal to the price, came second.
fn lost(here: Here, bid: ListedBid) -> bool {
    here.state.with(|state| {
        let newest = state.bids.first().is_some_and(|first| first.number == bid.number);
        let first = state.leader.or(state.winner);
        bid.price != bid.amount || (newest && first.is_some_and(|first| first != bid.bidder))
    })
}

/// To the second today, to the minute before.
fn when(here: Here, bid: ListedBid) -> String {
    let short = here.moment(bid.at);
    if short.contains(' ') { short } else { text::clock(bid.at) }
}
