//! A picture on its way to the server.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

#[cfg(feature = "hydrate")]
pub use browser::upload;
#[cfg(not(feature = "hydrate"))]
pub use server::upload;

use leptos::ev::Event;
use wasm_bindgen::JsCast;

/// What the picker of files offers; what a file is, the server judges by its content.
pub const ACCEPTED: &str = "image/jpeg,image/png,image/webp";

/// The one file that was just picked. The field forgets it: the same file once more is a choice, too.
#[must_use]
pub fn picked(event: &Event) -> Option<web_sys::File> {
    let input = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}
