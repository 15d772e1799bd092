//! Price and time, large; what has just happened to the end, and how old the figures are.

use leptos::prelude::*;
use market::{Instant, Money, auction::StatusCode, live::Phase, opening::Reach, text};

use super::{facts::span, here::Here};
use crate::{
    components::{Countdown, Icon, MoneyText},
    i18n,
    language::won,
    live::{Connection, live},
};

/// The two figures.
#[component]
pub fn Figures(here: Here) -> impl IntoView {
    view! {
        <div class="panel-figures">
            <Price here />
            {move || time_figure(here, here.phase.get())}
        </div>
    }
}

/// What it costs now: the start price before the first bid.
#[must_use]
pub fn shown_price(here: Here) -> Money {
    let price = here.price();
    if price.is_zero() { here.about.with_value(|about| about.start_price) } else { price }
}

/// The price slides and tints once when it changes, and is read out politely.
#[component]
fn Price(here: Here) -> impl IntoView {
    let amount = Memo::new(move |_| shown_price(here));
    let flash = RwSignal::new(false);
    Effect::new(move |before: Option<Money>| {
        let amount = amount.get();
        if before.is_some_and(|before| before != amount) {
            flash.set(false);
            // Two frames, so that the browser sees the class gone before it comes again.
            request_animation_frame(move || {
                request_animation_frame(move || {
                    flash.try_set(true);
                });
            });
        }
        amount
    });
    let label = move || match here.phase.get() {
        _ if here.price().is_zero() => tr!(auction.figure.start),
        Phase::Over(StatusCode::Unsold | StatusCode::Cancelled) => tr!(auction.figure.last),
        Phase::Over(_) => tr!(auction.figure.sold),
        _ => tr!(auction.figure.price),
    };
    let note = move || {
        let bids = i18n::bids(here.state.read().bid_count);
        if here.price().is_zero() || !here.running() {
            bids
        } else {
            let next = tr!(auction.figure.next, amount = won(here.next_bid.get())).to_string();
            format!("{bids} · {next}")
        }
    };
    view! {
        <div class="figure">
            <span class="figure-label">{label}</span>
            <output class:price-flash=move || flash.get() aria-live="polite">
                <MoneyText amount=amount size="is-xl" />
            </output>
            <span class="figure-note">{note}</span>
        </div>
    }
}

fn time_figure(here: Here, phase: Phase) -> AnyView {
    let state = here.state;
    match phase {
        Phase::Scheduled => {
            let until = Signal::derive(move || state.read().starts_at);
            let note =
                move || tr!(auction.figure.ends, at = text::day_time(state.read().ends_at)).to_string();
            view! {
                <div class="figure is-end">
                    <span class="figure-label">{tr!(auction.figure.until_start)}</span>
                    <Countdown until now=here.opened size="is-l" />
                    <span class="figure-note">{note}</span>
                </div>
            }
            .into_any()
        }
        Phase::Running | Phase::Closing => {
            let until = Signal::derive(move || state.read().ends_at);
            view! {
                <div class="figure is-end">
                    <span class="figure-label">{tr!(auction.figure.left)}</span>
                    <Countdown until now=here.opened size="is-l" />
                    <span class="figure-note">{move || end_note(here)}</span>
                </div>
            }
            .into_any()
        }
        Phase::Over(_) => view! {
            <div class="figure is-end">
                <span class="figure-label">{tr!(auction.figure.left)}</span>
                <span class="clock is-l is-over">{tr!(common.standing.over)}</span>
                <span class="figure-note">{move || text::day_time(here.ended_at())}</span>
            </div>
        }
        .into_any(),
    }
}

/// When it is over at the latest.
fn end_note(here: Here) -> String {
    let (ends_at, stop) = here.state.with(|state| (state.ends_at, state.hard_stop_at));
    match stop {
        Some(stop) => tr!(auction.figure.hard_stop, at = here.moment(stop)).to_string(),
        None => tr!(auction.figure.ends, at = here.moment(ends_at)).to_string(),
    }
}

/// What moved the end, and how old the figures are.
#[component]
pub fn Notices(here: Here) -> impl IntoView {
    // Keyed by the end, so that each extension slides in anew.
    let extended = Memo::new(move |_| {
        let shown = here.running() && here.state.with(market::live::AuctionState::extended);
        if shown { vec![here.state.read().ends_at] } else { Vec::new() }
    });
    let called = Memo::new(move |_| here.running() && here.state.read().last_call);
    view! {
        <For each=move || extended.get() key=|end| *end let:end>
            <p class="extended" role="status">
                <Icon name="clock" />
                <b>{extended_text(here, end)}</b>
                <time datetime=text::machine(end)>
                    {tr!(auction.figure.new_end, at = text::clock(end)).to_string()}
                </time>
            </p>
        </For>
        <Show when=move || called.get()>
            <p class="extended" role="status">
                <Icon name="gavel" />
                <b>{tr!(auction.figure.last_call)}</b>
            </p>
        </Show>
        <Lost here />
        {(here.reach == Reach::Neighbourhood).then(|| view! { <Slow here /> })}
    }
}

/// `마감 연장됨 +2분`; at the hard stop there is no more to come.
fn extended_text(here: Here, end: Instant) -> String {
    let last = here.state.with_untracked(|state| state.hard_stop_at.is_some_and(|stop| end >= stop));
    match here.about.with_value(|about| about.soft_close) {
        Some(soft) if !last => tr!(auction.figure.extended, by = span(soft.extension)).to_string(),
        _ => tr!(auction.figure.extended_last).to_owned(),
    }
}

/// The connection is gone: the figures stay, grey, and say of when they are.
#[component]
fn Lost(here: Here) -> impl IntoView {
    let connection = live().connection;
    let since = RwSignal::new(None::<Instant>);
    Effect::new(move |_| {
        let lost = connection.get() == Connection::Lost;
        since.set(lost.then(|| here.now_untracked()));
    });
    view! {
        {move || {
            let at = since.get().filter(|_| here.stale())?;
            let text = tr!(auction.figure.stale, at = text::clock(at)).to_string();
            Some(
                view! {
                    <p class="stale-mark" role="status">
                        <Icon name="offline" size="is-s" />
                        {text}
                    </p>
                },
            )
        }}
    }
}

/// A neighbourhood auction is not live: it says when it was read.
#[component]
fn Slow(here: Here) -> impl IntoView {
    let text = move || tr!(auction.figure.read_at, at = text::clock(here.read_at.get())).to_string();
    view! {
        <Show when=move || !matches!(here.phase.get(), Phase::Over(_))>
            <p class="panel-note">
                {text} " "
                <a
                    class="text-link"
                    href=here.path()
                    on:click=move |event| {
                        event.prevent_default();
                        here.reread();
                    }
                >
                    {tr!(auction.figure.read_again)}
                </a>
            </p>
        </Show>
    }
}
