//! The document's title. The one place where `<Title>` of `leptos_meta` is used: server rendering does not
//! escape its text, so it is escaped here (defect S10); a tidy test forbids it elsewhere.

use leptos::prelude::*;
use leptos_meta::Title;

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser::safe;
#[cfg(feature = "ssr")]
use server::safe;

/// `text · 이웃입찰`
#[component]
pub fn PageTitle(
    /// What the page is about; may come from people.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let full = move || safe(&format!("{} · {}", text.get(), tr!(common.name)));
    view! { <Title text=full /> }
}
