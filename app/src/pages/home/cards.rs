//! The cards, and those behind them: a real link to the next page, which appends it in place once the page is
//! alive.

use std::time::Duration;

use leptos::{ev::MouseEvent, html, prelude::*};
use market::{
    Instant, Money,
    text::digits,
    view::{COUNTED_TO, Card, ListPage, ListQuery},
};

use super::query::{behind, from_the_start};
use crate::{
    api::{self, ApiError},
    components::{AuctionCard, FailureNotice, in_view::in_view},
    paths,
};

/// So many pages come by themselves; afterwards a click asks, so that the end of the page can be reached.
const BY_ITSELF: usize = 5;

/// A card, with the time of the page it came with.
#[derive(Clone)]
struct Dealt {
    card: Card,
    now: Instant,
}

/// The grid, and the way on.
#[component]
pub fn Cards(
    /// What is listed.
    query: ListQuery,
    /// The first page of it.
    page: ListPage,
    /// Whether hearts can be pressed.
    signed_in: bool,
) -> impl IntoView {
    let (count, shows_first) = (page.count, query.after.is_empty());
    let next = RwSignal::new(page.next.clone());
    let pages = RwSignal::new(1_usize);
    let dealt = RwSignal::new(deal(page, &[]));
    let more = Action::new(|query: &ListQuery| api::list(query.clone()));
    let failure = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| match more.value().get() {
        Some(Ok(page)) => {
            failure.set(None);
            pages.update(|pages| *pages += 1);
            let behind = page.next.clone();
            dealt.update(|dealt| {
                let fresh = deal(page, dealt);
                dealt.extend(fresh);
            });
            next.set(behind);
        }
        Some(Err(error)) => failure.set(Some(error)),
        None => {}
    });
    // Known only where the list is shown from its beginning and counted to its end.
    let left = Memo::new(move |_| {
        let dealt = i64::try_from(dealt.with(Vec::len)).unwrap_or(i64::MAX);
        (shows_first && count < COUNTED_TO).then_some(count - dealt).filter(|left| *left > 0)
    });
    let start = (!shows_first).then(|| paths::list(&from_the_start(&query)));
    view! {
        <ul class="cards">
            <For each=move || dealt.get() key=|dealt| dealt.card.id.0 let:dealt>
                <AuctionCard card=dealt.card now=dealt.now signed_in />
            </For>
        </ul>
        <div aria-live="polite">
            {move || failure.get().map(|error| view! { <FailureNotice error /> })}
        </div>
        <For
            each=move || next.get()
            key=String::clone
            children=move |next| {
                let by_itself = failure.with_untracked(Option::is_none) && pages.get_untracked() <= BY_ITSELF;
                view! { <More query=behind(&query, &next) more left by_itself /> }
            }
        />
        {start
            .map(|start| {
                view! {
                    <p class="more">
                        <a class="quiet-link" href=start>
                            {tr!(home.list.from_start)}
                        </a>
                    </p>
                }
            })}
    }
}

/// The cards of a page that are not there yet: one whose price moved may come a second time.
fn deal(page: ListPage, dealt: &[Dealt]) -> Vec<Dealt> {
    let now = page.now;
    let is_new = |card: &Card| dealt.iter().all(|known| known.card.id != card.id);
    page.cards.into_iter().filter(is_new).map(|card| Dealt { card, now }).collect()
}

/// The link to the next page; made anew for each, so that it sees for itself whether it is on the screen.
#[component]
fn More(
    query: ListQuery,
    more: Action<ListQuery, Result<ListPage, ApiError>>,
    left: Memo<Option<i64>>,
    by_itself: bool,
) -> impl IntoView {
    let node = NodeRef::<html::P>::new();
    let address = paths::list(&query);
    let (query, pending) = (StoredValue::new(query), more.pending());
    let load = move || {
        if !pending.get_untracked() {
            more.dispatch(query.get_value());
        }
    };
    let on_screen = in_view(node, Duration::ZERO);
    Effect::new(move |_| {
        if by_itself && on_screen.get() {
            load();
        }
    });
    let click = move |event: MouseEvent| {
        let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if event.button() == 0 && !elsewhere {
            event.prevent_default();
            load();
        }
    };
    let words = move || match left.get() {
        Some(left) => tr!(home.list.more_left, left = digits(Money::won(left))).to_string(),
        None => tr!(home.list.more).to_owned(),
    };
    view! {
        <p class="more" node_ref=node>
            <a
                class="btn btn-ghost btn-l"
                class:is-busy=move || pending.get()
                rel="next"
                href=address
                on:click=click
            >
                {words}
            </a>
        </p>
    }
}
