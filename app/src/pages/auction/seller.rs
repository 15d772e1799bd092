//! The seller's view of his auction while it is live: how many watch and bid, how fast, and what he may do:
//! call last bids once there are bids, edit it or take it back as long as there are none, show a
//! neighbourhood auction to the whole country (rules, *Ending* and *Words*).

use leptos::{form::ActionForm, prelude::*};
use market::opening::Reach;

use super::{
    act::Fold,
    figures::shown_price,
    here::Here,
    pace::{MINUTES, average, minute},
};
use crate::{
    api::{CallLastBids, CancelAuction, MakeNational},
    components::{
        Icon,
        failure::{Failed, failure},
    },
    language::won,
    live::live,
    paths,
};

/// The seller's panel.
#[component]
pub fn SellerTools(here: Here) -> impl IntoView {
    let bids = Memo::new(move |_| here.state.read().bid_count);
    let live = live();
    let now = Memo::new(move |_| minute(live.now(here.opened)));
    let lately = Memo::new(move |_| here.pace.with(|pace| pace.lately(now.get())));
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
            <dt>{tr!(auction.tools.pace)}</dt>
            <dd>
                <PaceBars lately />
                {move || average(&lately.get())}
            </dd>
            {proceeds}
        </dl>
        <div class="panel-foot">
            {move || if bids.get() > 0 {
                view! {
                    <LastCall here />
                    <Add here />
                }
                .into_any()
            } else {
                view! {
                    <Edit here />
                    <Cancel here />
                }
                .into_any()
            }}
            {(here.reach == Reach::Neighbourhood).then(|| view! { <National here /> })}
        </div>
    }
}

/// A bar for each of the last minutes; the one that runs is the last.
#[component]
fn PaceBars(lately: Memo<[i32; MINUTES]>) -> impl IntoView {
    let words = move || {
        let counts = lately.get().map(|count| count.to_string()).join(", ");
        tr!(auction.tools.pace_minutes, counts = counts).to_string()
    };
    view! {
        <svg class="pace" viewBox="0 0 60 20" role="img" aria-label=words>
            <path d=move || bars(&lately.get())></path>
        </svg>
    }
}

/// Six units apart, the busiest minute as high as the picture; a minute without bids leaves a mark.
fn bars(counts: &[i32; MINUTES]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(count, index): (&i32, i32)| format!("M{} 20v-{}", index * 6 + 3, (count * 19 / most).max(1));
    counts.iter().zip(0..).map(bar).collect()
}

/// Until the first bid everything can be changed.
#[component]
fn Edit(here: Here) -> impl IntoView {
    view! {
        <a class="btn btn-soft btn-l btn-block" href=paths::edit(here.id)>
            <Icon name="gear" />
            {tr!(auction.tools.edit)}
        </a>
        <p class="panel-note">{tr!(auction.tools.edit_note)}</p>
    }
}

/// Once somebody has bid, only this way.
#[component]
fn Add(here: Here) -> impl IntoView {
    view! {
        <a class="btn btn-ghost btn-block" href=paths::edit(here.id)>
            {tr!(sell.edit.add_link)}
        </a>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_minute_fills_the_picture_and_an_empty_one_is_seen() {
        let mut counts = [0; MINUTES];
        counts[8..].copy_from_slice(&[2, 4]);
        let drawn = bars(&counts);
        assert!(drawn.starts_with("M3 20v-1M9 20v-1"), "{drawn}");
        assert!(drawn.ends_with("M51 20v-9M57 20v-19"), "{drawn}");
    }
}
