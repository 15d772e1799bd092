//! Opening an auction: what is sold, for how much, until when, to whom.

mod choices;
mod draft;
mod form;
mod goods;
mod preview;
mod price;
mod reach;
mod times;

use leptos::prelude::*;
use leptos_router::components::Redirect;

use self::form::OpeningForm;
use crate::{
    api,
    components::{
        FailureNotice, PageTitle,
        region_picker::{RegionSearch, RegionSearchForm},
    },
    key::FormKey,
    paths,
};

/// The page. Who is not signed in signs in first.
#[component]
pub fn Sell() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| api::sell_form());
    let (search, key) = (RegionSearch::of_page(), FormKey::new());
    view! {
        <PageTitle text=tr!(common.sell) />
        <main id="main" class="page wrap">
            <div class="page-head">
                <div>
                    <h1>{tr!(common.sell)}</h1>
                    <p class="page-lead">{tr!(sell.lead)}</p>
                </div>
            </div>
            <RegionSearchForm action=paths::SELL />
            <Suspense>
                {move || match page.get() {
                    None => ().into_any(),
                    Some(Err(error)) => view! { <FailureNotice error /> }.into_any(),
                    Some(Ok(None)) => {
                        view! { <Redirect path=paths::sign_in_then(paths::SELL) /> }.into_any()
                    }
                    Some(Ok(Some(page))) => view! { <OpeningForm page search key /> }.into_any(),
                }}
            </Suspense>
        </main>
    }
}
