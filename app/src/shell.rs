//! The document around the pages, written by the server.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{App, paths};

/// `<html>` and `<head>`. Scripts carry the nonce that the server's policy names.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="ko">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
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
