//! In the browser: none but what came with the page.

/// Nothing: the browser itself never opens this page.
pub fn sheet() -> Option<String> {
    None
}
