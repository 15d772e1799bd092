//! In the browser there is no answer to mark.

/// Nothing.
pub fn mark() {}
