//! How I stand, in words, colour and sign, and what would be next.

use leptos::prelude::*;
use market::{live::Phase, view::Standing};

use super::{super::Icon, Moving};
use crate::language::won;

/// A line below the card; none for who has nothing to do with it.
#[component]
pub fn CardStanding(
    /// What moves on the card.
    moving: Moving,
) -> impl IntoView {
    let Moving { figures, phase, standing } = moving;
    let running = Memo::new(move |_| phase.get().0 == Phase::Running);
    let next_bid = Memo::new(move |_| figures.get().next_bid);
    move || match standing.get() {
        Standing::Leading { maximum } => {
            let limit = tr!(common.standing.maximum, amount = won(maximum)).to_string();
            Some(row("lead", tr!(common.standing.leading), limit))
        }
        Standing::Outbid if running.get() => {
            let from = tr!(common.standing.from, amount = won(next_bid.get())).to_string();
            Some(row("outbid", tr!(common.standing.outbid), from))
        }
        Standing::Outbid => Some(row("outbid", tr!(common.standing.outbid), String::new())),
        Standing::Won { paid } => Some(row("check", tr!(common.standing.won), won(paid))),
        Standing::Lost => Some(row("close", tr!(home.card.lost), String::new())),
        Standing::Seller => Some(row("user", tr!(home.card.mine), String::new())),
        Standing::None => None,
    }
}

fn row(icon: &'static str, state: &'static str, next: String) -> AnyView {
    view! {
        <p class="card-standing">
            <Icon name=icon size="is-s" />
            <b>{state}</b>
            <span>{next}</span>
        </p>
    }
    .into_any()
}
