//! The statement: every change of the wallet with the balances after it. A table that is a list on a phone.

use leptos::prelude::*;
use market::{
    Money,
    text::{day_time, digits, machine, signed},
    view::{StatementQuery, StatementRow},
    wallet::LedgerKind,
};

use super::narrow::{Narrow, is_narrowed};
use crate::{components::Art, paths};

/// One page of the statement.
#[component]
pub fn Statement(
    /// Newest first.
    rows: Vec<StatementRow>,
    /// The row behind which the next page begins.
    next: Option<i64>,
    /// What of the address could not be read.
    ignored: Vec<String>,
    /// As the statement is narrowed.
    query: StatementQuery,
) -> impl IntoView {
    let (older, narrowed) = (!query.after.is_empty(), is_narrowed(&query));
    let page_at = {
        let query = query.clone();
        move |after: String| paths::statement(&StatementQuery { after, ..query.clone() })
    };
    let newest = older.then(|| {
        view! {
            <a class="quiet-link" href=page_at(String::new())>
                {tr!(mine.statement.newest)}
            </a>
        }
    });
    // A wallet without rows has nothing to narrow.
    let narrow = (narrowed || older || !rows.is_empty()).then(|| view! { <Narrow query ignored /> });
    view! {
        <section class="section" id=paths::STATEMENT>
            <div class="section-head">
                <h2>{tr!(mine.statement.title)}</h2>
                {newest}
            </div>
            {narrow}
            {if rows.is_empty() {
                view! { <NoRows older narrowed /> }.into_any()
            } else {
                view! { <Rows rows /> }.into_any()
            }}
            {next
                .map(|row| {
                    view! {
                        <p class="more">
                            <a class="btn btn-ghost btn-l" rel="next" href=page_at(row.to_string())>
                                {tr!(mine.statement.older)}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Rows(rows: Vec<StatementRow>) -> impl IntoView {
    view! {
        <div class="table-box">
            <table class="data-table is-listing">
                <thead>
                    <tr>
                        <th scope="col">{tr!(mine.statement.when)}</th>
                        <th scope="col">{tr!(mine.statement.kind)}</th>
                        <th scope="col">{tr!(mine.statement.what)}</th>
                        <th scope="col" class="is-end">
                            {tr!(mine.statement.available)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(mine.statement.held)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(mine.statement.balance)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(mine.statement.balance_held)}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: StatementRow) -> impl IntoView {
    let (tone, kind) = kind(&row);
    view! {
        <tr>
            <td class="is-when is-dim num">
                <time datetime=machine(row.at)>{day_time(row.at)}</time>
            </td>
            <td class="is-kind">
                <span class=format!("tag {tone}")>{kind}</span>
            </td>
            <td class="is-what is-wide">
                {match row.auction {
                    Some((id, title)) => view! { <a href=paths::auction(id)>{title}</a> }.into_any(),
                    None => tr!(mine.statement.by_test).into_any(),
                }}
            </td>
            <td class=format!("is-end is-sum num {}", sign(row.available))>{signed(row.available)}</td>
            <td
                class=format!("is-end is-held num {}", if row.held.is_zero() { "is-zero" } else { "" })
                data-label=tr!(mine.statement.held)
            >
                {signed(row.held)}
            </td>
            <td class="is-end is-dim is-balance num" data-label=tr!(mine.statement.balance)>
                {digits(row.available_after)}
            </td>
            <td class="is-end is-dim is-balance-held num" data-label=tr!(mine.statement.balance_held)>
                {digits(row.held_after)}
            </td>
        </tr>
    }
}

fn sign(change: Money) -> &'static str {
    match change {
        change if change.is_zero() => "is-zero",
        change if change.is_positive() => "is-plus",
        _ => "",
    }
}

/// The tag of a row: its tone and words. Of two kinds the ledger knows two sorts (rules, *Words*): a refund
/// out of escrow, and a purchase at the buy-now price.
fn kind(row: &StatementRow) -> (&'static str, &'static str) {
    match row.kind {
        LedgerKind::Deposit => ("", tr!(mine.kind.deposit)),
        LedgerKind::BidLock => ("is-good", tr!(mine.kind.bid_lock)),
        LedgerKind::BidRefund if row.held.is_zero() => ("", tr!(mine.kind.refund)),
        LedgerKind::BidRefund => ("", tr!(mine.kind.bid_refund)),
        LedgerKind::Payment if row.held.is_zero() => ("is-moving", tr!(mine.kind.purchase)),
        LedgerKind::Payment => ("is-moving", tr!(mine.kind.payment)),
        LedgerKind::Earning => ("is-moving", tr!(mine.kind.earning)),
        LedgerKind::Withdrawal => ("is-line", tr!(mine.kind.withdrawal)),
    }
}

/// A new wallet, nothing that fits, or the end of the statement.
#[component]
fn NoRows(older: bool, narrowed: bool) -> impl IntoView {
    if older || narrowed {
        let (title, text) = if older {
            (tr!(mine.statement.end_title), tr!(mine.statement.end_text))
        } else {
            (tr!(mine.statement.none_title), tr!(mine.statement.none_text))
        };
        return view! {
            <div class="empty">
                <h3>{title}</h3>
                <p>{text}</p>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <Art name="coin" />
            <h3>{tr!(mine.statement.empty_title)}</h3>
            <p>{tr!(mine.statement.empty_text)}</p>
            <div class="btn-row">
                <a class="btn btn-soft" href="#deposit" rel="external">
                    {tr!(mine.wallet.deposit)}
                </a>
            </div>
        </div>
    }
    .into_any()
}
