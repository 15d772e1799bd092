//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn SignIn() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"SignIn"</h1></main> }
}
