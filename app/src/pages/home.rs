//! The market: the auction everybody watches, and the list with its filters, all of them in the address.

mod cards;
mod categories;
mod empty;
mod filter;
mod hero;
mod hints;
mod query;
mod regions;
mod shelves;
mod spark;
mod toolbar;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use market::view::{Category, Featured, ListPage, ListQuery, Me};

use self::{
    cards::Cards,
    categories::Categories,
    hero::Hero,
    hints::{Hints, Instead, StaleMark},
    shelves::Shelves,
    toolbar::Toolbar,
};
use crate::{
    api::{self, ApiError},
    app::session,
    components::{
        FailureNotice, PageTitle,
        card::CardSkeleton,
        region_picker::RegionSearch,
        saved_searches::{Saved, SavedFailure},
    },
    live::live,
    paths,
    reply::reply_to,
};

/// The list as one address shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The filters, as in the address.
    query: ListQuery,
    /// What they find.
    page: ListPage,
    /// To choose from.
    categories: Vec<Category>,
    /// Who looks.
    me: Option<Me>,
}

/// What belongs to the page, whatever it lists.
#[derive(Clone, Copy)]
pub struct Page {
    /// The searches I keep.
    saved: Saved,
    /// The search for a region in the filters.
    regions: RegionSearch,
    /// Whether the address wants the filters opened.
    filter_is_open: Memo<bool>,
}

/// The answer together with the question, which may already be another one while the answer is on its way.
type Answer = (ListQuery, Result<ListPage, ApiError>);

/// The page.
///
/// A `Transition` asks its parts once what they wait for and once more for what they look like, and would
/// make each of them twice. What is read here is known by then, so the parts are made for the second question
/// alone (`Unsuspend`).
#[component]
pub fn Home() -> impl IntoView {
    let query = address();
    let live = live();
    let categories = Resource::new_blocking(|| (), |()| api::categories());
    let list = Resource::new_blocking(
        move || (query.get(), live.resync.get()),
        |(query, _)| async move { (query.clone(), api::list(query).await) },
    );
    let featured = Resource::new_blocking(
        move || (query.with(query::is_front), live.resync.get()),
        |(is_front, _)| async move { if is_front { api::featured().await } else { Ok(None) } },
    );
    let shelves = Resource::new_blocking(
        move || (query.with(|query| *query == ListQuery::default()), live.resync.get()),
        |(is_plain, _)| async move { if is_plain { api::shelves().await.map(Some) } else { Ok(None) } },
    );
    let page = page();
    lead_to_filter(page.filter_is_open, list);
    let failed = reply_to("toggle_watch").and_then(|reply| reply.error());
    view! {
        <main id="main" class="page wrap">
            <PageTitle text=Signal::derive(move || title(&query.get())) />
            {failed.map(|error| view! { <FailureNotice error /> })}
            <Transition fallback=Skeleton>
                {move || {
                    let featured = featured.get()?.ok().flatten();
                    Some(Unsuspend::new(move || view! { <Front featured query /> }))
                }}
                {move || {
                    let categories = categories.get().and_then(Result::ok).unwrap_or_default();
                    list.get().map(|(query, _)| {
                        Unsuspend::new(move || view! { <Categories categories query /> })
                    })
                }}
                {move || {
                    let signed_in = session().me().is_some();
                    let shelves = shelves.get()?.ok().flatten();
                    Some(shelves.map(|shelves| {
                        Unsuspend::new(move || view! { <Shelves shelves signed_in /> })
                    }))
                }}
                <SavedFailure saved=page.saved />
                <List list categories page />
            </Transition>
        </main>
    }
}

fn page() -> Page {
    let regions = RegionSearch::of_page();
    let params = use_query_map();
    let filter_is_open =
        Memo::new(move |_| regions.is_asked() || params.with(|params| params.get("filter").is_some()));
    Page { saved: Saved::of_page(), regions, filter_is_open }
}

/// Who comes for the filters is led to them, once they are there.
fn lead_to_filter(opened: Memo<bool>, list: Resource<Answer>) {
    Effect::new(move |led: Option<bool>| {
        let there = opened.get() && list.with(Option::is_some);
        if there && led != Some(true) {
            request_animation_frame(|| {
                if let Some(filter) = document().get_element_by_id(paths::FILTER_ID) {
                    filter.scroll_into_view();
                }
            });
        }
        there
    });
}

/// The filters in the address. They stay as they are while another page is on its way.
fn address() -> Memo<ListQuery> {
    let (params, pathname) = (use_query_map(), use_location().pathname);
    Memo::new(move |before: Option<&ListQuery>| match before {
        Some(before) if pathname.with(|path| path != paths::HOME) => before.clone(),
        _ => params.with(|params| query::read(|name| params.get(name))),
    })
}

fn title(query: &ListQuery) -> String {
    if query.q.is_empty() {
        tr!(home.title).to_owned()
    } else {
        tr!(home.title_search, words = query.q.clone()).to_string()
    }
}

/// The auction that stands large, and with it the page's heading; only the heading where the list was asked
/// for.
#[component]
fn Front(featured: Option<Featured>, query: Memo<ListQuery>) -> impl IntoView {
    match featured {
        Some(featured) => view! { <Hero featured /> }.into_any(),
        None => view! { <h1 class="sr-only">{move || title(&query.get())}</h1> }.into_any(),
    }
}

/// The list, made anew for each answer: what was typed into the filter and not sent is forgotten, pages that
/// were appended are gone, menus are closed.
#[component]
fn List(
    list: Resource<Answer>,
    categories: Resource<Result<Vec<Category>, ApiError>>,
    page: Page,
) -> impl IntoView {
    let own = page;
    let session = session();
    let answer = move || {
        let me = session.0.get()?.ok().flatten().map(|signed_in| signed_in.me);
        let categories = categories.get()?.unwrap_or_default();
        let (query, page) = list.get()?;
        // Read below this one; here, so that the list comes with them.
        let _searches = own.saved.list.get()?;
        Some(page.map(|page| Shown { query, page, categories, me }))
    };
    let key = |answer: &Result<Shown, ApiError>| match answer {
        Ok(shown) => format!("{} {}", paths::list(&shown.query), shown.page.now),
        Err(error) => format!("{error:?}"),
    };
    view! {
        <For
            each=answer
            key=key
            children=move |answer| Unsuspend::new(move || match answer {
                Ok(shown) => view! { <Listing shown page=own /> }.into_any(),
                Err(error) => view! { <FailureNotice error /> }.into_any(),
            })
        />
    }
}

#[component]
fn Listing(shown: Shown, page: Page) -> impl IntoView {
    let found = if shown.page.cards.is_empty() {
        view! { <empty::NothingFound query=shown.query.clone() region=shown.page.region.clone() /> }
            .into_any()
    } else {
        let signed_in = shown.me.is_some();
        view! { <Cards query=shown.query.clone() page=shown.page.clone() signed_in /> }.into_any()
    };
    let (typed, instead) = (shown.query.q.clone(), shown.page.instead.clone());
    view! {
        <Hints ignored=shown.page.ignored.clone() />
        <StaleMark />
        <Toolbar shown page />
        <Instead typed found=instead />
        {found}
    }
}

/// What stands there for the moment in which a list that was never seen is on its way.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <h1 class="sr-only">{tr!(home.title)}</h1>
        <ul class="cards" aria-busy="true">
            {(0..8).map(|_| view! { <CardSkeleton /> }).collect_view()}
        </ul>
    }
}
