//! In the browser: what the server wrote into `<html data-theme>`.

use leptos::prelude::document;

pub fn theme() -> String {
    let html = document().document_element();
    html.and_then(|html| html.get_attribute("data-theme")).unwrap_or_else(|| "system".to_owned())
}
