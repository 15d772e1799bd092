//! The disputes: those that wait, oldest first, and those that are over.

use leptos::prelude::*;
use market::{
    auction::StatusCode,
    text,
    trade::{SettledBy, Side},
    view::{DisputeList, DisputeRow},
};

use super::{frame::Frame, refused};
use crate::{
    api,
    components::{
        review::name_of,
        trade::{TurnTag, complaint_text},
    },
    language::won,
    live::live,
    paths,
};

/// The page.
#[component]
pub fn StaffDisputes() -> impl IntoView {
    let live = live();
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::disputes());
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(list) => view! { <Lists list /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Lists(list: DisputeList) -> impl IntoView {
    let (open, over) = (list.open, list.over);
    let waiting = open.len();
    view! {
        <Frame here=paths::DISPUTES title=tr!(staff.disputes.title) lead=tr!(staff.disputes.lead)>
            <section class="section" aria-labelledby="h-open">
                <div class="section-head">
                    <h2 id="h-open">
                        {tr!(staff.disputes.open)} " " <span class="count">{waiting}</span>
                    </h2>
                </div>
                <Table rows=open last=tr!(staff.disputes.turn) empty=tr!(staff.disputes.open_empty) />
            </section>
            <section class="section" aria-labelledby="h-over">
                <div class="section-head">
                    <h2 id="h-over">{tr!(staff.disputes.over)}</h2>
                </div>
                <Table rows=over last=tr!(staff.disputes.outcome) empty=tr!(staff.disputes.over_empty) />
            </section>
        </Frame>
    }
}

#[component]
fn Table(rows: Vec<DisputeRow>, last: &'static str, empty: &'static str) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="dim">{empty}</p> }.into_any();
    }
    view! {
        <div class="table-box" tabindex="0">
            <table class="data-table">
                <thead>
                    <tr>
                        <th scope="col">{tr!(staff.disputes.auction)}</th>
                        <th scope="col">{tr!(staff.disputes.complaint)}</th>
                        <th scope="col" class="is-end">
                            {tr!(staff.disputes.paid)}
                        </th>
                        <th scope="col">{tr!(staff.disputes.parties)}</th>
                        <th scope="col">{tr!(staff.disputes.opened_at)}</th>
                        <th scope="col">{last}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: DisputeRow) -> impl IntoView {
    let outcome = outcome(&row);
    let end = row.end.map(|end| view! { <span class="dim">" " {text::day_time(end.at)}</span> });
    view! {
        <tr>
            <td class="is-wide min-w-48">
                <a class="text-link" href=paths::staff_dispute(row.auction)>
                    {row.title}
                </a>
            </td>
            <td>{complaint_text(row.complaint)}</td>
            <td class="is-end num">{won(row.paid)}</td>
            <td>{format!("{} → {}", name_of(&row.buyer), name_of(&row.seller))}</td>
            <td>
                <time datetime=text::machine(row.opened_at)>{text::day_time(row.opened_at)}</time>
            </td>
            <td>
                {match outcome {
                    None => view! { <TurnTag turn=row.turn side=Side::Staff /> }.into_any(),
                    Some(outcome) => view! { <span class="tag is-line">{outcome}</span> {end} }.into_any(),
                }}
            </td>
        </tr>
    }
}

/// How it ended, once it has.
fn outcome(row: &DisputeRow) -> Option<&'static str> {
    match (row.status, row.end.map(|end| end.by)) {
        (StatusCode::Disputed, _) => None,
        (StatusCode::Refunded, _) => Some(tr!(staff.disputes.refunded)),
        (_, Some(SettledBy::Staff)) => Some(tr!(staff.disputes.settled_by_staff)),
        _ => Some(tr!(staff.disputes.settled_by_buyer)),
    }
}
