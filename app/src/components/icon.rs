//! A line icon of the sprite.

use leptos::prelude::*;

use crate::paths;

/// Decoration: the words beside it carry the meaning. Sizes: `is-s`, `is-l`.
#[component]
pub fn Icon(
    /// Its name in `public/icons/sprite.svg`.
    #[prop(into)]
    name: Signal<&'static str>,
    /// More classes.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let class = if size.is_empty() { "icon".to_owned() } else { format!("icon {size}") };
    view! {
        <svg class=class aria-hidden="true">
            <use href=move || paths::icon(name.get())></use>
        </svg>
    }
}
