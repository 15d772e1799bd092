//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn Home() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"Home"</h1></main> }
}
