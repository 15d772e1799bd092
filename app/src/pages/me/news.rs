//! What has happened, newest first, in words.

use leptos::prelude::*;
use market::{
    text::{day_time, machine},
    view::Notice,
};

use crate::components::{Icon, notice_words};

/// The latest notices; nothing where there are none.
#[component]
pub fn News(
    /// Newest first.
    notices: Vec<Notice>,
) -> impl IntoView {
    if notices.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(notices.title)}</h2>
            </div>
            <div class="table-box">
                <ul>{notices.into_iter().map(|notice| view! { <NoticeRow notice /> }).collect_view()}</ul>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn NoticeRow(notice: Notice) -> impl IntoView {
    let (icon, head, more) =
        (notice_words::icon(notice.kind), notice_words::head(&notice), notice_words::more(&notice));
    let href = notice_words::href(&notice);
    let unread = (!notice.read).then(|| view! { <span class="sr-only">{tr!(notices.unread)} " "</span> });
    view! {
        <li class="note-row" class:is-unread=!notice.read>
            <Icon name=icon />
            <div>
                <p>{unread} <b>{head}</b> {more.map(|more| format!(" · {more}"))}</p>
                <p class="dim">
                    <a class="quiet-link" href=href>
                        {notice.title}
                    </a>
                </p>
            </div>
            <time class="dim num whitespace-nowrap" datetime=machine(notice.at)>
                {day_time(notice.at)}
            </time>
        </li>
    }
}
