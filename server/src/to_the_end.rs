//! Requests that change something are done to their end, whoever hangs up meanwhile.

use std::{panic::resume_unwind, task::Poll};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream::poll_fn};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, warn};

use crate::stop::Stop;

/// Does what changes something in a task of its own. The server drops what it does for who hangs up or has
/// waited too long; between a commit and its news, nobody would hear of what happened (rules, *Everything
/// after the commit*). What has been read as a whole is done then, however long it takes; what is still
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

/// What arrives; once nobody waits any more, an error in place of what has not: half of a body must not pass
/// for a whole.
fn heard_until(gone: CancellationToken, body: Body) -> Body {
    if body.is_end_stream() {
        return body;
    }
    let (mut chunks, mut gone) = (body.into_data_stream(), Box::pin(gone.cancelled_owned()));
    Body::from_stream(poll_fn(move |context| match chunks.poll_next_unpin(context) {
        Poll::Pending => gone.as_mut().poll(context).map(|()| Some(Err(axum::Error::new(NobodyWaits)))),
        arrived @ Poll::Ready(_) => arrived,
    }))
}

#[derive(Debug, thiserror::Error)]
#[error("nobody waits for the answer any more")]
struct NobodyWaits;
