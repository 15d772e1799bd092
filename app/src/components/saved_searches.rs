//! Searches that I keep: saving the one on the page, and those there are. Plain forms, all of them.

mod rows;
mod save;

use leptos::prelude::*;
use market::{
    Refusal,
    refusal::Reason,
    view::{ListQuery, SEARCHES_MAX, SavedSearch},
};

use self::rows::SavedRows;
use super::{
    FailureNotice, Icon, error_text,
    failure::{Failed, failure},
};
use crate::{
    api::{self, ApiError, DropSearch, SaveSearch},
    live::live,
    paths,
};

pub use self::save::SaveThisSearch;

/// The searches I keep, and the two ways to change them.
#[derive(Clone, Copy)]
pub struct Saved {
    /// All of them, newest first.
    pub list: Resource<Result<Vec<SavedSearch>, ApiError>>,
    save: ServerAction<SaveSearch>,
    forget: ServerAction<DropSearch>,
}

impl Saved {
    /// Those of this page.
    #[must_use]
    pub fn of_page() -> Self {
        let (save, forget) = (ServerAction::<SaveSearch>::new(), ServerAction::<DropSearch>::new());
        let live = live();
        let list = Resource::new_blocking(
            move || (save.version().get(), forget.version().get(), live.resync.get()),
            |_| api::saved_searches(),
        );
        Self { list, save, forget }
    }

    /// Them, as far as they are known. Read it under a `Suspense` or a `Transition`.
    fn searches(self) -> Vec<SavedSearch> {
        self.list.get().and_then(Result::ok).unwrap_or_default()
    }

    /// Whether that search is among them.
    fn keeps(self, query: &ListQuery) -> bool {
        self.searches().iter().any(|search| search.query == *query)
    }
}

/// Why a search was not saved or not forgotten, the script's answer, else the plain form's; and why there are
/// none to show, if they could not be read. It stands under a `Transition`.
#[component]
pub fn SavedFailure(
    /// The page's.
    saved: Saved,
) -> impl IntoView {
    let save = failure("save_search", move || saved.save.value().get());
    view! {
        {move || save.get().map(|error| view! { <NotSaved error /> })}
        <Failed error=failure("drop_search", move || saved.forget.value().get()) />
        {move || saved.list.get()?.err().map(|error| view! { <FailureNotice error /> })}
    }
}

/// Why a search was not saved, and what helps.
#[component]
fn NotSaved(error: ApiError) -> impl IntoView {
    let reason = match error.refusal() {
        Some(Refusal::Fields { faults }) => faults.first().map(|fault| fault.reason),
        _ => None,
    };
    let text = match reason {
        Some(Reason::TooMany) => tr!(home.saved.too_many, most = SEARCHES_MAX).to_string(),
        Some(Reason::Malformed | Reason::Required) => tr!(home.saved.no_words).to_owned(),
        _ => error_text(&error),
    };
    view! {
        <div class="notice is-bad is-page" role="alert">
            <Icon name="alert" />
            <p>{text}</p>
        </div>
    }
}

/// The searches I keep, as a part of a page that is mine.
#[component]
pub fn SavedSearches() -> impl IntoView {
    let saved = Saved::of_page();
    let none = Memo::new(move |_| saved.searches().is_empty());
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(home.saved.title)}</h2>
            </div>
            <Transition>
                <SavedFailure saved />
                {move || match saved.list.get()? {
                    Err(_) => None,
                    Ok(_) if none.get() => Some(view! { <NoneSaved /> }.into_any()),
                    Ok(_) => Some(view! { <SavedRows saved /> }.into_any()),
                }}
            </Transition>
        </section>
    }
}

#[component]
fn NoneSaved() -> impl IntoView {
    view! {
        <p class="dim">{tr!(home.saved.none)}</p>
        <p>
            <a class="quiet-link" href=paths::FILTER>
                {tr!(home.saved.find)}
            </a>
        </p>
    }
}

/// The searches I keep, folded away beside the filters of the list; nothing while there are none.
#[component]
pub fn SavedMenu(
    /// The page's.
    saved: Saved,
) -> impl IntoView {
    let count = Memo::new(move |_| saved.searches().len());
    let some = Memo::new(move |_| count.get() > 0);
    move || {
        some.get().then(|| {
            view! {
                <details class="filter">
                    <summary class="drop">
                        <Icon name="bell" size="is-s" />
                        {tr!(home.saved.title)}
                        <span class="count-dot">{move || count.get()}</span>
                    </summary>
                    <div class="filter-panel">
                        <SavedRows saved />
                    </div>
                </details>
            }
        })
    }
}
