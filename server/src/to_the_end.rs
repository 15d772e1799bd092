//! Requests that change something are done to their end, whoever hangs up meanwhile.

use std::panic::resume_unwind;

use axum::{
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, future::ready, stream::once};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, warn};

use crate::stop::Stop;

/// Does what changes something in a task of its own. The server drops what it does for who hangs up or has
/// waited too long; between a commit and its news, nobody would hear of what happened (rules, *Everything
/// after the commit*). What has arrived as a whole is done then, however long it takes; what is still
/// arriving is not heard out.
pub async fn to_the_end(State(stop): State<Stop>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let gone = CancellationToken::new();
    let _while_somebody_waits = gone.clone().drop_guard();
    let request = request.map(|body| heard_until(gone, body));
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

/// What arrives, with an error in place of the rest from `gone` on: half of a body must not pass for a whole.
fn heard_until(gone: CancellationToken, body: Body) -> Body {
    let chunks = body.into_data_stream().take_until(gone.clone().cancelled_owned());
    let cut =
        once(async move { gone.is_cancelled().then(|| Err(axum::Error::new("nobody waits any more"))) });
    Body::from_stream(chunks.chain(cut.filter_map(ready)))
}
