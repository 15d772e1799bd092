//! Questions and answers of all auctions, newest first: what does not belong there is hidden.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{
    text,
    view::{QuestionRows, StaffQuestion},
};

use super::{
    act_form::{Act, ActForm, Done},
    frame::Frame,
    refused,
    words::{more, person_link},
};
use crate::{api, live::live, paths};

/// The page.
#[component]
pub fn StaffQuestions() -> impl IntoView {
    let (query, live) = (use_query_map(), live());
    let asked = Memo::new(move |_| {
        query.with(|query| ["hidden", "after"].map(|name| query.get(name).unwrap_or_default()))
    });
    let page = Resource::new_blocking(
        move || (asked.get(), live.resync.get()),
        |([hidden, after], _)| api::staff_questions(hidden, after),
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
fn Found(page: QuestionRows) -> impl IntoView {
    let QuestionRows { rows, hidden, next } = page;
    let next = next.map(|next| paths::staff_questions(hidden, Some(next)));
    let shelf = move |of_hidden: bool, words: &'static str| {
        view! {
            <li>
                <a
                    class="chip"
                    href=paths::staff_questions(of_hidden, None)
                    aria-current=(of_hidden == hidden).then_some("true")
                >
                    {words}
                </a>
            </li>
        }
    };
    let list = if rows.is_empty() {
        view! { <p class="dim">{tr!(staff.questions.empty)}</p> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| view! { <Row row /> });
        view! { <ul class="box qa">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <Frame here=paths::ADMIN_QUESTIONS title=tr!(staff.questions.title)>
            <Done forms=&["hide_question", "show_question"] />
            <nav class="settings-parts" aria-label=tr!(staff.questions.which)>
                <ul class="chips is-wrap">
                    {shelf(false, tr!(staff.questions.all))} {shelf(true, tr!(staff.questions.hidden))}
                </ul>
            </nav>
            {list}
            {more(next)}
        </Frame>
    }
}

#[component]
fn Row(row: StaffQuestion) -> impl IntoView {
    let act = if row.hidden_at.is_some() {
        view! {
            <ActForm
                act=Act::new("show_question", "question_id", row.id)
                words=tr!(staff.questions.show)
                hint=tr!(staff.questions.show_hint)
            />
        }
    } else {
        view! {
            <ActForm
                act=Act::new("hide_question", "question_id", row.id)
                words=tr!(staff.questions.hide)
                hint=tr!(staff.questions.hide_hint)
                danger=true
            />
        }
    };
    view! {
        <li id=format!("q{}", row.id)>
            <div class="qa-head">
                <p class="qa-by">
                    {person_link(&row.asker)}
                    <time datetime=text::machine(row.asked_at)>{text::day_time(row.asked_at)}</time>
                    {row
                        .hidden_at
                        .map(|_| view! { <span class="tag is-bad">{tr!(staff.questions.hidden)}</span> })}
                </p>
                <a class="quiet-link" href=paths::staff_auction(row.auction)>
                    {row.title}
                </a>
            </div>
            <p class="qa-text">{row.text}</p>
            {row
                .answer
                .map(|answer| {
                    view! {
                        <div class="qa-answer">
                            <p class="qa-by">
                                <b>{tr!(auction.questions.seller)}</b>
                            </p>
                            <p class="qa-text">{answer}</p>
                        </div>
                    }
                })}
            {act}
        </li>
    }
}
