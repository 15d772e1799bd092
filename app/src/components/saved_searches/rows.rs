//! Kept searches, one a row: a link with all of its filters, and a button that forgets it.

use leptos::{form::ActionForm, prelude::*};
use market::view::SavedSearch;

use super::Saved;
use crate::{components::filter_words::search_name, paths};

/// All of them.
#[component]
pub fn SavedRows(
    /// The page's.
    saved: Saved,
) -> impl IntoView {
    view! {
        <ul class="saved-searches">
            <For each=move || saved.searches() key=|search| search.id.0 let:search>
                <SavedRow saved search />
            </For>
        </ul>
    }
}

#[component]
fn SavedRow(saved: Saved, search: SavedSearch) -> impl IntoView {
    let name = search_name(&search);
    let label = tr!(home.saved.drop_name, name = name.clone()).to_string();
    view! {
        <li>
            <a href=paths::list(&search.query)>{name}</a>
            <ActionForm action=saved.forget>
                <input type="hidden" name="search_id" value=search.id.to_string() />
                <button
                    class="btn btn-quiet btn-s"
                    aria-label=label
                    disabled=move || saved.forget.pending().get()
                >
                    {tr!(home.saved.drop)}
                </button>
            </ActionForm>
        </li>
    }
}
