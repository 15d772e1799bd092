//! The ledger audit: every invariant of the market in words, with its figures, run as the page is read.

use leptos::prelude::*;
use market::{
    AuctionId, Money, UserId, text,
    view::{AuditFigure, AuditSubject, AuditViolation, Invariant, LedgerAudit},
};

use super::{frame::Frame, refused};
use crate::{api, components::Icon, language::won, live::live, paths};

/// The page.
#[component]
pub fn StaffLedger() -> impl IntoView {
    let live = live();
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::staff_ledger());
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(audit) => view! { <Audit audit /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Audit(audit: LedgerAudit) -> impl IntoView {
    let violations = audit.violations();
    let ran = tr!(figures.ledger.ran, at = exact(audit.at), took = audit.took_ms).to_string();
    let last = match &audit.last {
        Some(last) => tr!(figures.ledger.last, at = exact(last.at), count = last.violations).to_string(),
        None => tr!(figures.ledger.never).to_owned(),
    };
    let broken: Vec<_> = audit.figures.iter().filter(|figure| figure.violations > 0).cloned().collect();
    view! {
        <Frame here=paths::ADMIN_LEDGER title=tr!(figures.ledger.title) lead=tr!(figures.ledger.lead)>
            {verdict(violations)}
            <p class="hint my-3">{ran} " " {last}</p>
            <Table figures=audit.figures />
            {broken.into_iter().map(|figure| view! { <Violations figure /> }).collect_view()}
        </Frame>
    }
}

fn verdict(violations: i64) -> impl IntoView {
    let (class, icon, words) = if violations == 0 {
        ("notice is-good", "check", tr!(figures.ledger.sound).to_owned())
    } else {
        ("notice is-bad", "alert", tr!(figures.ledger.broken, count = violations).to_string())
    };
    view! {
        <div class=class role="status">
            <Icon name=icon />
            <p>{words}</p>
        </div>
    }
}

#[component]
fn Table(figures: Vec<AuditFigure>) -> impl IntoView {
    view! {
        <div class="table-box" tabindex="0">
            <table class="data-table">
                <caption class="sr-only">{tr!(figures.ledger.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(figures.ledger.invariant)}</th>
                        <th scope="col" class="is-end">
                            {tr!(figures.ledger.one_side)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(figures.ledger.other_side)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(figures.ledger.difference)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(figures.ledger.subjects)}
                        </th>
                        <th scope="col">{tr!(figures.ledger.outcome)}</th>
                    </tr>
                </thead>
                <tbody>{figures.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(figure: AuditFigure) -> impl IntoView {
    let (one_word, other_word) = sides(figure.invariant);
    let side = |amount| value(figure.invariant, amount);
    let outcome = if figure.violations == 0 {
        view! {
            <span class="tag is-good">
                <Icon name="check" />
                {tr!(figures.ledger.ok)}
            </span>
        }
        .into_any()
    } else {
        let words = tr!(figures.ledger.violations, count = figure.violations).to_string();
        view! {
            <a class="tag is-bad" href=format!("#{}", anchor(figure.invariant))>
                <Icon name="alert" />
                {words}
            </a>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" class="is-wide min-w-48">
                {invariant_name(figure.invariant)}
            </th>
            <td class="is-end num">
                {side(figure.one_side)} <br /> <small class="dim">{one_word}</small>
            </td>
            <td class="is-end num">
                {side(figure.other_side)} <br /> <small class="dim">{other_word}</small>
            </td>
            <td class="is-end num">{side(figure.one_side - figure.other_side)}</td>
            <td class="is-end num">{text::digits(Money::won(figure.subjects))}</td>
            <td>{outcome}</td>
        </tr>
    }
}

/// Where an invariant does not hold, each with the way there.
#[component]
fn Violations(figure: AuditFigure) -> impl IntoView {
    let invariant = figure.invariant;
    let hidden = figure.violations - i64::try_from(figure.first.len()).unwrap_or(i64::MAX);
    let more = (hidden > 0).then(|| tr!(figures.ledger.more, count = hidden).to_string());
    let place = move |violation: AuditViolation| {
        let (one, other) = (value(invariant, violation.one_side), value(invariant, violation.other_side));
        let sides = tr!(figures.ledger.sides, one = one, other = other).to_string();
        view! { <li>{subject(violation.subject)} " " <span class="num">{sides}</span></li> }
    };
    view! {
        <section class="section" id=anchor(invariant)>
            <div class="section-head">
                <h2>{invariant_name(invariant)}</h2>
            </div>
            <ul class="audit-places">{figure.first.into_iter().map(place).collect_view()}</ul>
            {more.map(|more| view! { <p class="hint">{more}</p> })}
        </section>
    }
}

fn subject(subject: AuditSubject) -> AnyView {
    match subject {
        AuditSubject::User(UserId(id)) => view! {
            <a class="text-link" href=paths::staff_person(UserId(id))>
                {tr!(figures.ledger.user, id = id).to_string()}
            </a>
        }
        .into_any(),
        AuditSubject::Auction(AuctionId(id)) => view! {
            <a class="text-link" href=paths::staff_auction(AuctionId(id))>
                {tr!(figures.ledger.auction, id = id).to_string()}
            </a>
        }
        .into_any(),
        AuditSubject::Market => view! { <b>{tr!(figures.ledger.market)}</b> }.into_any(),
    }
}

/// Day, hour and second: two runs may be a minute apart.
fn exact(at: market::Instant) -> String {
    let day_time = text::day_time(at);
    let day = day_time.split(' ').next().unwrap_or_default();
    format!("{day} {}", text::clock(at))
}

fn value(invariant: Invariant, amount: i64) -> String {
    let amount = Money::won(amount);
    if invariant.is_of_money() { won(amount) } else { text::digits(amount) }
}

fn anchor(invariant: Invariant) -> String {
    invariant.as_str().replace(' ', "-")
}

/// An invariant as people say it.
pub fn invariant_name(invariant: Invariant) -> &'static str {
    match invariant {
        Invariant::LedgerSums => tr!(figures.invariant.ledger_sums),
        Invariant::HeldIsHolds => tr!(figures.invariant.held_is_holds),
        Invariant::MoneyConserved => tr!(figures.invariant.money_conserved),
        Invariant::BalancesRun => tr!(figures.invariant.balances_run),
        Invariant::NotBelowZero => tr!(figures.invariant.not_below_zero),
        Invariant::PriceInHold => tr!(figures.invariant.price_in_hold),
        Invariant::HoldHasLeader => tr!(figures.invariant.hold_has_leader),
        Invariant::BidsCounted => tr!(figures.invariant.bids_counted),
        Invariant::BiddersCounted => tr!(figures.invariant.bidders_counted),
    }
}

/// What its two sides are.
fn sides(invariant: Invariant) -> (&'static str, &'static str) {
    match invariant {
        Invariant::LedgerSums => (tr!(figures.side.ledger), tr!(figures.side.wallets)),
        Invariant::HeldIsHolds => (tr!(figures.side.held), tr!(figures.side.holds)),
        Invariant::MoneyConserved => (tr!(figures.side.all_money), tr!(figures.side.came)),
        Invariant::BalancesRun => (tr!(figures.side.newest), tr!(figures.side.wallets)),
        Invariant::NotBelowZero => (tr!(figures.side.sound_wallets), tr!(figures.side.all_wallets)),
        Invariant::PriceInHold => (tr!(figures.side.sound_auctions), tr!(figures.side.led)),
        Invariant::HoldHasLeader => (tr!(figures.side.held_by_none), tr!(figures.side.nothing)),
        Invariant::BidsCounted => (tr!(figures.side.bids_said), tr!(figures.side.bids)),
        Invariant::BiddersCounted => (tr!(figures.side.bidders_said), tr!(figures.side.bidders)),
    }
}
