//! Sharing the page: the system's own sheet where there is one, else the link is copied.

use std::time::Duration;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::components::Icon;

/// How long is said that the link was copied.
const SAID: Duration = Duration::from_secs(4);

/// The button; there when scripts are.
#[component]
pub fn ShareButton(title: String) -> impl IntoView {
    let alive = RwSignal::new(false);
    let copied = RwSignal::new(false);
    let title = StoredValue::new(title);
    Effect::new(move |_| alive.set(true));
    let said =
        move || copied.get().then(|| view! { <span class="tag is-good">{tr!(auction.head.copied)}</span> });
    view! {
        <span role="status">{said}</span>
        <Show when=move || alive.get()>
            <button
                class="btn-icon"
                type="button"
                aria-label=tr!(auction.head.share)
                on:click=move |_| share(&title.get_value(), copied)
            >
                <Icon
                    name=Signal::derive(move || if copied.get() { "check" } else { "share" })
                    size="is-l"
                />
            </button>
        </Show>
    }
}

/// Shares the page's address, or copies it and says so.
fn share(title: &str, copied: RwSignal<bool>) {
    let navigator: JsValue = window().navigator().into();
    let link = window().location().href().unwrap_or_default();
    let data = Object::new();
    // Fails only for objects that cannot be written to.
    let _ = Reflect::set(&data, &"title".into(), &title.into());
    let _ = Reflect::set(&data, &"url".into(), &link.as_str().into());
    if let Some(sharing) = call(&navigator, "share", &data) {
        // Closing the system's sheet is no error.
        then(&sharing, || {}, || {});
        return;
    }
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    let say = move || {
        copied.try_set(true);
        set_timeout(
            move || {
                copied.try_set(false);
            },
            SAID,
        );
    };
    match call(&clipboard, "writeText", &link.as_str().into()) {
        Some(copying) => then(&copying, say, move || show(&link)),
        // Plain http has neither.
        None => show(&link),
    }
}

/// The link, to be copied by hand.
fn show(link: &str) {
    // Fails where pages may not ask: then the address bar has it.
    let _ = window().prompt_with_message_and_default(tr!(auction.head.copy_by_hand), link);
}

/// Calls a method that not every browser has; its promise.
fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<Promise> {
    let method = if object.is_object() { Reflect::get(object, &method.into()).ok()? } else { return None };
    let method = method.dyn_into::<Function>().ok()?;
    method.call1(object, argument).ok()?.dyn_into::<Promise>().ok()
}

/// What to do when the promise is kept, and when it is not.
fn then(promise: &Promise, kept: impl FnOnce() + 'static, broken: impl FnOnce() + 'static) {
    let callback = |act: Closure<dyn FnMut(JsValue)>| act.into_js_value().unchecked_into::<Function>();
    let kept = callback(Closure::once(move |_: JsValue| kept()));
    let broken = callback(Closure::once(move |_: JsValue| broken()));
    let then = Reflect::get(promise, &"then".into()).map(JsCast::unchecked_into::<Function>);
    // A promise has the method.
    let _ = then.and_then(|then| then.call2(promise, &kept, &broken));
}
