//! The answer to an address that means nothing. The server gives it the status 404.

use leptos::prelude::*;

use crate::paths;

/// Says so, and shows the way back.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <h1>"찾을 수 없는 페이지예요"</h1>
        <a href=paths::HOME>"경매 보러 가기"</a>
    }
}
