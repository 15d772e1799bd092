//! The document around the pages, written by the server: language and theme are right in the first byte.

use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{
    App,
    language::{language, name},
    paths,
    server_side::cookies,
};

/// `<html>` and `<head>`. Scripts carry the nonce that the server's policy names.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=name(language()) data-theme=theme()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=paths::FONT_CSS />
                <HashedStylesheet options=options.clone() />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The chosen theme; without a choice the attribute is absent, and `prefers-color-scheme` decides.
fn theme() -> Option<&'static str> {
    let parts = use_context::<Parts>()?;
    let chosen = cookies::value(&parts.headers, cookies::THEME)?;
    ["light", "dark"].into_iter().find(|known| *known == chosen)
}
