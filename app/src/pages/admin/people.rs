//! People, to find somebody.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    text,
    view::{PeoplePage, PersonRow},
};

use super::{
    frame::Frame,
    refused,
    words::{more, person_link},
};
use crate::{api, components::Icon, live::live, paths};

/// The page.
#[component]
pub fn StaffPeople() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        query.with(|query| ["q", "suspended", "after"].map(|name| query.get(name).unwrap_or_default()))
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |([q, suspended, after], _)| api::staff_people(q, suspended, after),
    );
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(page) => {
                            let [q, suspended, _] = asked.get();
                            view! { <Found page q suspended=!suspended.is_empty() /> }.into_any()
                        }
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Found(page: PeoplePage, q: String, suspended: bool) -> impl IntoView {
    let PeoplePage { rows, next } = page;
    let next = next.map(|next| paths::staff_people(&q, suspended, Some(next)));
    let list = if rows.is_empty() {
        view! { <p class="dim">{tr!(staff.people.empty)}</p> }.into_any()
    } else {
        view! { <Table rows /> }.into_any()
    };
    view! {
        <Frame here=paths::ADMIN_USERS title=tr!(staff.people.title)>
            <form class="admin-search" method="get" action=paths::ADMIN_USERS>
                <Find q label=tr!(staff.people.find) />
                <label class="check">
                    <input type="checkbox" name="suspended" value="true" checked=suspended />
                    <span>{tr!(staff.people.suspended_only)}</span>
                </label>
                <button class="btn btn-primary">{tr!(staff.find)}</button>
            </form>
            {list}
            {more(next)}
        </Frame>
    }
}

/// What is looked for.
#[component]
pub fn Find(q: String, label: &'static str) -> impl IntoView {
    view! {
        <div class="field">
            <label class="label" for="find">
                {label}
            </label>
            <div class="input-group">
                <Icon name="search" />
                <input id="find" name="q" type="search" maxlength="100" value=q />
            </div>
        </div>
    }
}

#[component]
fn Table(rows: Vec<PersonRow>) -> impl IntoView {
    view! {
        <div class="table-box" tabindex="0">
            <table class="data-table is-listing">
                <thead>
                    <tr>
                        <th scope="col">{tr!(staff.people.nickname)}</th>
                        <th scope="col">{tr!(staff.people.state)}</th>
                        <th scope="col">{tr!(staff.people.username)}</th>
                        <th scope="col">{tr!(staff.people.region)}</th>
                        <th scope="col">{tr!(staff.people.since)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    view! {
        <tr>
            <td class="is-what is-wide min-w-48">{person_link(&row.person)}</td>
            <td class="is-kind">{state_tag(&row)}</td>
            <td class="is-balance" data-label=tr!(staff.people.username)>
                {row.username}
            </td>
            <td class="is-balance" data-label=tr!(staff.people.region)>
                {row.region}
            </td>
            <td class="is-when is-dim">
                <time datetime=text::machine(row.since)>{text::day(row.since)}</time>
            </td>
        </tr>
    }
}

/// Suspended, of the staff, gone, or nothing of it.
pub fn state_tag(row: &PersonRow) -> impl IntoView + use<> {
    let (words, tone) = if row.person.has_left {
        (tr!(staff.people.gone), "tag is-line")
    } else if row.suspended_at.is_some() {
        (tr!(staff.people.suspended), "tag is-bad")
    } else if row.is_staff {
        (tr!(staff.people.staff), "tag is-good")
    } else {
        (tr!(staff.people.usual), "tag is-line")
    };
    view! { <span class=tone>{words}</span> }
}
