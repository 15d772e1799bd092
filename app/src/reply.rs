//! The answer to a plain form, shown once by the page that the browser is sent to (design, *The surface*).

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::is_alive;

/// What a plain form was answered, and what had been typed into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The server function's name, such as `place_bid`.
    pub form: String,
    /// The status that a script would have seen.
    pub status: u16,
    /// The answer itself.
    pub answer: serde_json::Value,
    /// The fields, without passwords and keys, as far as the cookie holds them.
    pub fields: Vec<(String, String)>,
}

impl Reply {
    /// What was typed into a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Why it was refused, if it was.
    #[must_use]
    pub fn error(&self) -> Option<crate::api::ApiError> {
        (self.status >= 400).then(|| serde_json::from_value(self.answer.clone()).ok()).flatten()
    }
}

/// The page's reply, provided once at the root of the app.
#[derive(Clone, Copy)]
struct PageReply(StoredValue<Option<Reply>>);

/// Makes the reply known to the components below. The server reads it from the one-shot cookie; the browser
/// has it from the server with the page, and forgets it as soon as the page has come alive: it belongs to
/// what was served, not to a page opened later from there, nor to this one when it is opened again.
pub fn provide_reply() {
    let reply = StoredValue::new(SharedValue::new(here::take).into_inner());
    provide_context(PageReply(reply));
    Effect::new(move |_| {
        if is_alive() {
            request_animation_frame(move || {
                reply.try_set_value(None);
            });
        }
    });
}

/// The reply to a form of that name, if this page was served with one. To be asked while the page is built.
#[must_use]
pub fn reply_to(form: &str) -> Option<Reply> {
    let reply = use_context::<PageReply>()?;
    reply.0.try_get_value().flatten().filter(|reply| reply.form == form)
}

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;
