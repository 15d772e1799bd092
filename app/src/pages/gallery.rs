//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn Gallery() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"Gallery"</h1></main> }
}
