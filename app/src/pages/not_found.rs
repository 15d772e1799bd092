//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"NotFound"</h1></main> }
}
