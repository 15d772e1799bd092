//! What was typed before and not opened: going on with it, or beginning anew.

use leptos::{form::ActionForm, prelude::*};
use market::{
    text::day_time,
    view::{Prefill, SellPage},
};

use crate::{
    api::{ApiError, DropDraft},
    components::FailureNotice,
    paths,
    reply::{Reply, reply_to},
};

/// The choice; the form comes after it, so that nothing typed is lost by typing on top of it.
#[component]
pub fn Offer(
    /// What waits.
    saved: Prefill,
    /// The page, read anew when the draft is gone.
    page: Resource<Result<SellPage, ApiError>>,
) -> impl IntoView {
    let drop = ServerAction::<DropDraft>::new();
    let plain = reply_to("drop_draft").as_ref().and_then(Reply::error);
    Effect::new(move |_| {
        if matches!(drop.value().get(), Some(Ok(()))) {
            page.refetch();
        }
    });
    let error = move || drop.value().get().map_or_else(|| plain.clone(), Result::err);
    let title = saved.draft.title;
    let title = if title.is_empty() { tr!(sell.kept.untitled).to_owned() } else { title };
    view! {
        <section class="box draft-offer">
            <div class="box-head">
                <h2>{tr!(sell.kept.heading)}</h2>
                <span class="dim">{tr!(sell.kept.at, time = day_time(saved.at)).to_string()}</span>
            </div>
            <p class="draft-title">{title}</p>
            {move || error().map(|error| view! { <FailureNotice error /> })}
            <div class="btn-row is-even">
                <ActionForm action=drop>
                    <button class="btn btn-ghost btn-l btn-block" disabled=move || drop.pending().get()>
                        {tr!(sell.kept.anew)}
                    </button>
                </ActionForm>
                <a class="btn btn-primary btn-l" href=paths::SELL_ON>
                    {tr!(sell.kept.go_on)}
                </a>
            </div>
        </section>
    }
}
