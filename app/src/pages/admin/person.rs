//! Somebody, with everything that staff need to know before they act. His money is shown, never changed.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::{
    Instant, text,
    view::{PersonPage, PersonRow, ReportRow, StaffAuctionQuery},
};

use super::{
    act_form::{Act, ActForm, Done},
    auctions::AuctionTable,
    frame::Frame,
    log::LogTable,
    people::state_tag,
    refused,
    reports::Reported,
};
use crate::{api, components::review::name_of, language::won, live::live, paths};

/// The page of the person that the address names.
#[component]
pub fn StaffPerson() -> impl IntoView {
    let (params, live) = (use_params_map(), live());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new_blocking(move || (id.get(), live.resync.get()), |(id, _)| api::staff_person(id));
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
fn Found(page: PersonPage) -> impl IntoView {
    let (row, now) = (page.row.clone(), page.now);
    let all = StaffAuctionQuery { q: row.username.clone(), ..StaffAuctionQuery::default() };
    view! {
        <Frame here=paths::ADMIN_USERS title=name_of(&row.person)>
            <Done forms=&["suspend_user", "unsuspend_user", "reset_devices"] />
            <div class="with-aside">
                <div>
                    <Facts page=page.clone() />
                    <section class="section" aria-labelledby="h-auctions">
                        <div class="section-head">
                            <h2 id="h-auctions">{tr!(staff.person.auctions)}</h2>
                            <a class="quiet-link" href=paths::staff_auctions(&all)>
                                {tr!(staff.person.all_auctions)}
                            </a>
                        </div>
                        <AuctionTable rows=page.auctions now />
                    </section>
                    <Reports rows=page.reports />
                    <section class="section" aria-labelledby="h-acts">
                        <div class="section-head">
                            <h2 id="h-acts">{tr!(staff.person.acts)}</h2>
                        </div>
                        <LogTable rows=page.acts />
                    </section>
                </div>
                <aside class="aside">
                    <Acts row />
                </aside>
            </div>
        </Frame>
    }
}

#[component]
fn Facts(page: PersonPage) -> impl IntoView {
    let row = page.row;
    let fact = |name: &'static str, value: String| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    };
    let since = |at: Instant| text::day_time(at);
    view! {
        <section class="box" aria-labelledby="h-facts">
            <div class="box-head">
                <h2 id="h-facts">{tr!(staff.person.facts)}</h2>
                {state_tag(&row)}
            </div>
            <dl class="facts">
                {fact(tr!(staff.people.username), row.username)}
                {fact(tr!(staff.people.region), row.region)} {fact(tr!(staff.people.since), since(row.since))}
                {row.suspended_at.map(|at| fact(tr!(staff.person.suspended_since), since(at)))}
                {fact(tr!(staff.person.money), won(page.money))}
                {fact(tr!(staff.person.escrow), won(page.escrow))}
                {fact(tr!(staff.person.leading), page.leading.to_string())}
                {fact(tr!(staff.person.devices), page.devices.to_string())}
            </dl>
            <p>
                <a class="text-link" href=paths::seller(row.person.id)>
                    {tr!(staff.person.public)}
                </a>
            </p>
        </section>
    }
}

#[component]
fn Reports(rows: Vec<ReportRow>) -> impl IntoView {
    let list = if rows.is_empty() {
        view! { <p class="dim">{tr!(staff.person.no_reports)}</p> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| view! { <li><Reported row /></li> });
        view! { <ul class="box qa">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="h-reports">
            <div class="section-head">
                <h2 id="h-reports">{tr!(staff.person.reports)}</h2>
            </div>
            {list}
        </section>
    }
}

/// What staff can do about him: nothing about each other but signing out, and nothing about who has left.
#[component]
fn Acts(row: PersonRow) -> impl IntoView {
    let id = row.person.id;
    let act = move |form| Act::new(form, "user_id", id);
    let suspension = match row.suspended_at {
        _ if row.is_staff => view! { <p class="hint">{tr!(staff.person.is_staff)}</p> }.into_any(),
        None => view! {
            <ActForm
                act=act("suspend_user")
                words=tr!(staff.person.suspend)
                hint=tr!(staff.person.suspend_hint)
                danger=true
            />
        }
        .into_any(),
        Some(_) => view! {
            <ActForm
                act=act("unsuspend_user")
                words=tr!(staff.person.unsuspend)
                hint=tr!(staff.person.unsuspend_hint)
            />
        }
        .into_any(),
    };
    let acts = if row.person.has_left {
        view! { <p class="hint">{tr!(staff.person.has_left)}</p> }.into_any()
    } else {
        view! {
            {suspension}
            <ActForm
                act=act("reset_devices")
                words=tr!(staff.person.reset)
                hint=tr!(staff.person.reset_hint)
                danger=true
            />
        }
        .into_any()
    };
    view! {
        <section class="box form-stack" aria-labelledby="h-do">
            <h2 id="h-do">{tr!(staff.person.do_something)}</h2>
            {acts}
        </section>
    }
}
