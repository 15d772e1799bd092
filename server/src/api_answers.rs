//! Server functions answer 500 when they cannot even read their arguments, before a status can be set; that
//! is the caller's fault and has its own status (design, *The surface*).

use app::api::ApiError;
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use market::Refusal;

/// The largest body of a refusal, in bytes.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// Gives a refusal that came out as 500 the status that it has.
pub async fn right_status(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let answer = next.run(request).await;
    if !is_api || answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let body = to_bytes(body, LARGEST_REFUSAL).await.unwrap_or_default();
    if let Ok(ApiError::Refused(refusal)) = serde_json::from_slice(&body) {
        parts.status = StatusCode::from_u16(refusal.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, Body::from(body))
}

/// What is answered instead of what was asked for, where no server function runs.
pub fn error_answer(error: &ApiError) -> Response {
    let status = error.refusal().map_or(500, Refusal::status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = (status, Json(error)).into_response();
    if let Some(Refusal::TooMany { retry_after }) = error.refusal() {
        answer.headers_mut().insert(header::RETRY_AFTER, (*retry_after).into());
    }
    answer
}
