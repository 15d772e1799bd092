//! Over the cards: what is listed, in which order, how narrowed.

use leptos::prelude::*;
use market::{
    Money,
    opening::{Condition, Reach},
    text::digits,
    view::{COUNTED_TO, Filter, ListQuery, Sort, Stage},
};

use super::{
    Shown, categories,
    filter::FilterPanel,
    query::{Narrowing, sorted},
    regions::EVERYWHERE,
};
use crate::{components::Icon, language::won, paths};

/// The heading, the orders, the filters.
#[component]
pub fn Toolbar(
    /// The list.
    shown: Shown,
) -> impl IntoView {
    let count = match shown.page.count {
        many if many >= COUNTED_TO => format!("{}+", digits(Money::won(COUNTED_TO))),
        few => digits(Money::won(few)),
    };
    let filter = Filter::read(&shown.query);
    let applied = applied(&shown, &filter);
    view! {
        <div class="toolbar">
            <h2>{heading(&shown, &filter)} " " <span class="count">{count}</span></h2>
            <div class="toolbar-end">
                <SortMenu query=shown.query.clone() sort=filter.sort stage=filter.stage />
                <FilterPanel shown />
            </div>
        </div>
        {(!applied.is_empty()).then(|| view! { <div class="applied">{applied}</div> })}
    }
}

fn heading(shown: &Shown, filter: &Filter) -> String {
    match (&filter.q, filter.stage, &shown.page.region) {
        (Some(words), _, _) => tr!(home.list.searched, words = words.clone()).to_string(),
        (None, Stage::Running, Some(region)) => tr!(home.list.region, name = region.name.clone()).to_string(),
        (None, Stage::Running, None) => tr!(home.list.everywhere).to_owned(),
        (None, Stage::Scheduled, _) => tr!(home.list.scheduled).to_owned(),
        (None, Stage::Ended, _) => tr!(home.list.ended).to_owned(),
    }
}

/// The orders as links, so that they work before and without scripts.
#[component]
fn SortMenu(query: ListQuery, sort: Sort, stage: Stage) -> impl IntoView {
    let orders = Sort::ALL
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
        // What ended last comes first.
        Sort::EndingSoon if stage == Stage::Ended => tr!(home.sort.ended_last),
        Sort::EndingSoon => tr!(home.sort.ending_soon),
        Sort::New => tr!(home.sort.new),
        Sort::PriceUp => tr!(home.sort.price_up),
        Sort::PriceDown => tr!(home.sort.price_down),
        Sort::MostBids => tr!(home.sort.most_bids),
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
        known.map_or_else(|| slug.clone(), |category| categories::name(category).to_owned())
    });
    let from = |price| tr!(home.applied.min_price, price = won(price)).to_string();
    let up_to = |price| tr!(home.applied.max_price, price = won(price)).to_string();
    let stage = (filter.stage != Stage::default()).then(|| stage_name(filter.stage).to_owned());
    [
        (Narrowing::Words, filter.q.as_ref().map(|words| format!("“{words}”"))),
        (Narrowing::Region, region),
        (Narrowing::Category, category),
        (Narrowing::MinPrice, filter.min_price.map(from)),
        (Narrowing::MaxPrice, filter.max_price.map(up_to)),
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

/// A stage in words.
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Running => tr!(home.filter.running),
        Stage::Scheduled => tr!(home.filter.scheduled),
        Stage::Ended => tr!(home.filter.ended),
    }
}

/// A reach in words.
pub fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::National => tr!(common.national_live),
        Reach::Neighbourhood => tr!(common.neighbourhood),
    }
}

/// A condition in words.
pub fn condition_name(condition: Condition) -> &'static str {
    match condition {
        Condition::New => tr!(common.condition.new),
        Condition::S => tr!(common.condition.s),
        Condition::A => tr!(common.condition.a),
        Condition::B => tr!(common.condition.b),
        Condition::C => tr!(common.condition.c),
    }
}
