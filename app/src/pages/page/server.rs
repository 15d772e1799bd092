//! What the head says of a page's chunks, so that the browser fetches them beside everything else.

use leptos::{WasmSplitManifest, prelude::*};
use leptos_meta::Link;

/// Lets the browser load `chunk` before the module that asks for it runs.
///
/// Leptos has this (`prefetch_lazy_fn_on_server`), but reads the manifest (0.8.23) with whatever reactive
/// owner its thread had last: half of the pages went without.
pub(super) fn announce(chunk: &str) {
    // Absent where nothing was split: in tests.
    let Some(manifest) = use_context::<WasmSplitManifest>() else { return };
    let (folder, chunks, loader) = &*manifest.0.read_value();
    for file in chunks.get(chunk).into_iter().flatten() {
        let href = format!("{folder}/{file}.wasm");
        let link = view! {
            <Link rel="preload" href as_="fetch" type_="application/wasm" crossorigin="anonymous" />
        };
        // It goes to the head; nothing of it stands here.
        drop(link.to_html());
    }
    drop(view! { <Link rel="modulepreload" href=format!("{folder}/{loader}") /> }.to_html());
}
