//! In the browser: only what came with the page.

/// None.
pub fn sheet() -> Option<String> {
    None
}
