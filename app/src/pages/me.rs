//! My auctions, by what comes next, each with its next step; and what has happened.

mod empty;
mod facts;
pub(super) mod left;
mod news;
mod row;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::view::{MyPage, Shelf};

use self::{empty::EmptyShelf, news::News, row::ShelfRow};
use crate::{
    api::{self, ApiError},
    components::{PageTitle, SignInFirst},
    live::{Live, live},
    paths,
};

/// Which shelf is shown if none is asked for: the first of these with something on it.
const FIRST: [Shelf; 7] =
    [Shelf::Outbid, Shelf::Leading, Shelf::Selling, Shelf::Won, Shelf::Sold, Shelf::Watching, Shelf::Lost];

/// The books answer at most so many cards a shelf.
const FULL: usize = 30;

/// My auctions.
#[component]
pub fn MyAuctions() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| query.with(|query| query.get("shelf").unwrap_or_default()));
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::mine());
    follow_me(page, live);
    read_notices(page, live);
    view! {
        <PageTitle text=tr!(mine.me.title).to_owned() />
        <main id="main" class="page wrap is-narrow">
            <div class="page-head">
                <h1>{tr!(mine.me.title)}</h1>
            </div>
            <Transition>
                {move || {
                    page.get()
                        .map(|page| match page {
                            Ok(page) => {
                                let shown = shown(&asked.get(), &page);
                                view! { <Shelves page shown /> }.into_any()
                            }
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
        </main>
    }
}

/// Reads the page again when something of mine has happened.
fn follow_me(page: Resource<Result<MyPage, ApiError>>, live: Live) {
    let newest = Memo::new(move |_| live.me.with(|me| me.as_ref().map(|me| (me.wallet_seq, me.inbox_seq))));
    Effect::new(move |before: Option<Option<(i64, i64)>>| {
        let newest = newest.get();
        if before.flatten().is_some() && before.flatten() != newest {
            page.refetch();
        }
        newest
    });
}

/// What the page shows has been seen. The rows keep their mark until the page is opened again.
fn read_notices(page: Resource<Result<MyPage, ApiError>>, live: Live) {
    let newest = Memo::new(move |_| live.me.with(|me| me.as_ref().map(|me| me.inbox_seq)));
    Effect::new(move |_| {
        let unread = |page: &Result<MyPage, ApiError>| {
            page.as_ref().is_ok_and(|page| page.notices.iter().any(|notice| !notice.read))
        };
        let shows_unread = page.with(|page| page.as_ref().is_some_and(unread));
        if let Some(up_to) = newest.get().filter(|_| shows_unread) {
            leptos::task::spawn_local(async move {
                // They stay unread then, which is no harm.
                if let Err(error) = api::read_notices(up_to.to_string()).await {
                    leptos::logging::warn!("the notices stay unread: {error:?}");
                }
            });
        }
    });
}

/// The shelf that was asked for, else the first with something on it.
fn shown(asked: &str, page: &MyPage) -> Shelf {
    let named = Shelf::ALL.into_iter().find(|shelf| shelf.as_str() == asked);
    let filled =
        |wanted: &Shelf| page.shelves.iter().any(|(shelf, cards)| shelf == wanted && !cards.is_empty());
    named.or_else(|| FIRST.into_iter().find(filled)).unwrap_or(Shelf::Leading)
}

/// The words of a shelf.
fn name(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Leading => tr!(mine.shelf.leading),
        Shelf::Outbid => tr!(mine.shelf.outbid),
        Shelf::Won => tr!(mine.shelf.won),
        Shelf::Lost => tr!(mine.shelf.lost),
        Shelf::Watching => tr!(mine.shelf.watching),
        Shelf::Selling => tr!(mine.shelf.selling),
        Shelf::Sold => tr!(mine.shelf.sold),
    }
}

/// Everything below the title.
#[component]
fn Shelves(page: MyPage, shown: Shelf) -> impl IntoView {
    let counts = page.shelves.iter().map(|(shelf, cards)| (*shelf, cards.len())).collect::<Vec<_>>();
    let now = page.now;
    let cards = page.shelves.into_iter().find(|(shelf, _)| *shelf == shown).map(|(_, cards)| cards);
    let cards = cards.unwrap_or_default();
    view! {
        <nav aria-label=tr!(mine.me.title)>
            <ul class="chips">
                {counts
                    .into_iter()
                    .map(|(shelf, count)| view! { <Tab shelf count current=shelf == shown /> })
                    .collect_view()}
            </ul>
        </nav>
        {if cards.is_empty() {
            view! { <EmptyShelf shelf=shown /> }.into_any()
        } else {
            view! {
                <section class="section">
                    <h2 class="sr-only">{name(shown)}</h2>
                    <ul class="rows">
                        {cards
                            .into_iter()
                            .map(|card| view! { <ShelfRow shelf=shown card now /> })
                            .collect_view()}
                    </ul>
                </section>
            }
                .into_any()
        }}
        <News notices=page.notices />
    }
}

#[component]
fn Tab(shelf: Shelf, count: usize, current: bool) -> impl IntoView {
    let count = if count < FULL { count.to_string() } else { format!("{FULL}+") };
    view! {
        <li>
            <a class="chip" href=paths::shelf(shelf) aria-current=current.then_some("page")>
                {name(shelf)}
                " "
                <span class="num">{count}</span>
            </a>
        </li>
    }
}
