//! To be written.

use leptos::prelude::*;

/// To be written.
#[component]
pub fn SignUp() -> impl IntoView {
    view! { <main id="main" class="page wrap"><h1>"SignUp"</h1></main> }
}
