//! The language of the page: the cookie's, else Korean. `Accept-Language` is ignored.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

use market::{
    Money,
    text::{self, Language},
};

pub use here::language;

/// The cookie that remembers the language.
pub const COOKIE: &str = "lang";

/// The language of that name.
#[must_use]
pub fn from_name(name: &str) -> Option<Language> {
    match name {
        "ko" => Some(Language::Ko),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Its name, as in `<html lang>`.
#[must_use]
pub fn name(language: Language) -> &'static str {
    match language {
        Language::Ko => "ko",
        Language::En => "en",
    }
}

/// `1,294,000원` or `₩1,294,000`.
#[must_use]
pub fn won(amount: Money) -> String {
    text::won(amount, language())
}
