//! What an orchestrator asks.

use axum::extract::State;
use axum::http::StatusCode;

use crate::stop::Stop;

/// `/livez`: the process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// `/readyz`: send people here. Not while stopping.
pub async fn ready(State(stop): State<Stop>) -> (StatusCode, &'static str) {
    if stop.token.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else {
        (StatusCode::OK, "ok")
    }
}
