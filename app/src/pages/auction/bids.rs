//! The public list: every bid that moved the price, newest first, under aliases (rules, *Public*).

use leptos::prelude::*;
use market::{
    live::ListedBid,
    text::{self, Language},
};

use super::here::Here;
use crate::language::{language, won};

/// The box with the newest bids.
#[component]
pub fn Bids(here: Here) -> impl IntoView {
    let count = Memo::new(move |_| here.state.read().bid_count);
    let listed = Memo::new(move |_| here.state.with(|state| state.bids.clone()));
    // Rows that come while one looks are tinted once.
    let seen = here.state.with_untracked(|state| state.bid_count);
    let is_new = move |bid: ListedBid| bid.number > seen;
    let shortened = move || {
        let (count, shown) = (count.get(), listed.with(Vec::len));
        (usize::try_from(count).is_ok_and(|count| count > shown)).then(|| {
            let text = tr!(auction.bids.newest, total = count, shown = shown).to_string();
            view! { <p class="chart-note">{text}</p> }
        })
    };
    view! {
        <section class="box" aria-labelledby="h-bids">
            <div class="box-head">
                <h2 id="h-bids">
                    {tr!(auction.bids.title)} " " <span class="count">{move || count.get()}</span>
                </h2>
                <span class="dim">{tr!(auction.bids.aliases)}</span>
            </div>
            <Show
                when=move || count.get() != 0
                fallback=|| view! { <p class="dim">{tr!(auction.bids.none)}</p> }
            >
                <ol class="bids">
                    <For each=move || listed.get() key=|bid| bid.number let:bid>
                        <Row here bid is_new=is_new(bid) />
                    </For>
                </ol>
                {shortened}
            </Show>
        </section>
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
