//! A short word at the edge: somebody has overtaken me, wherever I am.

use std::time::Duration;

use leptos::prelude::*;
use market::{AuctionId, live::MyState};

use super::Icon;
use crate::{language::won, live::live, paths};

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(8);

#[derive(Clone, PartialEq)]
struct Toast {
    number: u32,
    auction: AuctionId,
    text: String,
}

/// The region where toasts come in; politely read out.
#[component]
pub fn Toasts() -> impl IntoView {
    let live = live();
    let toasts = RwSignal::new(Vec::<Toast>::new());
    let count = StoredValue::new(0_u32);
    Effect::new(move |before: Option<Option<MyState>>| {
        let now = live.me.get();
        if let (Some(Some(before)), Some(now)) = (before, &now) {
            for text in overtaken(&before, now) {
                let number = count.get_value() + 1;
                count.set_value(number);
                toasts.update(|toasts| toasts.push(Toast { number, auction: text.0, text: text.1 }));
                set_timeout(
                    move || {
                        toasts.try_update(|toasts| toasts.retain(|toast| toast.number != number));
                    },
                    STAYS,
                );
            }
        }
        now
    });
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.get() key=|toast| toast.number let:toast>
                <p class="toast">
                    <Icon name="outbid" />
                    <span>{toast.text}</span>
                    <a href=paths::auction(toast.auction)>{tr!(common.look)}</a>
                </p>
            </For>
        </div>
    }
}

/// The auctions in which I am overtaken now and was not before.
fn overtaken(before: &MyState, now: &MyState) -> Vec<(AuctionId, String)> {
    let is_new = |id: AuctionId| before.outbid.iter().all(|known| known.auction != id);
    now.outbid
        .iter()
        .filter(|outbid| before.user == now.user && is_new(outbid.auction))
        .map(|outbid| {
            let (title, price) = (outbid.title.clone(), won(outbid.price));
            (outbid.auction, tr!(common.outbid_toast, title = title, price = price).to_string())
        })
        .collect()
}
