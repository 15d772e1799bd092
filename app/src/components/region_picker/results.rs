//! Without scripts: what the search has found, to choose from.

use leptos::prelude::*;
use market::view::Region;

use super::{Chosen, Marked, RegionSearch, SEARCH_FORM, SEARCHED, SearchButton, above};
use crate::components::{FailureNotice, Icon, field::described};

/// The field with what was searched, and the results as radio buttons.
#[component]
pub fn Results(
    /// What the list is called.
    label: String,
    /// The field that carries the code.
    name: &'static str,
    /// The page's.
    search: RegionSearch,
    /// What is chosen at first, if it is found.
    chosen: Chosen,
    /// One must be chosen.
    required: bool,
    /// What is wrong.
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    let RegionSearch { words, found } = search;
    let list = move |regions: Vec<Region>| {
        let (label, chosen) = (label.clone(), chosen.clone());
        let only = regions.len() == 1;
        let options = regions.into_iter().map(|region| {
            let checked = only || region.code == chosen.code;
            view! { <ResultOption name region typed=words.get_value() checked required /> }
        });
        view! {
            <div class="combobox-list is-static" role="radiogroup" aria-label=label>
                {options.collect_view()}
            </div>
        }
    };
    view! {
        <div class="combobox">
            <div class="input-group">
                <Icon name="search" />
                <input
                    id=SEARCHED
                    name=SEARCHED
                    form=SEARCH_FORM
                    maxlength="60"
                    autocomplete="off"
                    value=words.get_value()
                    aria-describedby=described(SEARCHED, true, fault)
                />
                <SearchButton />
            </div>
            <Suspense>
                {move || match found.get() {
                    None => ().into_any(),
                    Some(Err(error)) => view! { <FailureNotice error /> }.into_any(),
                    Some(Ok(regions)) if regions.is_empty() => view! { <NothingFound /> }.into_any(),
                    Some(Ok(regions)) => list(regions).into_any(),
                }}
            </Suspense>
        </div>
    }
}

/// A region that may be chosen.
#[component]
fn ResultOption(
    name: &'static str,
    region: Region,
    typed: String,
    checked: bool,
    required: bool,
) -> impl IntoView {
    let above = above(&region);
    view! {
        <label class="combobox-option">
            <input type="radio" name=name value=region.code checked=checked required=required />
            <span>
                <Marked name=region.name typed />
                " "
                <small>{above}</small>
            </span>
        </label>
    }
}

/// No region has that name.
#[component]
pub fn NothingFound() -> impl IntoView {
    view! {
        <p class="combobox-none" role="status">
            {tr!(people.region.none)}
        </p>
    }
}
