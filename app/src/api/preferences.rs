//! Theme and language: cookies, right in the first byte of the next page.
#![allow(clippy::unused_async, reason = "server functions are async, also those that wait for nothing")]

use leptos::prelude::*;

use super::ApiError;

/// Remembers a theme: `light`, `dark`, or `system`.
#[server(endpoint = "set_theme", prefix = "/api")]
pub async fn set_theme(#[server(default)] theme: String) -> Result<(), ApiError> {
    use crate::server_side::{cookies, refuse};
    let theme = ["light", "dark", "system"].into_iter().find(|known| *known == theme.trim());
    cookies::set_choice(cookies::THEME, theme.ok_or_else(|| refuse(market::Refusal::Malformed))?);
    Ok(())
}

/// Remembers a language: `ko` or `en`.
#[server(endpoint = "set_language", prefix = "/api")]
pub async fn set_language(#[server(default)] language: String) -> Result<(), ApiError> {
    use crate::server_side::{cookies, refuse};
    let known = crate::language::from_name(language.trim()).map(crate::language::name);
    cookies::set_choice(crate::language::COOKIE, known.ok_or_else(|| refuse(market::Refusal::Malformed))?);
    Ok(())
}
