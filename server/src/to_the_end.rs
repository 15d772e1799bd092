//! Requests that change something are done to their end, whoever hangs up meanwhile.

use std::panic::resume_unwind;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::{Instrument, warn};

use crate::stop::Stop;

/// Does what changes something in a task of its own. The server drops what it does for who hangs up; between
/// a commit and its news, nobody would hear of what happened (rules, *Everything after the commit*).
pub async fn to_the_end(State(stop): State<Stop>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    // Tracked: the orderly end waits for it, too.
    let task = stop.tasks.spawn(next.run(request).in_current_span());
    match task.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(answer) => answer,
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(error)) => {
            warn!(%error, "a request was ended with the server");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
