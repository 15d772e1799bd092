//! A notice as a row that leads where it should; and when it counts as seen.

use std::{collections::BTreeSet, time::Duration};

use leptos::{html, prelude::*};
use market::{
    text::{day_time, machine, minute},
    view::Notice,
};

use super::{Icon, in_view::in_view, notice_words};
use crate::api;

/// What was on the screen for so long was seen.
const SEEN_AFTER: Duration = Duration::from_millis(800);

/// A row of a list of notices.
#[component]
pub fn NoticeRow(
    /// Which.
    notice: Notice,
    /// The day stands above the list.
    #[prop(optional)]
    of_the_day: bool,
) -> impl IntoView {
    let (icon, head, more) =
        (notice_words::icon(notice.kind), notice_words::head(&notice), notice_words::more(&notice));
    let href = notice_words::href(&notice);
    let unread = (!notice.read).then(|| view! { <span class="sr-only">{tr!(notices.unread)} " "</span> });
    let at = if of_the_day { minute(notice.at) } else { day_time(notice.at) };
    view! {
        <li class="note-row is-link" class:is-unread=!notice.read>
            <Icon name=icon />
            <div>
                <p>
                    {unread} <a class="note-link" href=href>
                        <b>{head}</b>
                        {more.map(|more| format!(" · {more}"))}
                        <span class="note-title">{notice.title}</span>
                    </a>
                </p>
            </div>
            <time class="dim num" datetime=machine(notice.at)>
                {at}
            </time>
        </li>
    }
}

/// Marks notices as read once the list at `node` has been on the screen for a moment; `unread` are the
/// numbers of those that it shows. Their mark stays until the page is read again: a row that changes under
/// the eye is harder to read than one that says "new" for a while longer.
pub fn see_notices(node: NodeRef<html::Div>, unread: impl Fn() -> Vec<i64> + Send + Sync + 'static) {
    let on_screen = in_view(node, SEEN_AFTER);
    let told = StoredValue::new(BTreeSet::new());
    Effect::new(move |_| {
        let unread = unread();
        if !on_screen.get() {
            return;
        }
        let new = told.try_update_value(|told: &mut BTreeSet<i64>| {
            unread.into_iter().filter(|number| told.insert(*number)).collect::<Vec<i64>>()
        });
        let new = new.filter(|new| !new.is_empty());
        let Some(new) = new else { return };
        let numbers: Vec<String> = new.iter().map(ToString::to_string).collect();
        leptos::task::spawn_local(async move {
            // They stay unread then, which is no harm.
            if let Err(error) = api::see_notices(numbers.join(",")).await {
                leptos::logging::warn!("the notices stay unread: {error:?}");
            }
        });
    });
}
