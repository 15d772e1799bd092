//! What a seller may do while it is live: call last bids once there are bids, take it back as long as there
//! are none, show a neighbourhood auction to the whole country (rules, *Ending* and *Words*).

use leptos::{form::ActionForm, prelude::*};
use market::opening::Reach;

use super::{
    act::{Failed, Fold, failure},
    figures::shown_price,
    here::Here,
};
use crate::{
    api::{CallLastBids, CancelAuction, MakeNational},
    language::won,
};

/// The seller's panel.
#[component]
pub fn SellerTools(here: Here) -> impl IntoView {
    let bids = Memo::new(move |_| here.state.read().bid_count);
    let proceeds = move || {
        (bids.get() > 0).then(|| {
            view! {
                <dt>{tr!(auction.tools.proceeds)}</dt>
                <dd>{move || won(shown_price(here))}</dd>
            }
        })
    };
    view! {
        <dl class="facts">
            <dt>{tr!(auction.tools.watchers)}</dt>
            <dd>{move || here.watchers.get()}</dd>
            <dt>{tr!(auction.tools.bidders)}</dt>
            <dd>{move || here.state.read().bidder_count}</dd>
            {proceeds}
        </dl>
        <div class="panel-foot">
            {move || if bids.get() > 0 {
                view! { <LastCall here /> }.into_any()
            } else {
                view! { <Cancel here /> }.into_any()
            }}
            {(here.reach == Reach::Neighbourhood).then(|| view! { <National here /> })}
        </div>
    }
}

/// Once, and announced.
#[component]
fn LastCall(here: Here) -> impl IntoView {
    let call = ServerAction::<CallLastBids>::new();
    let error = failure("call_last_bids", move || call.value().get());
    Effect::new(move |_| {
        if call.value().get().is_some() {
            here.reread();
        }
    });
    let open = Memo::new(move |_| here.running() && !here.state.read().last_call);
    view! {
        <Failed error />
        <Show
            when=move || open.get()
            fallback=move || view! { <p class="panel-note">{tr!(auction.tools.called)}</p> }
        >
            <Fold
                summary=tr!(auction.tools.call)
                class="btn btn-primary btn-xl btn-block"
                explained=tr!(auction.tools.call_explained)
            >
                <ActionForm action=call>
                    <input type="hidden" name="auction_id" value=here.id.to_string() />
                    <button class="btn btn-soft btn-l btn-block" disabled=move || call.pending().get()>
                        {tr!(auction.tools.call_yes)}
                    </button>
                </ActionForm>
            </Fold>
        </Show>
        <p class="panel-note">{tr!(auction.tools.has_bids)}</p>
    }
}

/// As long as nobody has bid.
#[component]
fn Cancel(here: Here) -> impl IntoView {
    let cancel = ServerAction::<CancelAuction>::new();
    let error = failure("cancel_auction", move || cancel.value().get());
    Effect::new(move |_| {
        if cancel.value().get().is_some() {
            here.reread();
        }
    });
    view! {
        <Failed error />
        <Fold
            summary=tr!(auction.tools.cancel)
            class="btn btn-danger btn-block"
            explained=tr!(auction.tools.cancel_explained)
        >
            <ActionForm action=cancel>
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <button class="btn btn-danger btn-l btn-block" disabled=move || cancel.pending().get()>
                    {tr!(auction.tools.cancel_yes)}
                </button>
            </ActionForm>
        </Fold>
    }
}

/// From the neighbourhood to the whole country; the page is another one then.
#[component]
fn National(here: Here) -> impl IntoView {
    let switch = ServerAction::<MakeNational>::new();
    let error = failure("make_national", move || switch.value().get());
    Effect::new(move |_| {
        if matches!(switch.value().get(), Some(Ok(()))) {
            here.rewrite();
        }
    });
    view! {
        <Failed error />
        <Fold summary=tr!(auction.tools.national) explained=tr!(auction.tools.national_explained)>
            <ActionForm action=switch>
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <button class="btn btn-soft btn-l btn-block" disabled=move || switch.pending().get()>
                    {tr!(auction.tools.national_yes)}
                </button>
            </ActionForm>
        </Fold>
    }
}
