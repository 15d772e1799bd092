//! The auction that everybody may watch right now, live.

use leptos::prelude::*;
use market::{
    Instant, Money,
    live::{AuctionState, Phase},
    text::day_time,
    view::{About, Featured, Mine, Standing},
};

use super::spark::Spark;
use crate::{
    components::{Countdown, PriceText, Thumb, countdown::is_hot, picture::BESIDE},
    language::won,
    live::live,
    paths,
};

/// The large card; its title is the page's heading.
#[component]
pub fn Hero(
    /// The auction.
    featured: Featured,
) -> impl IntoView {
    let live = live();
    let Featured { state, about, mine, chart, watcher_count, now } = featured;
    let id = state.id;
    let feed = live.auction(state, about.reach);
    let state = Memo::new(move |_| feed.get());
    let phase = Memo::new(move |_| state.with(|state| Step(state.phase(live.now(now)))));
    let hot = Memo::new(move |_| state.with(|state| is_hot(state.ends_at, live.now(now))));
    let points = Memo::new(move |_| state.with(|state| with_news(&chart, state)));
    view! {
        <section class="hero" class:is-hot=move || hot.get() aria-label=tr!(home.hero.label)>
            <div class="hero-media">
                <Thumb
                    cover=about.pictures.first().cloned()
                    art=about.art.clone()
                    alt=about.title.clone()
                    sizes=BESIDE
                    first=true
                />
            </div>
            <div class="hero-body">
                <span class="badge is-live">
                    <i class="live-dot"></i>
                    {tr!(home.hero.watched, watchers = watcher_count).to_string()}
                </span>
                <h1 class="hero-title">
                    <a href=paths::auction(id)>{about.title.clone()}</a>
                </h1>
                <HeroFigures state phase now start_price=about.start_price />
                <Spark points />
                <HeroAct state phase about mine />
            </div>
        </section>
    }
}

/// [`Phase`] for a memo.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Step(Phase);

/// The chart's points, and the bids that came since.
fn with_news(chart: &[(Instant, Money)], state: &AuctionState) -> Vec<(Instant, Money)> {
    let drawn = chart.last().map(|(at, _)| *at);
    let news = state.bids.iter().rev().map(|bid| (bid.at, bid.price));
    let news = news.filter(|(at, _)| drawn.is_none_or(|drawn| *at > drawn));
    chart.iter().copied().chain(news).collect()
}

#[component]
fn HeroFigures(
    state: Memo<AuctionState>,
    phase: Memo<Step>,
    now: Instant,
    start_price: Money,
) -> impl IntoView {
    let price = Memo::new(move |_| state.with(|state| state.price));
    let shown = Signal::derive(move || if price.get().is_zero() { start_price } else { price.get() });
    let label = move || {
        if price.get().is_zero() { tr!(home.hero.start_price) } else { tr!(home.hero.price) }
    };
    let ends_at = Signal::derive(move || state.with(|state| state.ends_at));
    view! {
        <div class="hero-figures">
            <div class="figure" aria-live="polite" aria-atomic="true">
                <span class="figure-label">{label}</span>
                <PriceText amount=shown size="is-xl" />
            </div>
            <div class="figure">
                <span class="figure-label">{tr!(home.hero.left)}</span>
                {move || match phase.get().0 {
                    Phase::Running | Phase::Scheduled => {
                        view! { <Countdown until=ends_at now size="is-l" /> }.into_any()
                    }
                    Phase::Closing => {
                        view! { <span class="clock is-l">{tr!(home.card.closing)}</span> }.into_any()
                    }
                    Phase::Over(_) => {
                        let over = tr!(common.standing.over);
                        view! { <span class="clock is-l is-over">{over}</span> }.into_any()
                    }
                }}
            </div>
        </div>
    }
}

/// What I can do with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Bid from this amount.
    Bid(Money),
    /// I lead, with this maximum if the page knows it: a bid would only change my own maximum.
    Change(Option<Money>),
    /// It is mine.
    Own,
    /// No bids are taken.
    Look,
}

/// The one clear action, by how I stand, and a sentence about it.
#[component]
fn HeroAct(state: Memo<AuctionState>, phase: Memo<Step>, about: About, mine: Option<Mine>) -> impl IntoView {
    let id = state.with_untracked(|state| state.id);
    let (bid, look) = (format!("{}#bid", paths::auction(id)), paths::auction(id));
    let was_in = mine.as_ref().is_some_and(|mine| mine.alias.is_some());
    let act = Memo::new(move |_| state.with(|state| act(state, phase.get().0, &about, mine.as_ref())));
    let note = move || {
        let (bids, hard_stop) = state.with(|state| (state.bid_count, state.hard_stop_at));
        match act.get() {
            Act::Change(Some(maximum)) => tr!(home.hero.leading, maximum = won(maximum)).to_string(),
            Act::Change(None) => tr!(common.standing.leading).to_owned(),
            Act::Bid(_) if was_in => tr!(home.hero.outbid, bids = bids).to_string(),
            Act::Bid(_) | Act::Own => match hard_stop {
                Some(at) => tr!(home.hero.bids_until, bids = bids, time = day_time(at)).to_string(),
                None => tr!(home.hero.bids, bids = bids).to_string(),
            },
            Act::Look => tr!(home.hero.bids, bids = bids).to_string(),
        }
    };
    let button = move || match act.get() {
        Act::Bid(from) => {
            ("btn btn-primary btn-l", bid.clone(), tr!(home.hero.bid, amount = won(from)).to_string())
        }
        Act::Change(_) => ("btn btn-ghost btn-l", bid.clone(), tr!(home.hero.change).to_owned()),
        Act::Own => ("btn btn-ghost btn-l", look.clone(), tr!(home.hero.own).to_owned()),
        Act::Look => ("btn btn-ghost btn-l", look.clone(), tr!(home.hero.look).to_owned()),
    };
    view! {
        <div class="hero-act">
            {move || {
                let (class, address, words) = button();
                view! { <a class=class href=address>{words}</a> }
            }}
            <span class="dim" role="status">
                {note}
            </span>
        </div>
    }
}

fn act(state: &AuctionState, phase: Phase, about: &About, mine: Option<&Mine>) -> Act {
    let leads = |mine: &Mine| mine.alias.is_some() && mine.alias == state.leader;
    match (phase, mine) {
        (Phase::Running, Some(Mine { standing: Standing::Seller, .. })) => Act::Own,
        (Phase::Running, Some(mine)) if leads(mine) => match mine.standing {
            Standing::Leading { maximum } => Act::Change(Some(maximum)),
            _ => Act::Change(None),
        },
        (Phase::Running, _) => Act::Bid(about.next_bid(state.price)),
        _ => Act::Look,
    }
}
