//! What the pages of signing in and up share.

use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_query_map};

use crate::{
    app::session,
    components::{Art, Icon},
    paths,
};

/// Where the page leads afterwards: `?next=`, if that is a path of this site.
#[must_use]
pub fn next_page() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| {
        let next = query.with(|query| query.get("next").unwrap_or_default());
        paths::local(&next).to_owned()
    })
}

/// Who is signed in has nothing to do here.
#[component]
pub fn LeaveIfSignedIn(next: Memo<String>) -> impl IntoView {
    let session = session();
    view! {
        <Suspense>
            {move || session.me().map(|_| view! { <Redirect path=next.get_untracked() /> })}
        </Suspense>
    }
}

/// The promise beside the form.
#[component]
pub fn AuthSide() -> impl IntoView {
    view! {
        <div class="auth-side">
            <Art name="camera" />
            <ul class="auth-points">
                <Point icon="shield" title=tr!(people.point.money) text=tr!(people.point.money_text) />
                <Point icon="bolt" title=tr!(people.point.live) text=tr!(people.point.live_text) />
                <Point icon="pin" title=tr!(people.point.near) text=tr!(people.point.near_text) />
            </ul>
        </div>
    }
}

#[component]
fn Point(icon: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <li>
            <Icon name=icon />
            <p>
                <b>{title}</b>
                {text}
            </p>
        </li>
    }
}
