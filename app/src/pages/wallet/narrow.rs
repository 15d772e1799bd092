//! Over the statement: which kinds, which days, which auction, and the same rows as a file. Links and a GET
//! form, which work without scripts.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use market::{
    view::{StatementFilter, StatementQuery},
    wallet::LedgerKind,
};

use crate::{
    components::{
        Icon,
        chips::chosen_in_sight,
        query_form::{hidden, typed},
    },
    paths,
};

/// The filters as the address says them.
pub fn read(get: impl Fn(&str) -> Option<String>) -> StatementQuery {
    let get = |name| get(name).unwrap_or_default();
    StatementQuery {
        kind: get("kind"),
        from: get("from"),
        to: get("to"),
        auction: get("auction"),
        after: get("after"),
    }
}

/// Whether anything but the page is asked for.
pub fn is_narrowed(query: &StatementQuery) -> bool {
    StatementQuery { after: String::new(), ..query.clone() } != StatementQuery::default()
}

/// The chips, the days, the file.
#[component]
pub fn Narrow(
    /// As the statement is narrowed now.
    query: StatementQuery,
    /// What of it could not be read.
    ignored: Vec<String>,
) -> impl IntoView {
    let filter = StatementFilter::read(&query);
    let file = paths::statement_file(&query);
    let row = chosen_in_sight();
    let kinds = [None].into_iter().chain(LedgerKind::ALL.map(Some));
    let chip = |kind: Option<LedgerKind>| {
        let word = kind.map_or("", LedgerKind::as_str).to_owned();
        let href = paths::statement(&StatementQuery { kind: word, after: String::new(), ..query.clone() });
        view! {
            <li>
                <a class="chip" href=href aria-current=(kind == filter.kind).then_some("true")>
                    {kind.map_or_else(|| tr!(mine.statement.all), kind_name)}
                </a>
            </li>
        }
    };
    let hint = (!ignored.is_empty()).then(|| {
        view! {
            <div class="notice is-info" role="status">
                <Icon name="info" />
                <p>{tr!(mine.statement.ignored)}</p>
            </div>
        }
    });
    view! {
        <ul class="chips" node_ref=row aria-label=tr!(mine.statement.kinds)>
            {kinds.map(chip).collect_view()}
        </ul>
        <div class="statement-tools">
            <Days query=query.clone() />
            <a class="btn btn-ghost" href=file download rel="external">
                <Icon name="save" size="is-s" />
                {tr!(mine.statement.file)}
            </a>
        </div>
        {filter.auction.map(|_| view! { <OneAuction query /> })}
        {hint}
    }
}

/// The words of a kind, as a filter.
fn kind_name(kind: LedgerKind) -> &'static str {
    match kind {
        LedgerKind::Deposit => tr!(mine.kind.deposit),
        LedgerKind::BidLock => tr!(mine.kind.bid_lock),
        LedgerKind::BidRefund => tr!(mine.kind.refunds),
        LedgerKind::Payment => tr!(mine.kind.payments),
        LedgerKind::Earning => tr!(mine.kind.earning),
        LedgerKind::Withdrawal => tr!(mine.kind.withdrawal),
    }
}

/// From which day to which.
#[component]
fn Days(query: StatementQuery) -> impl IntoView {
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        if let Some(typed) = typed(&event).map(read) {
            event.prevent_default();
            navigate(&paths::statement(&typed), NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    view! {
        <form class="statement-days" method="get" action=paths::WALLET on:submit=submit>
            {hidden("kind", query.kind)}
            {hidden("auction", query.auction)}
            <div class="field">
                <label class="label" for="statement-from">
                    {tr!(mine.statement.from)}
                </label>
                <input class="input" type="date" id="statement-from" name="from" value=query.from />
            </div>
            <div class="field">
                <label class="label" for="statement-to">
                    {tr!(mine.statement.to)}
                </label>
                <input class="input" type="date" id="statement-to" name="to" value=query.to />
            </div>
            <button class="btn btn-soft">{tr!(mine.statement.show)}</button>
        </form>
    }
}

/// Only the rows of one auction are shown; back to all of them.
#[component]
fn OneAuction(query: StatementQuery) -> impl IntoView {
    let all = paths::statement(&StatementQuery { auction: String::new(), after: String::new(), ..query });
    view! {
        <div class="applied">
            <a class="chip is-applied" href=all>
                {tr!(mine.statement.one_auction)}
                <Icon name="close" size="is-s" />
                <span class="sr-only">{tr!(mine.statement.all)}</span>
            </a>
        </div>
    }
}
