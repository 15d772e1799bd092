//! In the browser: a multipart form of one field.

use gloo_net::http::{Request, Response};
use market::{PictureId, Refusal, view::Picture};

use crate::{api::ApiError, paths};

/// Sends a file; the name of the picture that it has become.
///
/// # Errors
/// Why it cannot be taken, or that it did not arrive.
pub async fn upload(file: web_sys::File) -> Result<PictureId, ApiError> {
    let answer = send(&file).await.map_err(|_| ApiError::Offline { offline: true })?;
    let is_taken = answer.ok();
    let text = answer.text().await.map_err(|_| ApiError::Offline { offline: true })?;
    let unknown = |_| ApiError::Refused(Refusal::Malformed);
    if is_taken {
        serde_json::from_str::<Picture>(&text).map(|picture| picture.id).map_err(unknown)
    } else {
        Err(serde_json::from_str(&text).unwrap_or_else(unknown))
    }
}

async fn send(file: &web_sys::File) -> Result<Response, gloo_net::Error> {
    let form = web_sys::FormData::new().map_err(js_error)?;
    form.append_with_blob_and_filename("picture", file, &file.name()).map_err(js_error)?;
    Request::post(paths::UPLOAD).header("accept", "application/json").body(form)?.send().await
}

fn js_error(error: wasm_bindgen::JsValue) -> gloo_net::Error {
    gloo_net::Error::GlooError(format!("{error:?}"))
}
