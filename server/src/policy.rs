//! What a page may do in the browser: the Content-Security-Policy, with a nonce per answer.

use app::language;
use app::server_side::{AppContext, cookies};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use market::text::Language;

/// The policy of all that is no page: files, JSON. A drawing opened by its address keeps its colours.
pub const OF_FILES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
);

/// The policy of the service worker, whose own requests it bounds: pages of this site, to answer without the
/// network.
pub const OF_WORKER: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'");

/// Gives the page what it needs, and sets its policy. Runs in its reactive context, which holds the nonce.
pub fn provide(context: &AppContext) {
    provide_context(context.clone());
    if let Some(language) = use_context::<Parts>().map(|parts| language_of(&parts.headers)) {
        provide_context(language);
    }
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    if let Ok(policy) = HeaderValue::from_str(&of_page(&nonce, development())) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The cookie's, else Korean.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let chosen = cookies::value(headers, language::COOKIE);
    chosen.and_then(language::from_name).unwrap_or(Language::Ko)
}

/// Inline scripts need the nonce; `'self'` lets `modulepreload` fetch the script that they import;
/// `'wasm-unsafe-eval'` compiles WASM and nothing else. No inline style: attributes `style="…"` are ignored,
/// classes and `<progress>` do instead.
fn of_page(nonce: &str, development: bool) -> String {
    // `cargo leptos watch` tells the page to reload over a socket on another port.
    let reload = if development { " ws://localhost:* ws://127.0.0.1:*" } else { "" };
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'{reload}; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

fn development() -> bool {
    std::env::var_os("LEPTOS_WATCH").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_development_may_reach_another_port() {
        assert!(of_page("n", false).contains("connect-src 'self';"));
        assert!(of_page("n", true).contains("connect-src 'self' ws://localhost:*"));
    }
}
