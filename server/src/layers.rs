//! What every request passes on its way in, and every answer on its way out.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Request, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use futures::StreamExt;
use market::store::Arrival;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use tracing::{Span, info_span};

use crate::{policy, watching};

/// The largest form is a few kilobytes. Pictures have their own limits where they are sent.
pub const LARGEST_BODY: usize = 64 * 1024;

/// So much of what is too large is read away before it is refused.
const READ_AWAY: usize = 1024 * 1024;

/// A handler that takes longer is stuck. Sockets are not concerned: their answer is the upgrade.
const LONGEST_ANSWER: Duration = Duration::from_secs(15);

/// Ten megabytes over a phone's worst line.
const LONGEST_UPLOAD: Duration = Duration::from_mins(3);

/// Outermost first: a request has its number before anything can fail, and every failure has the headers.
/// `uploads` may take longer and are larger than anything else.
pub fn with_layers(router: Router, uploads: Router) -> Router {
    let outer = ServiceBuilder::new()
        .layer(from_fn(note_arrival))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn(watching::count))
        .layer(unless_set(CONTENT_SECURITY_POLICY, policy::OF_FILES))
        // With `no-referrer` forms would send `Origin: null`, and the check against forgery refuse them.
        .layer(unless_set(REFERRER_POLICY, HeaderValue::from_static("same-origin")))
        .layer(unless_set(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        // Pages show who is signed in: no shared cache keeps them, the browser asks again.
        .layer(unless_set(CACHE_CONTROL, HeaderValue::from_static("private, no-cache")))
        .layer(CatchPanicLayer::new());
    let router = router.layer(RequestBodyLimitLayer::new(LARGEST_BODY)).layer(from_fn(read_away));
    within(LONGEST_ANSWER, router).merge(within(LONGEST_UPLOAD, uploads)).layer(outer)
}

/// Before anything takes its time: the desk decides in the order of arrival.
async fn note_arrival(mut request: axum::extract::Request, next: Next) -> axum::response::Response {
    request.extensions_mut().insert(Arrival::now());
    next.run(request).await
}

/// Refuses what says that it is too large, when it is there: a connection that is closed while somebody still
/// sends is reset, and he never sees the answer.
async fn read_away(request: axum::extract::Request, next: Next) -> axum::response::Response {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let is_too_large =
        length.and_then(|length| length.parse().ok()).is_some_and(|length: usize| length > LARGEST_BODY);
    if !is_too_large {
        return next.run(request).await;
    }
    let (mut rest, mut read) = (request.into_body().into_data_stream(), 0);
    while read <= READ_AWAY
        && let Some(Ok(part)) = rest.next().await
    {
        read += part.len();
    }
    StatusCode::PAYLOAD_TOO_LARGE.into_response()
}

/// What is asked of this site alone and answered in time.
fn within(longest: Duration, router: Router) -> Router {
    let inner = ServiceBuilder::new()
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest))
        .layer(CsrfLayer::new());
    router.layer(inner)
}

/// A year in every cache, for files whose address changes with their content.
pub const A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A day in every cache, for drawings: they change with a release, and an old one for a day is no harm. A
/// sign that comes into the page when the network is gone (`offline`) must be there already.
pub const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Lets caches keep the files that are found.
pub fn files_are_kept(
    how_long: HeaderValue,
) -> SetResponseHeaderLayer<impl Fn(&Response<Body>) -> Option<HeaderValue> + Clone> {
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, move |answer: &Response<Body>| {
        let found = answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED;
        found.then(|| how_long.clone())
    })
}

fn unless_set(name: HeaderName, value: HeaderValue) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, value)
}

/// The path without its query, which may hold what people typed.
fn span<B>(request: &Request<B>) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    info_span!("http", method = %request.method(), path = request.uri().path(), id)
}
