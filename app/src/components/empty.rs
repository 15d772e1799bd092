//! An empty place.

use leptos::prelude::*;

use super::Art;

/// Nothing is here: a picture, one sentence, one way on.
#[component]
pub fn Empty(
    /// The illustration, by its name in `public/art`.
    #[prop(default = "misc")]
    art: &'static str,
    /// That there is nothing.
    #[prop(into)]
    title: String,
    /// What there would be, or what helps.
    text: &'static str,
    /// The way on.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="empty">
            <Art name=art />
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="btn-row">{children()}</div>
        </section>
    }
}
