//! On the server: the status of the answer.

use crate::server_side::status;

/// 404.
pub fn mark() {
    status(404);
}
