//! The module that the browser runs: it takes over the page that the server wrote, and nothing else.
#![cfg(target_arch = "wasm32")]

use any_spawner::Executor;
use app::{Alive, App};
use leptos::{
    mount::hydrate_from_async,
    prelude::{Set, document, provide_context},
};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the script that the server puts into every page.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // Refused only where there is one already.
    let _ = Executor::init_wasm_bindgen();
    Executor::spawn_local(async {
        let Some(body) = document().body() else { return };
        let alive = Alive::default();
        let page = {
            let alive = alive.clone();
            move || {
                provide_context(alive);
                App()
            }
        };
        hydrate_from_async(body, page).await.forget();
        alive.0.set(true);
        // What the page set off comes first, so whoever waits for the mark finds all of it alive.
        Executor::tick().await;
        mark_hydrated();
    });
}

/// Sets `data-hydrated` on `<html>`: before it a click does what HTML does, from then on what Rust does.
/// Browser tests wait for it.
fn mark_hydrated() {
    if let Some(html) = document().document_element() {
        // Fails only for names that are no attribute names.
        let _ = html.set_attribute("data-hydrated", "");
    }
}
