//! The list, under its days; and what stands where there is nothing.

use leptos::prelude::*;
use market::{
    Instant,
    notice::Group,
    text::{days_ago, weekday},
    view::Notice,
};

use crate::{
    components::{Empty, notice_row::NoticeRow},
    language::language,
    paths,
};

/// The notices, a part for each day.
#[component]
pub fn Days(
    /// Newest first.
    notices: Vec<Notice>,
    /// The page's time.
    now: Instant,
) -> impl IntoView {
    let same_day = |a: &Notice, b: &Notice| days_ago(a.at, now) == days_ago(b.at, now);
    let days: Vec<Vec<Notice>> = notices.chunk_by(same_day).map(<[Notice]>::to_vec).collect();
    days.into_iter()
        .map(|day| {
            let name = day.first().map(|first| day_name(first.at, now)).unwrap_or_default();
            view! {
                <section class="section note-day">
                    <h2>{name}</h2>
                    <div class="table-box">
                        <ul>
                            {day
                                .into_iter()
                                .map(|notice| view! { <NoticeRow notice of_the_day=true /> })
                                .collect_view()}
                        </ul>
                    </div>
                </section>
            }
        })
        .collect_view()
}

fn day_name(at: Instant, now: Instant) -> String {
    match days_ago(at, now) {
        0 => tr!(notices.page.today).to_owned(),
        1 => tr!(notices.page.yesterday).to_owned(),
        _ => weekday(at, language()),
    }
}

/// Nothing yet, nothing of this group, or the end of the list.
#[component]
pub fn NoNotices(group: Option<Group>, older: bool) -> impl IntoView {
    let narrowed = group.is_some() || older;
    let (title, text, href, way_on) = if narrowed {
        (
            tr!(notices.page.empty_group_title),
            tr!(notices.page.empty_group_text),
            paths::NOTIFICATIONS,
            tr!(notices.page.show_all),
        )
    } else {
        (
            tr!(notices.page.empty_title),
            tr!(notices.page.empty_text),
            paths::HOME,
            tr!(notices.page.to_market),
        )
    };
    view! {
        <Empty title text>
            <a class="btn btn-soft" href=href>
                {way_on}
            </a>
        </Empty>
    }
}
