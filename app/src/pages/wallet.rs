//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn Wallet() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"Wallet"</h1></main> }
}
