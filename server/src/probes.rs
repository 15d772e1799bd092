//! What an orchestrator asks.

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::AppState;

/// `/livez`: the process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// `/readyz`: send people here. Not while stopping, and not without the books.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.stop.is_leaving() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match state.context.market.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the books do not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
