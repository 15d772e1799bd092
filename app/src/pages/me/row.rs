//! A row of a shelf.

use leptos::prelude::*;
use market::{
    Instant,
    live::Phase,
    text::day_time,
    view::{Card, MyRow, MyTrade, Shelf, Standing},
};

use super::{
    facts::{Tag, step, sum, tags},
    left::TimeLeft,
};
use crate::{
    components::{Icon, MoneyText, Thumb, picture::IN_A_ROW},
    live::live,
    paths,
};

/// The auction, how it stands, and the next step. It changes by itself when its phase does.
#[component]
pub fn ShelfRow(
    /// On which shelf.
    shelf: Shelf,
    /// Which auction, and how far its sale is.
    row: MyRow,
    /// The page's time.
    now: Instant,
) -> impl IntoView {
    let live = live();
    let MyRow { card, trade } = row;
    let href = paths::auction(card.id);
    let (cover, art, alt) = (card.cover.clone(), card.art.clone(), card.title.clone());
    let card = StoredValue::new(card);
    let phase = Memo::new(move |_| card.with_value(|card| card.phase(live.now(now))));
    view! {
        <li class="row-item">
            <a class="row-media" href=href tabindex="-1" aria-hidden="true">
                <Thumb cover art alt sizes=IN_A_ROW />
            </a>
            {move || view! { <RowFacts shelf card=card.get_value() trade phase=phase.get() now /> }}
        </li>
    }
}

#[component]
fn RowFacts(shelf: Shelf, card: Card, trade: Option<MyTrade>, phase: Phase, now: Instant) -> impl IntoView {
    let (amount, note) = sum(&card, phase);
    let step = step(&card, trade, phase);
    let tags = tags(&card, phase);
    let label = format!("{}: {}", step.text, card.title);
    let (href, title) = (paths::auction(card.id), card.title.clone());
    view! {
        <div class="row-main">
            <p class="row-tags">{tags.into_iter().map(|tag| view! { <TagView tag /> }).collect_view()}</p>
            <p class="row-title">
                <a href=href>{title}</a>
            </p>
            <Meta shelf card phase now />
        </div>
        <p class="row-sum">
            <MoneyText amount size="is-m" />
            <span class="dim">{note}</span>
        </p>
        <div class="row-next">
            <a class=format!("btn {}", step.class) href=step.href aria-label=label>
                {step.text}
            </a>
        </div>
    }
}

#[component]
fn TagView(tag: Tag) -> impl IntoView {
    view! {
        <span class=format!(
            "tag {}",
            tag.tone,
        )>{(!tag.icon.is_empty()).then(|| view! { <Icon name=tag.icon /> })} {tag.text}</span>
    }
}

/// When, and how many.
#[component]
fn Meta(shelf: Shelf, card: Card, phase: Phase, now: Instant) -> impl IntoView {
    // Bought before its end, or taken back: the end that was set says nothing.
    let ended = card.closed_at.map(|at| tr!(mine.me.ended, at = day_time(at)).to_string());
    let hot = !matches!(card.standing, Standing::Outbid);
    let when = match phase {
        Phase::Scheduled => Some(tr!(mine.me.starts, at = day_time(card.starts_at)).to_string().into_any()),
        Phase::Running => Some(view! { <TimeLeft until=card.ends_at now hot /> }.into_any()),
        Phase::Closing => None,
        Phase::Over(_) => ended.map(IntoAny::into_any),
    };
    let counts = counts(shelf, &card);
    let dot = (when.is_some() && !counts.is_empty()).then_some(" · ");
    view! { <p class="row-meta">{when} {dot} {counts}</p> }
}

fn counts(shelf: Shelf, card: &Card) -> String {
    let mut counts = Vec::new();
    if card.bid_count > 0 {
        counts.push(tr!(mine.me.bids, count = card.bid_count).to_string());
    }
    if matches!(shelf, Shelf::Selling | Shelf::Watching) && card.watcher_count > 0 {
        counts.push(tr!(mine.me.watchers, count = card.watcher_count).to_string());
    }
    counts.join(" · ")
}
