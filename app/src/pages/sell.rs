//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn Sell() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"Sell"</h1></main> }
}
