//! One dispute: what it is about, what was said, and the decision.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{auction::StatusCode, view::DisputePage};

use super::{
    decide::{Decide, Deciding},
    facts::{Facts, Ledger},
    refused,
};
use crate::{
    api::{self, ApiError},
    components::{
        PageTitle,
        trade::{DisputeTalk, TradeSteps},
    },
    live::live,
    paths,
};

/// The page of the dispute that the address names.
#[component]
pub fn StaffDispute() -> impl IntoView {
    let (params, live) = (use_params_map(), live());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let source =
        Resource::new_blocking(move || (id.get(), live.resync.get()), |(id, _)| api::staff_dispute(id));
    view! {
        <Transition>
            {move || {
                source
                    .get()
                    .map(|page| match page {
                        Ok(page) => view! { <Found page /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

/// The whole page. It is read again without being written anew: what is typed stays.
#[component]
fn Found(page: DisputePage) -> impl IntoView {
    let (id, title) = (page.trade.auction, page.title.clone());
    let page = RwSignal::new(page);
    let reading = Action::new(move |(): &()| api::staff_dispute(id.to_string()));
    let reread = Callback::new(move |()| {
        reading.dispatch(());
    });
    take_readings(page, reading);
    follow_inbox(reread);
    let deciding = Deciding::new(reread);
    let trade = Signal::derive(move || page.with(|page| page.trade.clone()));
    let open = Memo::new(move |_| page.with(|page| page.trade.status) == StatusCode::Disputed);
    view! {
        <PageTitle text=title.clone() />
        <main id="main" class="page wrap">
            <nav aria-label=tr!(staff.title)>
                <ol class="crumbs">
                    <li>
                        <a href=paths::DISPUTES>{tr!(staff.dispute.crumb)}</a>
                    </li>
                </ol>
            </nav>
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            <div class="with-aside">
                <div>
                    <Facts trade=trade.get_untracked() />
                    <section class="box" aria-labelledby="h-steps">
                        <div class="box-head">
                            <h2 id="h-steps">{tr!(staff.dispute.steps)}</h2>
                        </div>
                        <TradeSteps trade />
                    </section>
                    <DisputeTalk trade said=reread />
                    {move || view! { <Ledger page=page.get() /> }}
                </div>
                <aside class="aside">
                    <Decide page open deciding />
                </aside>
            </div>
        </main>
    }
}

fn take_readings(page: RwSignal<DisputePage>, reading: Action<(), Result<DisputePage, ApiError>>) {
    Effect::new(move |_| {
        if let Some(Ok(read)) = reading.value().get() {
            page.set(read);
        }
    });
}

/// Somebody has written, or decided: whoever is in a dispute is told.
fn follow_inbox(reread: Callback<()>) {
    let newest = live().inbox();
    Effect::new(move |before: Option<Option<i64>>| {
        let newest = newest.get();
        if before.flatten().is_some() && before.flatten() != newest {
            reread.run(());
        }
        newest
    });
}
