//! An auction in a list; national ones move as they are bid on.

use leptos::prelude::*;
use market::{
    live::Phase,
    opening::Reach,
    view::{Card, Standing},
};

use super::{Art, Icon, LeftShort, MoneyText, countdown::is_hot, watch::WatchHeart};
use crate::{language::won, live::live, paths};

/// The card. The whole of it leads to the auction.
#[component]
pub fn AuctionCard(
    /// As the page was served.
    card: Card,
    /// The page's time.
    now: market::Instant,
    /// Whether hearts can be pressed.
    signed_in: bool,
) -> impl IntoView {
    let live = live();
    let (id, title) = (card.id, card.title.clone());
    let ends_at = Signal::stored(card.ends_at);
    let phase = {
        let card = card.clone();
        Memo::new(move |_| PhaseNow(card.phase(live.now(now))))
    };
    let hot = Memo::new(move |_| is_hot(ends_at.get(), live.now(now)));
    let running = move || phase.get().0 == Phase::Running;
    let outbid = matches!(card.standing, Standing::Outbid);
    let leading = matches!(card.standing, Standing::Leading { .. });
    view! {
        <li
            class="card"
            class:is-leading=move || leading && running()
            class:is-outbid=move || outbid && running()
            class:is-hot=move || hot.get() && running()
            class:is-over=move || matches!(phase.get().0, Phase::Over(_))
        >
            <div class="card-media">
                <Art name=card.art.clone() />
                <ReachBadge reach=card.reach region=card.region.clone() />
                {move || running().then(|| view! { <LeftShort until=ends_at now /> })}
            </div>
            <h3 class="card-title">
                <a class="card-link" href=paths::auction(id)>
                    {title.clone()}
                </a>
            </h3>
            <p class="card-price">
                <MoneyText amount=card.shown_price() size="is-m" />
                {card.price.is_zero().then(|| view! { <span class="dim">{tr!(common.start_price)}</span> })}
            </p>
            <p class="card-meta">
                {tr!(common.bids_and_watchers, bids = card.bid_count, watchers = card.watcher_count).to_string()}
            </p>
            <CardStanding card=card.clone() phase />
            {signed_in.then(|| view! { <WatchHeart id title watching=card.watching /> })}
        </li>
    }
}

/// [`Phase`] for a memo.
#[derive(Clone, Copy, PartialEq)]
pub struct PhaseNow(pub Phase);

/// Where it is shown: the country, live, or a neighbourhood.
#[component]
fn ReachBadge(reach: Reach, region: String) -> impl IntoView {
    match reach {
        Reach::National => view! {
            <span class="badge">
                <i class="live-dot"></i>
                <span>{tr!(common.national_live)}</span>
            </span>
        }
        .into_any(),
        Reach::Neighbourhood => view! {
            <span class="badge">
                <Icon name="pin" />
                <span>{region}</span>
            </span>
        }
        .into_any(),
    }
}

/// How I stand, and what would be next.
#[component]
fn CardStanding(card: Card, phase: Memo<PhaseNow>) -> impl IntoView {
    let row = |icon: &'static str, state: String, next: String| {
        view! {
            <p class="card-standing">
                <Icon name=icon size="is-s" />
                <b>{state}</b>
                <span>{next}</span>
            </p>
        }
        .into_any()
    };
    move || match (card.standing, phase.get().0) {
        (Standing::Leading { maximum }, Phase::Running | Phase::Closing) => Some(row(
            "lead",
            tr!(common.standing.leading).to_owned(),
            tr!(common.standing.maximum, amount = won(maximum)).to_string(),
        )),
        (Standing::Outbid, Phase::Running) => Some(row(
            "outbid",
            tr!(common.standing.outbid).to_owned(),
            tr!(common.standing.from, amount = won(card.next_bid)).to_string(),
        )),
        (Standing::Won { paid }, _) => {
            Some(row("check", tr!(common.standing.won).to_owned(), won(paid)))
        }
        (_, Phase::Scheduled) => Some(row(
            "clock",
            tr!(common.standing.scheduled).to_owned(),
            market::text::day_time(card.starts_at),
        )),
        (_, Phase::Over(_)) => Some(row("check", tr!(common.standing.over).to_owned(), String::new())),
        _ => None,
    }
}
