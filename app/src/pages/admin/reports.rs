//! What people have reported, oldest first, and what staff decide about it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    QuestionId, text,
    view::{ReportOutcome, ReportQueue, ReportRow, ReportSubject},
};

use super::{
    act_form::{Act, ActForm, Done},
    frame::Frame,
    refused,
    words::{more, person_link},
};
use crate::{api, live::live, pages::report::reason_text, paths};

/// The page.
#[component]
pub fn StaffReports() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
    let page = Resource::new_blocking(
        move || (after.get(), live.resync.get()),
        |(after, _)| api::staff_reports(after),
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
fn Found(page: ReportQueue) -> impl IntoView {
    let ReportQueue { rows, next } = page;
    let next = next.map(paths::staff_reports);
    let list = if rows.is_empty() {
        view! { <p class="dim">{tr!(staff.reports.empty)}</p> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| view! { <Row row /> });
        view! { <ul class="box qa">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <Frame here=paths::ADMIN_REPORTS title=tr!(staff.reports.title) lead=tr!(staff.reports.lead)>
            <Done forms=&["resolve_report"] />
            {list}
            {more(next)}
        </Frame>
    }
}

#[component]
fn Row(row: ReportRow) -> impl IntoView {
    let decide = |outcome: ReportOutcome| {
        Act::new("resolve_report", "report_id", row.id).with("outcome", outcome.as_str())
    };
    let (uphold, dismiss) = (decide(ReportOutcome::Upheld), decide(ReportOutcome::Dismissed));
    view! {
        <li>
            <Reported row />
            <div class="admin-acts">
                <ActForm act=uphold words=tr!(staff.reports.uphold) hint=tr!(staff.reports.uphold_hint) />
                <ActForm act=dismiss words=tr!(staff.reports.dismiss) hint=tr!(staff.reports.dismiss_hint) />
            </div>
        </li>
    }
}

/// What was reported, by whom and why, and the way to it.
#[component]
pub fn Reported(row: ReportRow) -> impl IntoView {
    let what = match row.subject {
        ReportSubject::Auction(_) => tr!(staff.reports.auction),
        ReportSubject::Question(_) => tr!(staff.reports.question),
        ReportSubject::Message(_) => tr!(staff.reports.message),
        ReportSubject::User(_) => tr!(staff.reports.user),
        ReportSubject::Review(_) => tr!(staff.reports.review),
    };
    let outcome = row.outcome.map(|outcome| match outcome {
        ReportOutcome::Upheld => tr!(staff.reports.upheld),
        ReportOutcome::Dismissed => tr!(staff.reports.dismissed),
    });
    let place = place(&row);
    view! {
        <div class="qa-head">
            <p class="qa-by">
                <b>{what}</b>
                <span class="tag is-bad">{reason_text(row.reason)}</span>
                {outcome.map(|outcome| view! { <span class="tag is-line">{outcome}</span> })}
                <time datetime=text::machine(row.at)>{text::day_time(row.at)}</time>
            </p>
            {place
                .map(|href| {
                    view! {
                        <a class="quiet-link" href=href>
                            {tr!(staff.reports.see)}
                        </a>
                    }
                })}
        </div>
        <p class="qa-text">
            {person_link(&row.reporter)} " → " {person_link(&row.about)}
        </p>
        {(!row.excerpt.is_empty())
            .then(|| view! { <blockquote class="excerpt whitespace-pre-line">{row.excerpt}</blockquote> })}
        {(!row.text.is_empty()).then(|| view! { <p class="qa-text">{row.text}</p> })}
    }
}

/// Where staff see what is reported.
fn place(row: &ReportRow) -> Option<String> {
    match row.subject {
        ReportSubject::Auction(id) => Some(paths::staff_auction(id)),
        ReportSubject::Question(id) => Some(paths::staff_question(QuestionId(id))),
        ReportSubject::Message(_) => row.auction.map(paths::chat),
        ReportSubject::User(id) => Some(paths::seller(id)),
        ReportSubject::Review(_) => Some(paths::seller(row.about.id)),
    }
}
