//! In the browser: what the server wrote into `<html lang>`. It stays for as long as the page.

use std::sync::OnceLock;

use leptos::prelude::document;
use market::text::Language;

/// The language of this page.
#[must_use]
pub fn language() -> Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    *LANGUAGE.get_or_init(|| {
        let html = document().document_element();
        html.and_then(|html| super::from_name(&html.get_attribute("lang")?)).unwrap_or(Language::Ko)
    })
}
