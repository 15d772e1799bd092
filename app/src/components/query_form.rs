//! Forms that only ask, by GET: what they say goes into the address. They work without scripts.

use leptos::{ev::SubmitEvent, prelude::*};
use wasm_bindgen::JsCast;

/// What stands in the form that is sent, by the names of its fields.
#[must_use]
pub fn typed(event: &SubmitEvent) -> Option<impl Fn(&str) -> Option<String> + use<>> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    Some(move |name: &str| data.get(name).as_string())
}

/// What the address says besides stays said; what it does not say is not sent.
#[must_use]
pub fn hidden(name: &'static str, value: String) -> Option<impl IntoView + use<>> {
    (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> })
}
