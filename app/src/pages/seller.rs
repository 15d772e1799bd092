//! A person as others see him: where and since when, how far to trust him, what he sells and sold, and what
//! was said of him. Public.

mod head;
mod shelves;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::{Refusal, view::SellerPage};

use self::{
    head::{Head, Trust},
    shelves::Shelves,
};
use super::NotFound;
use crate::{
    api::{self, ApiError},
    components::{FailureNotice, PageTitle, review::name_of},
    live::live,
};

/// The page of the person that the address names.
#[component]
pub fn Seller() -> impl IntoView {
    let (params, query, live) = (use_params_map(), use_query_map(), live());
    let asked = Memo::new(move |_| {
        let word = |name: &str| query.read().get(name).unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), word("shelf"), word("after"))
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |((id, shelf, after), _)| api::person_page(id, shelf, after),
    );
    let older = Memo::new(move |_| asked.with(|(_, _, after)| !after.is_empty()));
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|answer| match answer {
                        Ok(page) => view! { <Found page older=older.get() /> }.into_any(),
                        Err(ApiError::Refused(Refusal::NotFound)) => view! { <NotFound /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Found(page: SellerPage, older: bool) -> impl IntoView {
    view! {
        <PageTitle text=name_of(&page.person) />
        <main id="main" class="page wrap">
            <Head page=page.clone() />
            <Trust ratings=page.selling />
            <Shelves page older />
        </main>
    }
}

#[component]
fn Failed(error: ApiError) -> impl IntoView {
    view! {
        <main id="main" class="page wrap">
            <h1 class="sr-only">{tr!(reviews.failed)}</h1>
            <FailureNotice error />
        </main>
    }
}
