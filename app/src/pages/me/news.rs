//! What has happened, newest first, in words; all of it has its own page.

use leptos::{html, prelude::*};
use market::view::Notice;

use crate::{
    components::notice_row::{NoticeRow, see_notices},
    paths,
};

/// So many stand on this page.
const SHOWN: usize = 5;

/// The latest notices; nothing where there are none. What was on the screen is read.
#[component]
pub fn News(
    /// Newest first.
    notices: Vec<Notice>,
) -> impl IntoView {
    if notices.is_empty() {
        return ().into_any();
    }
    let shown: Vec<Notice> = notices.into_iter().take(SHOWN).collect();
    let unread: Vec<i64> = shown.iter().filter(|notice| !notice.read).map(|notice| notice.seq).collect();
    let list = NodeRef::<html::Div>::new();
    see_notices(list, move || unread.clone());
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(notices.title)}</h2>
                <a class="quiet-link" href=paths::NOTIFICATIONS>
                    {tr!(notices.page.show_all)}
                </a>
            </div>
            <div class="table-box" node_ref=list>
                <ul>{shown.into_iter().map(|notice| view! { <NoticeRow notice /> }).collect_view()}</ul>
            </div>
        </section>
    }
    .into_any()
}
