//! Sharing the page: the system's own sheet where there is one, else the link is copied.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::components::Icon;

/// The button; there when scripts are.
#[component]
pub fn ShareButton(title: String) -> impl IntoView {
    let alive = RwSignal::new(false);
    let copied = RwSignal::new(false);
    let title = StoredValue::new(title);
    Effect::new(move |_| alive.set(true));
    view! {
        <span class="sr-only" role="status">
            {move || copied.get().then(|| tr!(auction.head.copied))}
        </span>
        <Show when=move || alive.get()>
            <button
                class="btn-icon"
                type="button"
                aria-label=tr!(auction.head.share)
                on:click=move |_| copied.set(share(&title.get_value()))
            >
                <Icon
                    name=Signal::derive(move || if copied.get() { "check" } else { "share" })
                    size="is-l"
                />
            </button>
        </Show>
    }
}

/// Shares the page's address; whether it was copied.
fn share(title: &str) -> bool {
    let navigator: JsValue = window().navigator().into();
    let link = window().location().href().unwrap_or_default();
    let data = Object::new();
    // Fails only for objects that cannot be written to.
    let _ = Reflect::set(&data, &"title".into(), &title.into());
    let _ = Reflect::set(&data, &"url".into(), &link.as_str().into());
    if call(&navigator, "share", &data) {
        return false;
    }
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    if call(&clipboard, "writeText", &link.as_str().into()) {
        return true;
    }
    // Plain http has neither: the link is shown to be copied by hand.
    let _ = window().prompt_with_message_and_default(tr!(auction.head.copy_by_hand), &link);
    false
}

/// Calls a method that not every browser has, and forgets its promise; whether there is one.
fn call(object: &JsValue, method: &str, argument: &JsValue) -> bool {
    let method = if object.is_object() { Reflect::get(object, &method.into()) } else { return false };
    let Some(method) = method.ok().and_then(|method| method.dyn_into::<Function>().ok()) else {
        return false;
    };
    let answer = method.call1(object, argument);
    if let Some(promise) = answer.ok().and_then(|answer| answer.dyn_into::<Promise>().ok()) {
        // Closing the system's sheet is no error.
        let ignore: Function = Closure::once_into_js(|_: JsValue| {}).unchecked_into();
        let catch = Reflect::get(&promise, &"catch".into()).map(JsCast::unchecked_into::<Function>);
        let _ = catch.and_then(|catch| catch.call1(&promise, &ignore));
    }
    true
}
