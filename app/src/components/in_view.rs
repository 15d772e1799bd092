//! Whether a part of the page is on the screen.

use std::time::Duration;

use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// The browser's watcher over one element; it ends when it is dropped.
struct Watcher {
    observer: IntersectionObserver,
    /// Called by the browser for as long as the observer lives.
    _told: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Follows whether `node` is on the screen; what only flies past in less than `settled` is not told. On the
/// server, and where the browser cannot tell, it is not.
pub fn in_view<E>(node: NodeRef<E>, settled: Duration) -> ReadSignal<bool>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let newest = StoredValue::new(false);
        let told = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let entry = entries.pop().unchecked_into::<IntersectionObserverEntry>();
            let _ = newest.try_set_value(entry.is_intersecting());
            let apply = move || {
                if let Some(is_shown) = newest.try_get_value()
                    && shown.try_get_untracked() != Some(is_shown)
                {
                    shown.try_set(is_shown);
                }
            };
            if settled.is_zero() { apply() } else { set_timeout(apply, settled) }
        });
        if let Ok(observer) = IntersectionObserver::new(told.as_ref().unchecked_ref()) {
            observer.observe(element.unchecked_ref());
            // Owned by this effect: gone with the page's part.
            StoredValue::new_local(Watcher { observer, _told: told });
        }
    });
    shown.read_only()
}
