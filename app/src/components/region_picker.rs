//! Choosing one of 5,295 regions by typing. Without scripts the same field is a search form of its own
//! page, whose results are radio buttons: `?region_q=망원`.
//!
//! The field lies inside the page's form but belongs to another, empty one ([`RegionSearchForm`], by the
//! attribute `form`): a search sends its own words and nothing else, so no password ever gets into an
//! address.

mod combobox;
mod results;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::view::Region;

use self::{combobox::Combobox, results::Results};
use super::Field;
use crate::api::{self, ApiError};

/// The name of the searched words, in the address too; the id of the field.
const SEARCHED: &str = "region_q";
/// The id of the empty form that searches.
const SEARCH_FORM: &str = "region-search";

/// A chosen region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// Its code; empty: none is chosen.
    pub code: String,
    /// Its name with those above it.
    pub name: String,
}

impl From<Region> for Chosen {
    fn from(region: Region) -> Self {
        Self { code: region.code, name: region.full_name }
    }
}

/// The search in the page's address, if there is one. The page makes it, outside of what waits for data.
#[derive(Clone, Copy)]
pub struct RegionSearch {
    words: StoredValue<String>,
    found: Resource<Result<Vec<Region>, ApiError>>,
}

impl RegionSearch {
    /// That of this page.
    #[must_use]
    pub fn of_page() -> Self {
        let words = use_query_map().with_untracked(|query| query.get(SEARCHED).unwrap_or_default());
        let words = StoredValue::new(words.trim().to_owned());
        let found = Resource::new_blocking(
            move || words.get_value(),
            |words| async move {
                match words.as_str() {
                    "" => Ok(Vec::new()),
                    _ => api::find_regions(words).await,
                }
            },
        );
        Self { words, found }
    }

    /// Whether the page was asked for regions, which it is without scripts alone.
    #[must_use]
    pub fn is_asked(self) -> bool {
        self.words.with_value(|words| !words.is_empty())
    }
}

/// The field with its label. The form gets the code as `name`, and the name as `region_name` for when it is
/// shown again.
#[component]
pub fn RegionPicker(
    /// The page's.
    search: RegionSearch,
    /// The field that carries the code.
    #[prop(default = "region")]
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What helps to choose.
    #[prop(into)]
    hint: String,
    /// What is chosen at first.
    #[prop(optional)]
    chosen: Chosen,
    /// What is wrong with it.
    #[prop(into, optional)]
    fault: Signal<Option<&'static str>>,
    /// It may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Told after each choice, and when what was typed is left.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let searched = search.words.with_value(|words| !words.is_empty());
    let label_of_list = label.clone();
    view! {
        <Field id=SEARCHED label=label hint=hint fault=fault optional=optional>
            {if searched {
                view! { <Results label=label_of_list name search chosen required=!optional fault /> }
                    .into_any()
            } else {
                view! { <Combobox label=label_of_list name chosen optional fault on_choose /> }.into_any()
            }}
        </Field>
    }
}

/// The form that the picker's field searches with while there are no scripts. It stands beside the page's
/// own.
#[component]
pub fn RegionSearchForm(
    /// The page.
    #[prop(into)]
    action: String,
    /// Where the page leads afterwards, if it leads anywhere.
    #[prop(into, optional)]
    next: Signal<Option<String>>,
    /// What else its address says.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let next = move || next.get().map(|next| view! { <input type="hidden" name="next" value=next /> });
    view! {
        <form id=SEARCH_FORM method="get" action=action>
            {next}
            {children.map(|children| children())}
        </form>
    }
}

/// The button that searches without scripts.
#[component]
fn SearchButton() -> impl IntoView {
    view! {
        <button type="submit" form=SEARCH_FORM class="btn btn-quiet">
            {tr!(people.region.search)}
        </button>
    }
}

/// What stands above a region: `서울특별시 마포구`.
fn above(region: &Region) -> String {
    region.full_name.strip_suffix(&region.name).unwrap_or_default().trim().to_owned()
}

/// A name with the typed word in it marked.
#[component]
fn Marked(
    /// The name.
    name: String,
    /// What was typed.
    typed: String,
) -> impl IntoView {
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    let (before, hit, after) = split_at_word(&name, &typed);
    let mark = some(hit).map(|hit| view! { <mark>{hit}</mark> });
    view! { <b>{some(before)} {mark} {some(after)}</b> }
}

/// The name before, at and after the last typed word; all of it before, if the word is not in it.
fn split_at_word<'a>(name: &'a str, typed: &str) -> (&'a str, &'a str, &'a str) {
    let word = typed.split_whitespace().last().unwrap_or_default();
    match name.find(word) {
        Some(at) if !word.is_empty() => (&name[..at], &name[at..at + word.len()], &name[at + word.len()..]),
        _ => (name, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::split_at_word;

    #[test]
    fn the_last_typed_word_is_marked_where_it_stands() {
        assert_eq!(split_at_word("망원1동", "마포구 망원"), ("", "망원", "1동"));
        assert_eq!(split_at_word("신망원동", "망원"), ("신", "망원", "동"));
        assert_eq!(split_at_word("망원1동", "ㅁㅇ"), ("망원1동", "", ""));
        assert_eq!(split_at_word("망원1동", " "), ("망원1동", "", ""));
    }
}
