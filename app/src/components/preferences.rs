//! Theme and language: plain forms, since the answer is another page from its first byte.

use leptos::prelude::*;
use market::text::Language;

use crate::language::language;

/// The theme's switch.
#[component]
pub fn ThemeSwitch(
    /// Names the switch where there are two on a page.
    label: &'static str,
    /// The chosen theme.
    chosen: StoredValue<String>,
) -> impl IntoView {
    let choices = [
        ("light", tr!(common.theme.light)),
        ("dark", tr!(common.theme.dark)),
        ("system", tr!(common.theme.system)),
    ];
    let pressed = move |theme: &str| (chosen.get_value() == theme).then_some("true");
    view! {
        <form method="post" action="/api/set_theme" class="segmented is-s" aria-label=label>
            {choices
                .map(|(theme, name)| {
                    view! { <button name="theme" value=theme aria-pressed=pressed(theme)>{name}</button> }
                })
                .collect_view()}
        </form>
    }
}

/// The language's switch.
#[component]
pub fn LanguageSwitch(
    /// Names the switch where there are two on a page.
    label: &'static str,
) -> impl IntoView {
    let pressed = |known: Language| (language() == known).then_some("true");
    view! {
        <form method="post" action="/api/set_language" class="segmented is-s" aria-label=label>
            <button name="language" value="ko" lang="ko" aria-pressed=pressed(Language::Ko)>"한국어"</button>
            <button name="language" value="en" lang="en" aria-pressed=pressed(Language::En)>"English"</button>
        </form>
    }
}

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

/// The chosen theme: `light`, `dark` or `system`.
#[must_use]
pub fn chosen_theme() -> StoredValue<String> {
    StoredValue::new(here::theme())
}
