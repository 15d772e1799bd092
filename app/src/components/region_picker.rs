//! Choosing one of 5,295 regions by typing. Without scripts the same field is a search form of its own page.

use leptos::prelude::*;

/// To be written by the page of signing up.
#[component]
pub fn RegionPicker() -> impl IntoView {
    view! { <span></span> }
}
