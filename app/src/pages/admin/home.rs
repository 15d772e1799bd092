//! Where staff begin: what waits, and what was done last.

use leptos::prelude::*;
use market::{
    auction::StatusCode,
    view::{StaffAuctionQuery, StaffHome},
};

use super::{frame::Frame, log::LogTable, refused};
use crate::{api, live::live, paths};

/// The page.
#[component]
pub fn Admin() -> impl IntoView {
    let live = live();
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::staff_index());
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
fn Found(page: StaffHome) -> impl IntoView {
    let running =
        StaffAuctionQuery { status: StatusCode::Live.as_str().to_owned(), ..StaffAuctionQuery::default() };
    let waits = [
        (paths::ADMIN_REPORTS.to_owned(), tr!(staff.home.open_reports), page.open_reports),
        (paths::DISPUTES.to_owned(), tr!(staff.home.open_disputes), page.open_disputes),
        (paths::staff_people("", true, None), tr!(staff.home.suspended), page.suspended),
        (paths::staff_questions(true, None), tr!(staff.home.hidden_questions), page.hidden_questions),
        (paths::staff_auctions(&running), tr!(staff.home.live_auctions), page.live_auctions),
    ];
    let wait = |(href, words, count): (String, &'static str, i64)| {
        view! {
            <li>
                <a class="admin-count" href=href>
                    <span class="figure-label">{words}</span>
                    <b class="num">{count}</b>
                </a>
            </li>
        }
    };
    view! {
        <Frame here=paths::ADMIN title=tr!(staff.title) lead=tr!(staff.home.lead)>
            <ul class="admin-counts">{waits.map(wait).collect_view()}</ul>
            <section class="section" aria-labelledby="h-acts">
                <div class="section-head">
                    <h2 id="h-acts">{tr!(staff.home.acts)}</h2>
                    <a class="quiet-link" href=paths::ADMIN_LOG>
                        {tr!(staff.home.all_acts)}
                    </a>
                </div>
                <LogTable rows=page.acts />
            </section>
        </Frame>
    }
}
