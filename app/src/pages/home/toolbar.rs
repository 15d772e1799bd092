//! Over the cards: what is listed, in which order, how narrowed.

use leptos::prelude::*;
use market::{
    Money,
    text::digits,
    view::{COUNTED_TO, Filter, ListQuery, Sort, Stage, kept},
};

use super::{
    Page, Shown,
    filter::FilterPanel,
    query::{Narrowing, sorted},
    regions::EVERYWHERE,
};
use crate::{
    components::{
        Icon,
        filter_words::{from_price, quoted, reach_name, stage_name, up_to_price},
        goods_words::{category_name, condition_name},
        saved_searches::{SaveThisSearch, SavedMenu},
    },
    paths,
};

/// The heading, the orders, the filters.
#[component]
pub fn Toolbar(
    /// The list.
    shown: Shown,
    /// What belongs to the page, whatever it lists.
    page: Page,
) -> impl IntoView {
    let count = match shown.page.count {
        many if many >= COUNTED_TO => format!("{}+", digits(Money::won(COUNTED_TO))),
        few => digits(Money::won(few)),
    };
    let filter = Filter::read(&shown.query);
    let applied = applied(&shown, &filter);
    let to_keep = to_keep(&shown, &filter);
    let signed_in = shown.me.is_some();
    let has_place = shown.page.region.is_some() || signed_in;
    let save = to_keep.map(|query| view! { <SaveThisSearch saved=page.saved query signed_in /> });
    view! {
        <div class="toolbar">
            <h2>{heading(&shown, &filter)} " " <span class="count">{count}</span></h2>
            <div class="toolbar-end">
                <SortMenu query=shown.query.clone() sort=filter.sort stage=filter.stage has_place />
                <FilterPanel shown page />
                <SavedMenu saved=page.saved />
            </div>
        </div>
        {(!applied.is_empty()).then(|| view! { <div class="applied">{applied} {save}</div> })}
    }
}

fn heading(shown: &Shown, filter: &Filter) -> String {
    let words = shown.page.instead.as_ref().or(filter.q.as_ref());
    match (words, filter.stage, &shown.page.region) {
        (Some(words), _, _) => tr!(home.list.searched, words = words.clone()).to_string(),
        (None, Stage::Running, Some(region)) => tr!(home.list.region, name = region.name.clone()).to_string(),
        (None, Stage::Running, None) => tr!(home.list.everywhere).to_owned(),
        (None, Stage::Scheduled, _) => tr!(home.list.scheduled).to_owned(),
        (None, Stage::Ended, _) => tr!(home.list.ended).to_owned(),
    }
}

/// What of the list can be kept as a search, if the address narrows it by more than a stage.
fn to_keep(shown: &Shown, filter: &Filter) -> Option<ListQuery> {
    let narrows =
        |narrowing: &Narrowing| *narrowing != Narrowing::Status && narrowing.stands_in(&shown.query);
    let region = shown.page.region.as_ref().map(|region| region.code.clone());
    let listed = Filter { region, ..filter.clone() };
    Narrowing::ALL.iter().any(narrows).then(|| kept(&listed)).flatten()
}

/// The orders as links, so that they work before and without scripts. Near is only who has a place.
#[component]
fn SortMenu(query: ListQuery, sort: Sort, stage: Stage, has_place: bool) -> impl IntoView {
    let orders = Sort::ALL
        .into_iter()
        .filter(|order| has_place || *order == sort || *order != Sort::Near)
        .map(|order| {
            let address = paths::list(&sorted(&query, order));
            view! {
                <a class="menu-item" href=address aria-current=(order == sort).then_some("true")>
                    {sort_name(order, stage)}
                </a>
            }
        })
        .collect_view();
    view! {
        <details class="menu">
            <summary class="drop">
                <Icon name="sort" size="is-s" />
                <span class="sr-only">{tr!(home.sort.label)}</span>
                {sort_name(sort, stage)}
                <Icon name="down" size="is-s" />
            </summary>
            <div class="menu-list">{orders}</div>
        </details>
    }
}

fn sort_name(sort: Sort, stage: Stage) -> &'static str {
    match sort {
        // What has not begun is sorted by its start.
        Sort::EndingSoon if stage == Stage::Scheduled => tr!(home.sort.starting_soon),
        // What ended last comes first.
        Sort::EndingSoon if stage == Stage::Ended => tr!(home.sort.ended_last),
        Sort::EndingSoon => tr!(home.sort.ending_soon),
        Sort::New if stage == Stage::Running => tr!(home.sort.begun_last),
        Sort::New => tr!(home.sort.new),
        Sort::PriceUp => tr!(home.sort.price_up),
        Sort::PriceDown => tr!(home.sort.price_down),
        Sort::MostBids => tr!(home.sort.most_bids),
        Sort::Near => tr!(home.sort.near),
    }
}

/// What narrows the list, each as a chip that takes itself away.
fn applied(shown: &Shown, filter: &Filter) -> Vec<AnyView> {
    let Shown { query, page, categories, .. } = shown;
    let region = match query.region.as_str() {
        EVERYWHERE => Some(tr!(home.filter.everywhere).to_owned()),
        "" => None,
        _ => page.region.as_ref().map(|region| region.full_name.clone()),
    };
    let category = filter.category.as_ref().map(|slug| {
        let known = categories.iter().find(|category| category.slug == *slug);
        known.map_or_else(|| slug.clone(), |category| category_name(category).to_owned())
    });
    let stage = (filter.stage != Stage::default()).then(|| stage_name(filter.stage).to_owned());
    [
        (Narrowing::Words, filter.q.as_deref().map(quoted)),
        (Narrowing::Region, region),
        (Narrowing::Category, category),
        (Narrowing::MinPrice, from_price(filter)),
        (Narrowing::MaxPrice, up_to_price(filter)),
        (Narrowing::Condition, filter.condition.map(|condition| condition_name(condition).to_owned())),
        (Narrowing::Reach, filter.reach.map(|reach| reach_name(reach).to_owned())),
        (Narrowing::Status, stage),
    ]
    .into_iter()
    .filter_map(|(narrowing, name)| Some(chip(query, narrowing, name?)))
    .collect()
}

fn chip(query: &ListQuery, narrowing: Narrowing, name: String) -> AnyView {
    let label = tr!(home.applied.remove, name = name.clone()).to_string();
    view! {
        <a class="chip is-applied" href=paths::list(&narrowing.to(query, "")) aria-label=label>
            {name}
            <Icon name="close" size="is-s" />
        </a>
    }
    .into_any()
}
