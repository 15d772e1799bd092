//! The line on top of the panel: how I stand, in words, with a sign.

use leptos::prelude::*;
use market::{auction::StatusCode, live::Phase};

use super::{here::Here, stand::Stand};
use crate::{components::Icon, i18n, language::won};

/// The words of the line and of the dock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The sign.
    pub icon: &'static str,
    /// The state.
    pub state: &'static str,
    /// What more there is to say.
    pub more: String,
}

/// The words for how it and I stand; none for who only looks on.
#[must_use]
pub fn words(here: Here) -> Option<Words> {
    let (phase, stand) = (here.phase.get(), here.stand.get());
    let say = |icon, state, more: String| Some(Words { icon, state, more });
    match (phase, stand) {
        (Phase::Over(status), stand) => Some(words_over(here, status, stand)),
        (Phase::Closing, _) => say("clock", tr!(auction.standing.closing), String::new()),
        (_, Stand::Seller) => say("user", tr!(auction.standing.seller), seller_more(here)),
        (Phase::Scheduled, _) => {
            say("clock", tr!(auction.standing.scheduled), here.moment(here.state.read().starts_at))
        }
        (Phase::Running, Stand::Leading { maximum }) => {
            let more = maximum.map(|maximum| tr!(auction.standing.held, amount = won(maximum)).to_string());
            say("lead", tr!(common.standing.leading), more.unwrap_or_default())
        }
        (Phase::Running, Stand::Outbid) => say("outbid", tr!(common.standing.outbid), outbid_more(here)),
        (Phase::Running, _) => None,
    }
}

/// How much more than I bid last it takes, at least: a hidden maximum may ask for more.
fn outbid_more(here: Here) -> String {
    let missing = here.last_bid().map(|last| here.next_bid.get() - last).filter(|more| more.is_positive());
    match missing {
        Some(more) => tr!(auction.standing.missing, amount = won(more)).to_string(),
        None => tr!(common.standing.from, amount = won(here.next_bid.get())).to_string(),
    }
}

fn seller_more(here: Here) -> String {
    let (bids, reserve) = here.state.with(|state| (state.bid_count, state.reserve_met));
    match (bids, reserve) {
        (0, _) => tr!(auction.standing.no_bids).to_owned(),
        (_, Some(true)) => tr!(auction.facts.reserve_met).to_owned(),
        (_, Some(false)) => tr!(auction.facts.reserve_unmet).to_owned(),
        (bids, None) => i18n::bids(bids),
    }
}

/// After the end. Who lost is told so and never congratulated (defect V7).
fn words_over(here: Here, status: StatusCode, stand: Stand) -> Words {
    let more = here.moment(here.ended_at());
    let (icon, state) = match (status, stand) {
        (StatusCode::Refunded, _) => ("wallet", tr!(trade.refunded)),
        (_, Stand::Won { .. }) => ("lead", tr!(auction.standing.won)),
        (StatusCode::Unsold, _) => ("clock", tr!(auction.standing.unsold)),
        (StatusCode::Cancelled, _) => ("clock", tr!(auction.standing.cancelled)),
        (_, Stand::Seller) => ("check", tr!(auction.standing.sold)),
        (_, Stand::Lost) => ("clock", tr!(auction.standing.lost)),
        _ => ("clock", tr!(auction.standing.over)),
    };
    Words { icon, state, more }
}

/// The line.
#[component]
pub fn StateLine(here: Here) -> impl IntoView {
    let words = Memo::new(move |_| words(here));
    move || {
        words.get().map(|words| {
            view! {
                <p class="panel-state" role="status">
                    <Icon name=words.icon />
                    <b>{words.state}</b>
                    {(!words.more.is_empty()).then(|| view! { <span>{words.more}</span> })}
                </p>
            }
        })
    }
}
