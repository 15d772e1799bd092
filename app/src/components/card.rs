//! An auction in a list; national ones move as they are bid on.

mod moving;
mod standing;

use leptos::{html, prelude::*};
use market::{
    Instant,
    live::Phase,
    opening::Reach,
    text::{self, day_time},
    view::{Card, Standing},
};

use self::{moving::follow, standing::CardStanding};
use super::{
    Icon, LeftShort, Thumb,
    countdown::is_hot,
    money::PriceText,
    picture::ON_A_CARD,
    watch::{WatchHeart, WatchInvite},
};
use crate::{i18n::bids_and_watchers, live::live, paths};

pub use self::moving::{Moving, PhaseNow};

/// The card. The whole of it leads to the auction.
#[component]
pub fn AuctionCard(
    /// As the page was served.
    card: Card,
    /// The page's time.
    now: Instant,
    /// Whether hearts can be pressed; without, they lead to signing in.
    signed_in: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Li>::new();
    let moving = follow(&card, now, node);
    let Moving { figures, phase, standing } = moving;
    let live = live();
    let running = move || phase.get().0 == Phase::Running;
    let hot = Memo::new(move |_| is_hot(figures.get().ends_at, live.now(now)));
    let (id, title) = (card.id, card.title.clone());
    let heart = if signed_in {
        view! { <WatchHeart id title=title.clone() watching=card.watching /> }.into_any()
    } else {
        view! { <WatchInvite id title=title.clone() /> }.into_any()
    };
    view! {
        <li
            node_ref=node
            class="card"
            class:is-leading=move || matches!(standing.get(), Standing::Leading { .. })
            class:is-outbid=move || standing.get() == Standing::Outbid
            class:is-hot=move || hot.get() && running()
            class:is-over=move || matches!(phase.get().0, Phase::Over(_))
        >
            <div class="card-media">
                <Thumb cover=card.cover art=card.art alt=title.clone() sizes=ON_A_CARD />
                {move || {
                    let shown = running() || card.reach != Reach::National;
                    shown.then(|| view! { <ReachBadge reach=card.reach region=card.region.clone() /> })
                }}
                <TimeLeft starts_at=card.starts_at now moving />
            </div>
            <h3 class="card-title">
                <a class="card-link" href=paths::auction(id)>
                    {title}
                </a>
            </h3>
            <CardFigures
                start_price=card.start_price
                watchers=card.watcher_count
                distance=card.distance
                moving
            />
            <CardStanding moving />
            {heart}
        </li>
    }
}

/// The price, how many take part, and how far it is.
#[component]
fn CardFigures(
    start_price: market::Money,
    watchers: i32,
    distance: Option<i32>,
    moving: Moving,
) -> impl IntoView {
    let figures = moving.figures;
    let price = Signal::derive(move || figures.get().price);
    let shown = Signal::derive(move || if price.get().is_zero() { start_price } else { price.get() });
    let no_bid = move || price.get().is_zero();
    let away = distance.map(|metres| format!(" · {}", away(metres)));
    let meta = move || bids_and_watchers(figures.get().bid_count, watchers);
    view! {
        <p class="card-price">
            <PriceText amount=shown size="is-m" />
            {move || no_bid().then(|| view! { <span class="dim">{tr!(common.start_price)}</span> })}
        </p>
        <p class="card-meta">{meta}{away}</p>
    }
}

/// How far it is. Places are the points of regions, so what is nearer than the next one is in the same.
fn away(metres: i32) -> String {
    if metres > 0 { text::distance(metres) } else { tr!(home.card.here).to_owned() }
}

/// Time left; before the start when it begins, afterwards that it is over.
#[component]
fn TimeLeft(starts_at: Instant, now: Instant, moving: Moving) -> impl IntoView {
    let ends_at = Signal::derive(move || moving.figures.get().ends_at);
    let word = |text: String| view! { <span class="card-left">{text}</span> }.into_any();
    move || match moving.phase.get().0 {
        Phase::Running => view! { <LeftShort until=ends_at now /> }.into_any(),
        Phase::Scheduled => word(tr!(home.card.starts, time = day_time(starts_at)).to_string()),
        Phase::Closing => word(tr!(home.card.closing).to_owned()),
        Phase::Over(_) => word(tr!(common.standing.over).to_owned()),
    }
}

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

/// What stands in a card's place while it is on its way.
#[component]
pub fn CardSkeleton() -> impl IntoView {
    view! {
        <li class="card">
            <div class="skeleton is-media"></div>
            <p class="card-title">
                <span class="skeleton"></span>
            </p>
            <p class="card-price">
                <span class="skeleton is-short"></span>
            </p>
        </li>
    }
}
