//! The filters: a GET form, which works without scripts; with them only what is said goes into the address.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use market::{
    opening::{Condition, Reach},
    view::{ListQuery, Stage},
};

use super::{
    Page, Shown,
    query::{self, Narrowing},
    regions,
};
use crate::{
    components::{
        Icon,
        filter_words::{reach_name, stage_name},
        goods_words::{category_name, condition_name},
        query_form::{hidden, typed},
        region_picker::{RegionPicker, RegionSearch, RegionSearchForm},
    },
    paths,
};

/// A choice: the word in the address and what people read.
type Choice = (String, String);

/// The button and, below it, the form.
#[component]
pub fn FilterPanel(
    /// The list as it is filtered now.
    shown: Shown,
    /// What belongs to the page, whatever it lists.
    page: Page,
) -> impl IntoView {
    let query = shown.query.clone();
    let count = Narrowing::OF_PANEL.into_iter().filter(|narrowing| narrowing.stands_in(&query)).count();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        if let Some(typed) = typed(&event).map(query::read) {
            event.prevent_default();
            close_filter();
            navigate(&paths::list(&typed), NavigateOptions::default());
        }
    };
    let clear =
        paths::list(&ListQuery { q: query.q.clone(), sort: query.sort.clone(), ..ListQuery::default() });
    let kept = query.clone();
    view! {
        <details class="filter" id=paths::FILTER_ID open=move || page.filter_is_open.get()>
            <summary class="drop">
                <Icon name="filter" size="is-s" />
                {tr!(home.filter.label)}
                {(count > 0).then(|| view! { <span class="count-dot">{count}</span> })}
            </summary>
            <form class="filter-panel" method="get" action=paths::HOME on:submit=submit>
                {hidden("q", query.q.clone())}
                {hidden("sort", query.sort.clone())}
                <div class="filter-grid">
                    <ByWord query=query.clone() />
                    <ByPrice query />
                    <ByPlace shown regions=page.regions />
                </div>
                <div class="filter-foot">
                    <a class="btn btn-quiet" href=clear>
                        {tr!(home.filter.clear)}
                    </a>
                    <button class="btn btn-primary">{tr!(home.filter.submit)}</button>
                </div>
            </form>
            <RegionSearchForm action=paths::HOME>{kept_fields(kept)}</RegionSearchForm>
        </details>
    }
}

/// What the address says stays said when a place is searched for without scripts, and the panel stays open.
fn kept_fields(query: ListQuery) -> impl IntoView {
    view! {
        {hidden("filter", "open".to_owned())}
        {hidden("q", query.q)}
        {hidden("region", query.region)}
        {hidden("category", query.category)}
        {hidden("min_price", query.min_price)}
        {hidden("max_price", query.max_price)}
        {hidden("condition", query.condition)}
        {hidden("reach", query.reach)}
        {hidden("status", query.status)}
        {hidden("sort", query.sort)}
    }
}

/// It has said what it had to say; the list behind it is of interest now.
fn close_filter() {
    if let Some(filter) = document().get_element_by_id(paths::FILTER_ID) {
        // Fails only for names that are no attribute names.
        let _ = filter.remove_attribute("open");
    }
}

/// Stage, reach and condition: one of a few words each.
#[component]
fn ByWord(query: ListQuery) -> impl IntoView {
    let all = || (String::new(), tr!(home.filter.all).to_owned());
    let stages = Stage::ALL.map(|stage| {
        let word = if stage == Stage::default() { "" } else { stage.as_str() };
        (word.to_owned(), stage_name(stage).to_owned())
    });
    let reaches = Reach::ALL.map(|reach| (reach.as_str().to_owned(), reach_name(reach).to_owned()));
    let conditions =
        Condition::ALL.map(|condition| (condition.as_str().to_owned(), condition_name(condition).to_owned()));
    let with_all = |choices: Vec<Choice>| std::iter::once(all()).chain(choices).collect();
    view! {
        <Pills name="status" legend=tr!(home.filter.status) choices=stages.into() chosen=query.status />
        <Pills
            name="reach"
            legend=tr!(home.filter.reach)
            choices=with_all(reaches.into())
            chosen=query.reach
        />
        <Pills
            name="condition"
            legend=tr!(home.filter.condition)
            choices=with_all(conditions.into())
            chosen=query.condition
        />
    }
}

/// One of a few; what cannot be read chooses the first.
#[component]
fn Pills(name: &'static str, legend: &'static str, choices: Vec<Choice>, chosen: String) -> impl IntoView {
    let known = choices.iter().any(|(word, _)| *word == chosen);
    let chosen = if known { chosen } else { String::new() };
    let pills = choices
        .into_iter()
        .map(|(word, text)| {
            let checked = word == chosen;
            view! {
                <label class="pill">
                    <input type="radio" name=name value=word checked=checked />
                    <span>{text}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="pills">{pills}</div>
        </fieldset>
    }
}

#[component]
fn ByPrice(query: ListQuery) -> impl IntoView {
    let amount = |name: &'static str, label: &'static str, hint: &'static str, value: String| {
        view! {
            <label class="input-group">
                <span class="sr-only">{label}</span>
                <input
                    name=name
                    inputmode="numeric"
                    maxlength="20"
                    autocomplete="off"
                    placeholder=hint
                    value=value
                />
                <span class="unit">{tr!(home.filter.won)}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{tr!(home.filter.price)}</legend>
            <div class="filter-range">
                {amount("min_price", tr!(home.filter.min_price), "0", query.min_price)}
                <span class="dim">"~"</span>
                {amount("max_price", tr!(home.filter.max_price), tr!(home.filter.no_limit), query.max_price)}
            </div>
        </fieldset>
    }
}

/// Region and category: one of many; and any other region by its name.
#[component]
fn ByPlace(shown: Shown, regions: RegionSearch) -> impl IntoView {
    let search = regions;
    let Shown { query, page, categories, me } = shown;
    let regions = regions::choices(me.as_ref(), page.region.as_ref(), &query.region);
    let all = (String::new(), tr!(home.filter.all_categories).to_owned());
    let named =
        |category: &market::view::Category| (category.slug.clone(), category_name(category).to_owned());
    let categories = std::iter::once(all).chain(categories.iter().map(named)).collect();
    view! {
        <Selection name="region" label=tr!(home.filter.region) choices=regions chosen=query.region />
        <Selection name="category" label=tr!(home.filter.category) choices=categories chosen=query.category />
        <RegionPicker
            search
            name="place"
            label=tr!(home.filter.place)
            hint=tr!(home.filter.place_hint)
            optional=true
            on_choose=|()| {}
        />
    }
}

#[component]
fn Selection(name: &'static str, label: &'static str, choices: Vec<Choice>, chosen: String) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(word, text)| {
            let selected = word == chosen;
            view! { <option value=word selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select class="select" name=name>
                {options}
            </select>
        </label>
    }
}
