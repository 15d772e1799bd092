//! On the server: the operating system's randomness.

use market::store::accounts::fresh_key;

/// A fresh key. Without randomness the page cannot be written: the form gets an empty key, which is refused.
#[must_use]
pub fn fresh() -> String {
    fresh_key().unwrap_or_else(|error| {
        tracing::error!(%error, "no key for a form");
        String::new()
    })
}
