//! On the server: the request's, decoded from its cookie by a layer.

use axum::http::request::Parts;
use leptos::prelude::use_context;

use super::Reply;

/// The reply that came with the request.
pub fn take() -> Option<Reply> {
    use_context::<Parts>()?.extensions.get::<Reply>().cloned()
}
