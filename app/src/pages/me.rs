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
    components::{PageTitle, SavedSearches, SignInFirst, chips::chosen_in_sight},
    live::{Live, live},
    paths,
};

/// My auctions.
#[component]
pub fn MyAuctions() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        query.with(|query| ["shelf", "after"].map(|name| query.get(name).unwrap_or_default()))
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |([shelf, after], _)| api::mine(shelf, after),
    );
    follow_me(page, live);
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
                                let older = asked.with(|[_, after]| !after.is_empty());
                                view! { <Shelves page older /> }.into_any()
                            }
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
            <SavedSearches />
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
fn Shelves(page: MyPage, older: bool) -> impl IntoView {
    let (now, shown) = (page.now, page.shown);
    let row = chosen_in_sight();
    let tabs =
        page.counts.into_iter().map(|(shelf, count)| view! { <Tab shelf count current=shelf == shown /> });
    let rows = page.rows.into_iter().map(|row| view! { <ShelfRow shelf=shown row now /> }).collect_view();
    let newest = older.then(|| {
        view! {
            <a class="quiet-link" href=paths::shelf(shown)>
                {tr!(mine.me.first_page)}
            </a>
        }
    });
    let next = page.next.map(|after| {
        view! {
            <p class="more">
                <a class="btn btn-ghost btn-l" rel="next" href=paths::shelf_after(shown, &after)>
                    {tr!(mine.me.more)}
                </a>
            </p>
        }
    });
    view! {
        <nav aria-label=tr!(mine.me.title)>
            <ul class="chips" node_ref=row>{tabs.collect_view()}</ul>
        </nav>
        {if rows.is_empty() {
            view! { <EmptyShelf shelf=shown /> }.into_any()
        } else {
            view! {
                <section class="section">
                    <h2 class="sr-only">{name(shown)}</h2>
                    {newest}
                    <ul class="rows">{rows}</ul>
                    {next}
                </section>
            }
                .into_any()
        }}
        <News notices=page.notices />
    }
}

#[component]
fn Tab(shelf: Shelf, count: i64, current: bool) -> impl IntoView {
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
