//! The routes, and what every page shares.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::pages::{Home, NotFound};

/// The whole of `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    mark_hydrated();
    view! {
        <Router>
            <main>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Home />
                </Routes>
            </main>
        </Router>
    }
}

/// Sets `data-hydrated` on `<html>`: before it a click does what HTML does, from then on what Rust does.
/// Browser tests wait for it. (Effects run in the browser only, after hydration.)
fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(html) = document().document_element() {
            // Fails only for names that are no attribute names.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}
