//! An auction as staff see it, and how they take it back.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{
    Instant, text,
    view::{AuctionFacts, StaffAuctionRow},
};

use super::{
    act_form::{Act, ActForm, Done},
    frame::Frame,
    log::LogTable,
    refused,
    words::{person_link, status_tag},
};
use crate::{api, language::won, live::live, paths};

/// The page of the auction that the address names.
#[component]
pub fn StaffAuction() -> impl IntoView {
    let (params, live) = (use_params_map(), live());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page =
        Resource::new_blocking(move || (id.get(), live.resync.get()), |(id, _)| api::staff_auction(id));
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(page) => view! { <Found page /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Found(page: AuctionFacts) -> impl IntoView {
    let AuctionFacts { row, cancellable, acts, now } = page;
    let act = Act::new("staff_cancel", "auction_id", row.id);
    let cancel = if cancellable {
        let hint = tr!(staff.auction.cancel_hint).to_string();
        view! { <ActForm act words=tr!(staff.auction.cancel) hint danger=true /> }.into_any()
    } else {
        view! { <p class="hint">{tr!(staff.auction.over)}</p> }.into_any()
    };
    view! {
        <Frame here=paths::ADMIN_AUCTIONS title=row.title.clone()>
            <Done forms=&["staff_cancel"] />
            <div class="with-aside">
                <div>
                    <Facts row now />
                    <section class="section" aria-labelledby="h-acts">
                        <div class="section-head">
                            <h2 id="h-acts">{tr!(staff.person.acts)}</h2>
                        </div>
                        <LogTable rows=acts />
                    </section>
                </div>
                <aside class="aside">
                    <section class="box form-stack" aria-labelledby="h-do">
                        <h2 id="h-do">{tr!(staff.person.do_something)}</h2>
                        {cancel}
                    </section>
                </aside>
            </div>
        </Frame>
    }
}

#[component]
fn Facts(row: StaffAuctionRow, now: Instant) -> impl IntoView {
    let bidder = row.bidder.as_ref().map(|bidder| {
        view! {
            <dt>{tr!(staff.auction.bidder)}</dt>
            <dd>{person_link(bidder)}</dd>
        }
    });
    view! {
        <section class="box" aria-labelledby="h-facts">
            <div class="box-head">
                <h2 id="h-facts">{tr!(staff.auction.facts)}</h2>
                {status_tag(&row, now)}
            </div>
            <dl class="facts">
                <dt>{tr!(staff.auctions.seller)}</dt>
                <dd>{person_link(&row.seller)}</dd>
                {bidder}
                <dt>{tr!(staff.auctions.price)}</dt>
                <dd>{won(row.price)}</dd>
                <dt>{tr!(staff.auctions.bids)}</dt>
                <dd>{row.bids}</dd>
                <dt>{tr!(staff.auction.starts_at)}</dt>
                <dd>{text::day_time(row.starts_at)}</dd>
                <dt>{tr!(staff.auctions.ends_at)}</dt>
                <dd>{text::day_time(row.ends_at)}</dd>
            </dl>
            <p>
                <a class="text-link" href=paths::auction(row.id)>
                    {tr!(staff.dispute.auction)}
                </a>
            </p>
        </section>
    }
}
