//! On the server: provided with the request.

use leptos::prelude::use_context;
use market::text::Language;

/// The language of the page that is being written.
#[must_use]
pub fn language() -> Language {
    use_context::<Language>().unwrap_or(Language::Ko)
}
