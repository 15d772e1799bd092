//! On the server: the cookie.

use axum::http::request::Parts;
use leptos::prelude::use_context;

use crate::server_side::cookies;

pub fn theme() -> String {
    let parts = use_context::<Parts>();
    let cookie = parts.as_ref().and_then(|parts| cookies::value(&parts.headers, cookies::THEME));
    let chosen = cookie.filter(|theme| matches!(*theme, "light" | "dark"));
    chosen.unwrap_or("system").to_owned()
}
