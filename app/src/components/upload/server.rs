//! On the server nobody picks a file.

use market::PictureId;

use crate::api::ApiError;

/// Never called.
///
/// # Errors
/// Always: there is no network to send over.
#[allow(clippy::unused_async, reason = "the same as in the browser")]
pub async fn upload(_file: web_sys::File) -> Result<PictureId, ApiError> {
    Err(ApiError::Offline { offline: true })
}
