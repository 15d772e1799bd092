//! The API for people: its description (OpenAPI) as a page. The server writes it as text, so that no browser
//! loads code for it; links to it are the browser's own (`rel="external"`).

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

use leptos::prelude::*;

use super::NotFound;
use crate::components::PageTitle;

/// The page.
#[component]
pub fn Developers() -> impl IntoView {
    match SharedValue::new(here::sheet).into_inner() {
        Some(sheet) => view! {
            <PageTitle text=tr!(developers.title).to_owned() />
            <main id="main" class="page wrap api" inner_html=sheet></main>
        }
        .into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}
