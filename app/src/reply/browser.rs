//! In the browser: none but the one that came with the page.

use super::Reply;

/// Nothing: a page that the browser itself opened has no reply.
pub fn take() -> Option<Reply> {
    None
}
