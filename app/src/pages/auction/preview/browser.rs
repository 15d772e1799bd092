//! In the browser: where it is.

use leptos::prelude::window;

/// The site's address without a path.
pub fn origin() -> String {
    // Fails only where there is no address.
    window().location().origin().unwrap_or_default()
}
