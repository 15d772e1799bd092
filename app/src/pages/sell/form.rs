//! The form as a whole: judged by `Draft::check` here and on the server, kept as typed when it is refused.

use leptos::{form::ActionForm, prelude::*};
use market::{Instant, Money, Refusal, opening::Draft};

use super::{draft, goods::Goods, preview::Preview, price::Price, reach::ReachAndSettlement, times::Times};
use crate::{
    api::{ApiError, OpenAuction, SellBasis},
    components::{Icon, failure::error_text, form_check::FormCheck, region_picker::RegionSearch},
    key::{FormKey, KeyField},
    language::won,
    live::live,
    reply::{Reply, reply_to},
};

/// The form and, beside it, what it will look like.
#[component]
pub fn OpeningForm(page: SellBasis, search: RegionSearch, key: FormKey) -> impl IntoView {
    let reply = reply_to("open_auction");
    let refused = reply.as_ref().and_then(Reply::error);
    let (first, region) = draft::first(&page, reply.as_ref());
    let check = judged(first.clone(), page.now);
    if let Some(error) = &refused {
        check.refuse(error);
    }
    let action = ServerAction::<OpenAuction>::new();
    follow_answers(action, check, key);
    let (first, home) = (StoredValue::new(first), page.region);
    let categories = StoredValue::new(page.categories);
    view! {
        <div class="with-aside">
            <div on:submit:capture=move |event| check.on_submit(&event)>
                <ActionForm action node_ref=check.form()>
                    <div
                        on:input=move |event| check.on_input(&event)
                        on:change=move |event| check.on_change(&event)
                    >
                        <Goods check first categories region search />
                        <Price check first />
                        <Times check first />
                        <ReachAndSettlement check first />
                        <KeyField key />
                        <Foot check action refused />
                    </div>
                </ActionForm>
            </div>
            <Preview check categories home now=page.now />
        </div>
    }
}

/// Judged at the server's time: the page's own at first, then the clock that follows it.
fn judged(first: Draft, now: Instant) -> FormCheck<Draft> {
    let live = live();
    FormCheck::new(first, draft::read, move |draft: &Draft| draft.check(untrack(|| live.now(now))).map(drop))
}

/// After a refusal its faults are shown; the key stays, so that an auction whose answer was lost on the way
/// is not opened twice. After success the answer leads on.
fn follow_answers(action: ServerAction<OpenAuction>, check: FormCheck<Draft>, key: FormKey) {
    Effect::new(move |_| match action.value().get() {
        Some(Ok(_)) => key.renew(),
        Some(Err(error)) => {
            check.refuse(&error);
            check.focus_first();
        }
        None => {}
    });
}

/// The one action of the page, with what came of it.
#[component]
fn Foot(
    check: FormCheck<Draft>,
    action: ServerAction<OpenAuction>,
    refused: Option<ApiError>,
) -> impl IntoView {
    let start_price =
        check.part(|draft| Money::parse(&draft.start_price).filter(|price| price.is_positive()));
    let label = move || match start_price.get() {
        Some(price) => tr!(sell.open_from, price = won(price)).to_string(),
        None => tr!(sell.open).to_owned(),
    };
    let refused = StoredValue::new(refused);
    let error = move || match action.value().get() {
        Some(answer) => answer.err(),
        None => refused.get_value(),
    };
    view! {
        <div role="alert">
            {move || {
                error()
                    .map(|error| {
                        view! {
                            <div class="notice is-bad">
                                <Icon name="alert" />
                                <p>{what_is_wrong(&error)}</p>
                            </div>
                        }
                    })
            }}
        </div>
        <div class="form-foot">
            <button
                class="btn btn-primary btn-l"
                class:is-busy=move || action.pending().get()
                disabled=move || action.pending().get()
            >
                {label}
            </button>
        </div>
    }
}

/// The faults themselves stand beside their fields.
fn what_is_wrong(error: &ApiError) -> String {
    match error.refusal() {
        Some(Refusal::Fields { .. }) => tr!(common.refused.fields).to_owned(),
        _ => error_text(error),
    }
}
