//! The terms of the auction in words, and who sells.

use leptos::prelude::*;
use market::{
    Increment, Settlement, SoftClose, text,
    view::{ReportSubject, SellerCard},
};

use super::{here::Here, stand::Stand};
use crate::{
    components::ReportForm,
    language::{language, won},
    paths,
};

/// What was fixed at opening.
#[component]
pub fn Facts(here: Here) -> impl IntoView {
    let about = here.about.get_value();
    let settlement = match about.settlement {
        Settlement::OnClose => tr!(auction.facts.on_close),
        Settlement::OnHandover => tr!(auction.facts.on_handover),
    };
    let reserve = move || {
        here.state.read().reserve_met.map(|met| {
            let words = if met { tr!(auction.facts.reserve_met) } else { tr!(auction.facts.reserve_unmet) };
            view! {
                <dt>{tr!(auction.facts.reserve)}</dt>
                <dd>{words}</dd>
            }
        })
    };
    let reportable = move || {
        let own = here.stand.get() == Stand::Seller;
        (!own).then(|| {
            view! {
                <div class="box-report">
                    <ReportForm subject=ReportSubject::Auction(here.id) />
                </div>
            }
        })
    };
    view! {
        <section class="box" aria-labelledby="h-facts">
            <div class="box-head">
                <h2 id="h-facts">{tr!(auction.facts.title)}</h2>
            </div>
            <dl class="facts">
                <dt>{tr!(auction.facts.start_price)}</dt>
                <dd>{won(about.start_price)}</dd>
                <dt>{tr!(auction.facts.increment)}</dt>
                <dd>{increment_text(&about.increment)}</dd>
                {about
                    .buy_now
                    .map(|price| {
                        view! {
                            <dt>{tr!(auction.facts.buy_now)}</dt>
                            <dd>{won(price)}</dd>
                        }
                    })}
                {reserve}
                <dt>{tr!(auction.facts.ends)}</dt>
                <dd>{move || text::day_time(here.state.read().ends_at)}</dd>
                <dt>{tr!(auction.facts.settlement)}</dt>
                <dd>{settlement}</dd>
            </dl>
            <p class="chart-note">{move || soft_close_text(here, about.soft_close)}</p>
            {(about.settlement == Settlement::OnHandover)
                .then(|| view! { <p class="chart-note">{tr!(auction.facts.escrow_explained)}</p> })}
            {reportable}
        </section>
    }
}

/// The step, or the bands of a ladder.
fn increment_text(increment: &Increment) -> String {
    match increment {
        Increment::Fixed { unit } => tr!(auction.facts.unit, amount = won(*unit)).to_string(),
        Increment::Ladder { bands } => {
            let short = |amount| text::short(amount, language());
            let band = |band: &market::Band| match band.below {
                Some(below) => {
                    tr!(auction.facts.band, below = short(below), step = short(band.step)).to_string()
                }
                None => tr!(auction.facts.last_band, step = short(band.step)).to_string(),
            };
            bands.iter().map(band).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// How late bids move the end, and where that stops.
fn soft_close_text(here: Here, soft: Option<SoftClose>) -> String {
    let (Some(soft), Some(stop)) = (soft, here.state.read().hard_stop_at) else {
        return tr!(auction.facts.exact_end).to_owned();
    };
    tr!(
        auction.facts.soft_close,
        window = span(soft.window),
        extension = span(soft.extension),
        stop = text::day_time(stop)
    )
    .to_string()
}

/// `2분`, `10초`.
#[must_use]
pub fn span(seconds: i64) -> String {
    if seconds % 60 == 0 {
        tr!(auction.facts.minutes, number = seconds / 60).to_string()
    } else {
        tr!(auction.facts.seconds, number = seconds).to_string()
    }
}

/// Who sells: a new seller is new, and has no score.
#[component]
pub fn Seller(seller: SellerCard) -> impl IntoView {
    let page = paths::seller(seller.id);
    let name = if seller.has_left { tr!(reviews.gone).to_owned() } else { seller.nickname };
    let initial: String = name.chars().take(1).collect();
    let standing = match seller.score {
        Some(score) => {
            let (score, count) = (tr!(reviews.score, score = score), seller.review_count);
            format!("{score} · {}", tr!(reviews.count, count = count))
        }
        None => tr!(reviews.fresh).to_owned(),
    };
    let sold = (seller.sold_count > 0).then(|| tr!(auction.seller.sold, number = seller.sold_count));
    let running = tr!(auction.seller.running, number = seller.running_count);
    let trades = match sold {
        Some(sold) => format!("{sold} · {running}"),
        None => running,
    };
    view! {
        <section class="box" aria-label=tr!(auction.seller.title)>
            <div class="person">
                <span class="avatar is-l" aria-hidden="true">
                    {initial}
                </span>
                <div>
                    <p class="person-name">
                        <a href=page.clone()>{name}</a>
                    </p>
                    <p class="person-meta">{standing}</p>
                    <p class="person-meta">{trades}</p>
                </div>
                <a class="btn btn-ghost btn-s" href=page>
                    {tr!(auction.seller.page)}
                </a>
            </div>
        </section>
    }
}
