//! What staff look at before they decide: who, how much, and where the money is.

use leptos::prelude::*;
use market::{
    Money, text,
    view::{DisputePage, Neighbour, SaleRow, Trade},
    wallet::LedgerKind,
};

use crate::{
    components::{review::name_of, trade::side_text},
    language::won,
    paths,
};

/// The sale.
#[component]
pub fn Facts(trade: Trade) -> impl IntoView {
    view! {
        <section class="box" aria-labelledby="h-facts">
            <div class="box-head">
                <h2 id="h-facts">{tr!(staff.dispute.facts)}</h2>
                <a class="quiet-link" href=paths::auction(trade.auction)>
                    {tr!(staff.dispute.auction)}
                </a>
            </div>
            <dl class="facts">
                <dt>{tr!(staff.dispute.paid)}</dt>
                <dd>{won(trade.paid)}</dd>
                <dt>{tr!(staff.dispute.buyer)}</dt>
                <dd>{person_link(&trade.buyer)}</dd>
                <dt>{tr!(staff.dispute.seller)}</dt>
                <dd>{person_link(&trade.seller)}</dd>
            </dl>
        </section>
    }
}

fn person_link(person: &Neighbour) -> impl IntoView + use<> {
    view! {
        <a class="text-link" href=paths::seller(person.id)>
            {name_of(person)}
        </a>
    }
}

/// The ledger rows that moved the sale's money.
#[component]
pub fn Ledger(page: DisputePage) -> impl IntoView {
    let DisputePage { rows, trade, .. } = page;
    let row = move |row: SaleRow| {
        view! {
            <tr>
                <td>
                    <time datetime=text::machine(row.at)>{text::day_time(row.at)}</time>
                </td>
                <td class="is-wide min-w-32">{side_text(row.side, &trade.buyer, &trade.seller)}</td>
                <td>{kind_text(row.kind, row.available)}</td>
                <td class="is-end num">{text::signed(row.available)}</td>
                <td class="is-end num">{text::signed(row.held)}</td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="h-ledger">
            <div class="section-head">
                <h2 id="h-ledger">{tr!(staff.dispute.ledger)}</h2>
            </div>
            <div class="table-box" tabindex="0">
                <table class="data-table">
                    <thead>
                        <tr>
                            <th scope="col">{tr!(staff.dispute.when)}</th>
                            <th scope="col">{tr!(staff.dispute.who)}</th>
                            <th scope="col">{tr!(staff.dispute.kind)}</th>
                            <th scope="col" class="is-end">
                                {tr!(staff.dispute.available)}
                            </th>
                            <th scope="col" class="is-end">
                                {tr!(staff.dispute.held)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// The words of the statement.
fn kind_text(kind: LedgerKind, available: Money) -> &'static str {
    match kind {
        LedgerKind::Payment if available.is_negative() => tr!(mine.kind.purchase),
        LedgerKind::Payment => tr!(mine.kind.payment),
        LedgerKind::Earning => tr!(mine.kind.earning),
        LedgerKind::BidRefund => tr!(mine.kind.refund),
        LedgerKind::BidLock => tr!(mine.kind.bid_lock),
        LedgerKind::Deposit => tr!(mine.kind.deposit),
        LedgerKind::Withdrawal => tr!(mine.kind.withdrawal),
    }
}
