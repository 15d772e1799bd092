//! A row of chips that scrolls sideways: the chosen one is in sight.

use leptos::{html::Ul, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// For a row of chips: scrolls it, and nothing else, so that the chosen chip stands in its middle. Without
/// scripts the row begins at its beginning.
#[must_use]
pub fn chosen_in_sight() -> NodeRef<Ul> {
    let row = NodeRef::<Ul>::new();
    Effect::new(move |_| {
        let Some(row) = row.get() else { return };
        let chosen = row.query_selector("[aria-current]").ok().flatten();
        if let Some(chosen) = chosen.and_then(|chosen| chosen.dyn_into::<HtmlElement>().ok()) {
            let left = chosen.offset_left() - row.offset_left();
            row.set_scroll_left(left - (row.client_width() - chosen.offset_width()) / 2);
        }
    });
    row
}
