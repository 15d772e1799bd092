//! Auctions, to find one.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    Instant,
    auction::StatusCode,
    text,
    view::{AuctionRows, StaffAuctionQuery, StaffAuctionRow},
};

use super::{
    frame::Frame,
    people::Find,
    refused,
    words::{more, person_link, status_tag, status_text},
};
use crate::{api, language::won, live::live, paths};

/// The page.
#[component]
pub fn StaffAuctions() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        let word = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        StaffAuctionQuery { q: word("q"), status: word("status"), after: word("after") }
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |(asked, _)| api::staff_auctions(asked),
    );
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(page) => view! { <Found page query=asked.get() /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Found(page: AuctionRows, query: StaffAuctionQuery) -> impl IntoView {
    let AuctionRows { rows, next, now } = page;
    let next = next
        .map(|next| paths::staff_auctions(&StaffAuctionQuery { after: next.to_string(), ..query.clone() }));
    view! {
        <Frame here=paths::ADMIN_AUCTIONS title=tr!(staff.auctions.title)>
            <form class="admin-search" method="get" action=paths::ADMIN_AUCTIONS>
                <Find q=query.q label=tr!(staff.auctions.find) />
                <Status chosen=query.status />
                <button class="btn btn-primary">{tr!(staff.find)}</button>
            </form>
            <AuctionTable rows now />
            {more(next)}
        </Frame>
    }
}

/// Which of them.
#[component]
fn Status(chosen: String) -> impl IntoView {
    const ALL: [StatusCode; 7] = [
        StatusCode::Live,
        StatusCode::Sold,
        StatusCode::Disputed,
        StatusCode::Settled,
        StatusCode::Refunded,
        StatusCode::Unsold,
        StatusCode::Cancelled,
    ];
    let option = |status: StatusCode| {
        view! {
            <option value=status.as_str() selected=chosen == status.as_str()>
                {status_text(status)}
            </option>
        }
    };
    let options = ALL.into_iter().map(option).collect_view();
    view! {
        <div class="field">
            <label class="label" for="status">
                {tr!(staff.auctions.status)}
            </label>
            <select class="select" id="status" name="status">
                <option value="">{tr!(staff.auctions.any)}</option>
                {options}
            </select>
        </div>
    }
}

/// Auctions as a table; on a phone as a list.
#[component]
pub fn AuctionTable(rows: Vec<StaffAuctionRow>, now: Instant) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="dim">{tr!(staff.auctions.empty)}</p> }.into_any();
    }
    view! {
        <div class="table-box" tabindex="0">
            <table class="data-table is-listing">
                <thead>
                    <tr>
                        <th scope="col">{tr!(staff.auctions.auction)}</th>
                        <th scope="col">{tr!(staff.auctions.status)}</th>
                        <th scope="col">{tr!(staff.auctions.seller)}</th>
                        <th scope="col" class="is-end">
                            {tr!(staff.auctions.price)}
                        </th>
                        <th scope="col" class="is-end">
                            {tr!(staff.auctions.bids)}
                        </th>
                        <th scope="col">{tr!(staff.auctions.ends_at)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row now /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: StaffAuctionRow, now: Instant) -> impl IntoView {
    view! {
        <tr>
            <td class="is-what is-wide min-w-48">
                <a class="text-link" href=paths::staff_auction(row.id)>
                    {row.title.clone()}
                </a>
            </td>
            <td class="is-kind">{status_tag(&row, now)}</td>
            <td class="is-balance" data-label=tr!(staff.auctions.seller)>
                {person_link(&row.seller)}
            </td>
            <td class="is-end is-sum num">{won(row.price)}</td>
            <td class="is-end is-balance-held num" data-label=tr!(staff.auctions.bids)>
                {row.bids}
            </td>
            <td class="is-when is-dim">
                <time datetime=text::machine(row.ends_at)>{text::day_time(row.ends_at)}</time>
            </td>
        </tr>
    }
}
