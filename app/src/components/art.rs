//! An illustration.

use leptos::prelude::*;

use crate::paths;

/// The illustration of that name. It says nothing that the title beside it does not, so it is decoration.
#[component]
pub fn Art(
    /// Its name in `public/art`.
    #[prop(into)]
    name: String,
    /// Large pictures at the top are loaded first, those further down when they come near.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let loading = if first { "eager" } else { "lazy" };
    view! { <img src=paths::art(&name) alt="" width="320" height="280" loading=loading decoding="async" /> }
}
