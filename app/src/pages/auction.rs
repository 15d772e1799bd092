//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn Auction() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"Auction"</h1></main> }
}
