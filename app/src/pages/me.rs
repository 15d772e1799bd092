//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn MyAuctions() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"MyAuctions"</h1></main> }
}
