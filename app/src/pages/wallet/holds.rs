//! Every hold, with its auction.

use leptos::prelude::*;
use market::{Instant, Money, view::Hold};

use crate::{
    components::{MoneyText, Thumb, picture::IN_A_ROW},
    language::won,
    pages::me::left::TimeLeft,
    paths,
};

/// The money behind bids, auction by auction; nothing where there is none.
#[component]
pub fn Holds(
    /// What ends next first.
    holds: Vec<Hold>,
    /// The page's time.
    now: Instant,
) -> impl IntoView {
    if holds.is_empty() {
        return ().into_any();
    }
    let total = holds.iter().fold(Money::ZERO, |sum, hold| sum + hold.amount);
    let count = tr!(mine.holds.count, count = holds.len(), total = won(total)).to_string();
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(mine.holds.title)}</h2>
                <span class="dim num">{count}</span>
            </div>
            <div class="box">
                <ul class="rows is-plain">
                    {holds.into_iter().map(|hold| view! { <HoldRow hold now /> }).collect_view()}
                </ul>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn HoldRow(hold: Hold, now: Instant) -> impl IntoView {
    let href = paths::auction(hold.auction);
    view! {
        <li class="row-item">
            <a class="row-media" href=href.clone() tabindex="-1" aria-hidden="true">
                <Thumb cover=hold.cover art=hold.art alt=hold.title.clone() sizes=IN_A_ROW />
            </a>
            <div class="row-main">
                <p class="row-title">
                    <a href=href>{hold.title}</a>
                </p>
                <p class="row-meta">
                    {tr!(common.standing.leading)} " · " <TimeLeft until=hold.ends_at now hot=true />
                </p>
            </div>
            <p class="row-sum">
                <MoneyText amount=hold.amount />
                <span class="dim">{tr!(mine.holds.price, amount = won(hold.price)).to_string()}</span>
            </p>
        </li>
    }
}
