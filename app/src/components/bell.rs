//! The way to my notices, with what I have not read of them.

use leptos::prelude::*;
use market::live::MyState;

use super::Icon;
use crate::paths;

/// Counted no further.
const COUNTED_TO: i64 = 99;

/// In the header, on phones too.
#[component]
pub fn Bell(
    /// What the header shows.
    state: Memo<MyState>,
) -> impl IntoView {
    let unread = Memo::new(move |_| state.with(|state| state.unread));
    let label = move || match unread.get() {
        0 => tr!(notices.page.title).to_owned(),
        count => tr!(notices.page.unread_count, count = count).to_string(),
    };
    let shown = move |count: i64| {
        if count > COUNTED_TO { format!("{COUNTED_TO}+") } else { count.to_string() }
    };
    view! {
        <a class="btn-icon" href=paths::NOTIFICATIONS aria-label=label>
            <Icon name="bell" size="is-l" />
            {move || {
                let count = unread.get();
                (count > 0).then(|| view! { <span class="count-dot">{shown(count)}</span> })
            }}
        </a>
    }
}
