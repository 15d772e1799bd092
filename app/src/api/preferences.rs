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

/// Remembers a language: `ko` or `en`; of who is signed in, for letters too.
#[server(endpoint = "set_language", prefix = "/api")]
pub async fn set_language(#[server(default)] language: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, refuse, viewer_id};
    let known = crate::language::from_name(language.trim());
    let known = known.ok_or_else(|| refuse(market::Refusal::Malformed))?;
    if let Some(user) = viewer_id() {
        answer(market().set_language(user, known).await)?;
    }
    cookies::set_choice(crate::language::COOKIE, crate::language::name(known));
    Ok(())
}
