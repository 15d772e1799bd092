//! The words of the pages: `locales/ko` first, `locales/en` complete; keys and arguments are checked when the
//! project is compiled. Money and time have their own functions in `market::text`.
//!
//! A page is written in one language from its first byte (a cookie says which), so nothing here is reactive.

use market::text::Language;

#[allow(missing_docs, clippy::all, clippy::pedantic, reason = "generated from the locales")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use generated::i18n::*;

use crate::language::language;

/// The locale of the page.
#[must_use]
pub fn locale() -> Locale {
    match language() {
        Language::Ko => Locale::ko,
        Language::En => Locale::en,
    }
}

/// The text of a key in the language of the page: `tr!(auction.bid.submit, amount = "1,000원")`.
macro_rules! tr {
    ($($key:tt)*) => {{
        #[allow(unused_imports, reason = "the macro of the library names the module it generates")]
        use $crate::i18n;
        ::leptos_i18n::td_string!($crate::i18n::locale(), $($key)*)
    }};
}

/// `입찰 47`; in English one bid is not `1 bids`.
#[must_use]
pub fn bids(count: i32) -> String {
    match count {
        1 => tr!(common.bids.single).to_owned(),
        _ => tr!(common.bids.many, count = count).to_string(),
    }
}

/// `입찰 47 · 관심 312`
#[must_use]
pub fn bids_and_watchers(bid_count: i32, watchers: i32) -> String {
    tr!(common.bids_and_watchers, bids = bids(bid_count), watchers = watchers).to_string()
}
