//! The log of what staff do: nothing in it is ever changed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    staff::ActKind,
    text::{self, Language},
    view::{LogPage, LogRow},
};

use super::{
    frame::Frame,
    refused,
    words::{act_text, more, person_link},
};
use crate::{api, components::chips::chosen_in_sight, language::language, live::live, paths};

/// The page.
#[component]
pub fn StaffLog() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        query.with(|query| ["act", "after"].map(|name| query.get(name).unwrap_or_default()))
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |([act, after], _)| api::staff_log(act, after),
    );
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
fn Found(page: LogPage) -> impl IntoView {
    let LogPage { rows, act, next } = page;
    let next = next.map(|next| paths::staff_log(act, Some(next)));
    view! {
        <Frame here=paths::ADMIN_LOG title=tr!(staff.log.title) lead=tr!(staff.log.lead)>
            <Kinds chosen=act />
            <LogTable rows />
            {more(next)}
        </Frame>
    }
}

/// Of which sort.
#[component]
fn Kinds(chosen: Option<ActKind>) -> impl IntoView {
    let row = chosen_in_sight();
    let kinds = [None].into_iter().chain(ActKind::ALL.iter().copied().map(Some));
    let kind = move |kind: Option<ActKind>| {
        view! {
            <li>
                <a
                    class="chip"
                    href=paths::staff_log(kind, None)
                    aria-current=(kind == chosen).then_some("true")
                >
                    {kind.map_or(tr!(staff.log.all), act_text)}
                </a>
            </li>
        }
    };
    view! {
        <nav class="settings-parts" aria-label=tr!(staff.log.kinds)>
            <ul class="chips" node_ref=row>
                {kinds.map(kind).collect_view()}
            </ul>
        </nav>
    }
}

/// Acts as a table; on a phone as a list.
#[component]
pub fn LogTable(rows: Vec<LogRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="dim">{tr!(staff.log.empty)}</p> }.into_any();
    }
    view! {
        <div class="table-box" tabindex="0">
            <table class="data-table is-listing">
                <thead>
                    <tr>
                        <th scope="col">{tr!(staff.log.at)}</th>
                        <th scope="col">{tr!(staff.log.act)}</th>
                        <th scope="col">{tr!(staff.log.about)}</th>
                        <th scope="col">{tr!(staff.log.reason)}</th>
                        <th scope="col">{tr!(staff.log.staff)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: LogRow) -> impl IntoView {
    let category = row.category.map(|(ko, en)| if language() == Language::Ko { ko } else { en });
    let auction = row.auction.map(|(id, title)| {
        view! {
            <a class="text-link" href=paths::staff_auction(id)>
                {title}
            </a>
            " "
        }
    });
    let user = row.user.as_ref().map(person_link);
    view! {
        <tr>
            <td class="is-when is-dim">
                <time datetime=text::machine(row.at)>{text::day_time(row.at)}</time>
            </td>
            <td class="is-kind">
                <span class="tag">{act_text(row.act)}</span>
            </td>
            <td class="is-what is-wide min-w-48">
                {auction} {user} {category} {(!row.detail.is_empty()).then(|| format!(" ({})", row.detail))}
            </td>
            <td class="is-balance is-wide min-w-48" data-label=tr!(staff.log.reason)>
                {row.reason}
            </td>
            <td class="is-balance-held is-end">{person_link(&row.staff)}</td>
        </tr>
    }
}
