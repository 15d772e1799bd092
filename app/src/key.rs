//! Keys of forms: what a form does, it does once, however often it is sent.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub use browser::fresh;
#[cfg(feature = "ssr")]
pub use server::fresh;

use leptos::prelude::*;

use crate::api::ApiError;

/// A key that the server writes into the form and the browser keeps, until it is
/// [`answered`](FormKey::answered) or renewed.
#[derive(Clone, Copy)]
pub struct FormKey(RwSignal<String>);

impl FormKey {
    /// A fresh one.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(SharedValue::new(fresh).into_inner()))
    }

    /// After an answer the next request is another one, unless this one may have counted all the same: then
    /// it is sent again as it was.
    pub fn answered<T>(self, answer: &Result<T, ApiError>) {
        if !answer.as_ref().is_err_and(ApiError::may_have_counted) {
            self.renew();
        }
    }

    /// The next request is another one, whatever this one was answered.
    pub fn renew(self) {
        self.0.try_set(fresh());
    }

    /// For the hidden field.
    #[must_use]
    pub fn get(self) -> String {
        self.0.get()
    }
}

impl Default for FormKey {
    fn default() -> Self {
        Self::new()
    }
}

/// The hidden field.
#[component]
pub fn KeyField(key: FormKey) -> impl IntoView {
    view! { <input type="hidden" name="key" prop:value=move || key.get() value=key.get_untracked() /> }
}

impl FormKey {
    fn get_untracked(self) -> String {
        self.0.get_untracked()
    }
}
