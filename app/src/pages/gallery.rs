//! All components in their states, for developers: `/dev/components`. The server writes the sheet as text, so
//! that no browser loads code for it; where pages for developers are not served there is no such page.

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
pub fn Gallery() -> impl IntoView {
    match SharedValue::new(here::sheet).into_inner() {
        Some(sheet) => view! {
            <PageTitle text=tr!(home.gallery.title) />
            <main id="main" class="page wrap" inner_html=sheet></main>
        }
        .into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}
