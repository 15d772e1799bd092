//! Keeping the search that the page shows.

use leptos::{form::ActionForm, prelude::*};
use market::view::ListQuery;

use super::Saved;
use crate::{
    components::{Icon, query_form::hidden},
    key::{FormKey, KeyField},
    paths,
};

/// A button that saves the search on the page; once it is saved, that it is. Visitors sign in first, and come
/// back to the search.
#[component]
pub fn SaveThisSearch(
    /// The page's.
    saved: Saved,
    /// What would be kept.
    query: ListQuery,
    /// Whether somebody is signed in.
    signed_in: bool,
) -> impl IntoView {
    if !signed_in {
        let back = paths::sign_in_then(&paths::list(&query));
        return view! {
            <a class="btn btn-soft btn-s" href=back>
                <Icon name="bell" size="is-s" />
                {tr!(home.saved.save)}
            </a>
        }
        .into_any();
    }
    let query = StoredValue::new(query);
    let kept = Memo::new(move |_| query.with_value(|query| saved.keeps(query)));
    view! {
        <div role="status">
            {move || {
                kept.get()
                    .then(|| {
                        view! {
                            <p class="saved-mark">
                                <Icon name="check" size="is-s" />
                                {tr!(home.saved.is_saved)}
                            </p>
                        }
                    })
            }}
        </div>
        {move || (!kept.get()).then(|| view! { <SaveForm saved query=query.get_value() /> })}
    }
    .into_any()
}

#[component]
fn SaveForm(saved: Saved, query: ListQuery) -> impl IntoView {
    let key = FormKey::new();
    let save = saved.save;
    Effect::new(move |_| {
        if let Some(answer) = save.value().get() {
            key.answered(&answer);
        }
    });
    view! {
        <ActionForm action=save>
            <KeyField key />
            {query_fields(query)}
            <button class="btn btn-soft btn-s" disabled=move || save.pending().get()>
                <Icon name="bell" size="is-s" />
                {tr!(home.saved.save)}
            </button>
        </ActionForm>
    }
}

/// The filters that say something.
fn query_fields(query: ListQuery) -> impl IntoView {
    let fields = [
        ("q", query.q),
        ("region", query.region),
        ("category", query.category),
        ("min_price", query.min_price),
        ("max_price", query.max_price),
        ("condition", query.condition),
        ("reach", query.reach),
    ];
    fields.map(|(name, value)| hidden(name, value)).collect_view()
}
