//! The cookies: the session, the language, the theme.

use axum::http::{HeaderMap, HeaderValue, header};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use market::store::accounts::{SESSION_DAYS, SessionToken};

use super::AppContext;

/// The cookie that remembers the theme.
pub const THEME: &str = "theme";
/// How long a choice is remembered, in seconds: a year.
const CHOICE_SECONDS: i64 = 31_536_000;

/// How cookies are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiePolicy {
    /// `Secure` and the `__Host-` prefix. Off for plain http on a local network.
    pub secure: bool,
}

impl CookiePolicy {
    /// The name of the session's cookie.
    #[must_use]
    pub fn session_name(self) -> &'static str {
        if self.secure { "__Host-session" } else { "session" }
    }

    /// The session's token in a request.
    #[must_use]
    pub fn session(self, headers: &HeaderMap) -> Option<SessionToken> {
        SessionToken::from_cookie(value(headers, self.session_name())?)
    }

    fn attributes(self) -> &'static str {
        if self.secure { "; Path=/; SameSite=Lax; Secure" } else { "; Path=/; SameSite=Lax" }
    }
}

/// The value of a cookie in a request.
#[must_use]
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Signs the browser in.
pub fn set_session(token: &SessionToken) {
    let policy = policy();
    let age = SESSION_DAYS * 86_400;
    let (name, attributes) = (policy.session_name(), policy.attributes());
    append(&format!("{name}={}{attributes}; HttpOnly; Max-Age={age}", token.as_str()));
}

/// Signs the browser out.
pub fn clear_session() {
    let policy = policy();
    append(&format!("{}={}; HttpOnly; Max-Age=0", policy.session_name(), policy.attributes()));
}

/// Remembers a choice for a year; the value must be one of a few fixed words.
pub fn set_choice(name: &str, value: &'static str) {
    append(&format!("{name}={value}{}; Max-Age={CHOICE_SECONDS}", policy().attributes()));
}

fn policy() -> CookiePolicy {
    expect_context::<AppContext>().cookies
}

fn append(cookie: &str) {
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
