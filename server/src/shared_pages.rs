//! Pages that look the same for every visitor are drawn once for all who wait for them.
//!
//! When a hot auction is linked somewhere, thousands ask for the same page in the same second. Whoever asks
//! waits for the next drawing, never for one that began before he asked: so nobody sees anything older than
//! he would alone, and nothing is kept. Signed-in people are not concerned; their pages are their own.
//!
//! Crowds keep together: who has just been served with others is given a moment, so that they are served
//! together again and not the first alone and the others after him.
//!
//! Each answer still has a nonce of its own: the drawn page's is replaced, in the header as in the page.

use std::{hash::Hash, sync::Arc, time::Duration};

use app::{
    paths,
    server_side::{Viewer, cookies},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ACCEPT, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST},
        response::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::nonce::Nonce;
use market::store::queues::Queues;
use tokio::{
    sync::{Notify, oneshot},
    time::timeout,
};
use tracing::error;

/// The largest page, in bytes.
const LARGEST_PAGE: usize = 4 * 1024 * 1024;
/// The most people whom one drawing serves.
const TOGETHER: usize = 1_024;

/// How long a crowd is given to be as many again.
const GATHERING: Duration = Duration::from_millis(3);

/// What waits to be drawn, by what a page depends on.
#[derive(Clone, Default)]
pub struct Drawings(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queues: Queues<Kind, Waiting>,
    /// Somebody came, whatever he asks for.
    came: Notify,
}

/// What a visitor's page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kind {
    uri: Uri,
    host: Option<HeaderValue>,
    accept: Option<HeaderValue>,
    theme: Option<String>,
    language: Option<String>,
}

/// Somebody who waits, and how to draw it for him.
pub struct Waiting {
    request: Request,
    next: Next,
    answer: oneshot::Sender<Option<Drawn>>,
}

/// A drawn page; its bytes are shared.
#[derive(Clone)]
struct Drawn {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    nonce: Option<String>,
}

/// Draws the page together with others', if it is one that all visitors see alike.
pub async fn share(State(drawings): State<Drawings>, request: Request, next: Next) -> Response {
    let Some(kind) = kind(&request) else { return next.run(request).await };
    let (answer, receiver) = oneshot::channel();
    let is_first = drawings.0.queues.push(kind.clone(), Waiting { request, next, answer });
    drawings.0.came.notify_waiters();
    if is_first {
        tokio::spawn(draw(drawings, kind));
    }
    match receiver.await {
        Ok(Some(drawn)) => drawn.into_response(),
        Ok(None) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What the page depends on; `None` if it is somebody's own.
fn kind(request: &Request) -> Option<Kind> {
    let (headers, path) = (request.headers(), request.uri().path());
    let alike = path == paths::HOME || path.starts_with("/auctions/") && !path.ends_with("/edit");
    let is_visitor = matches!(request.extensions().get::<Viewer>(), Some(Viewer(None)));
    // A reply to somebody's form.
    let has_reply = request.extensions().get::<app::reply::Reply>().is_some();
    if request.method() != Method::GET || !alike || !is_visitor || has_reply {
        return None;
    }
    let cookie = |name| cookies::value(headers, name).map(str::to_owned);
    Some(Kind {
        uri: request.uri().clone(),
        host: headers.get(HOST).cloned(),
        accept: headers.get(ACCEPT).cloned(),
        theme: cookie(cookies::THEME),
        language: cookie(app::language::COOKIE),
    })
}

/// Draws for everybody who waits, until nobody does.
async fn draw(drawings: Drawings, kind: Kind) {
    while let Some(mut waiting) = drawings.0.queues.take(&kind, TOGETHER) {
        let crowd = waiting.len();
        let Some(first) = waiting.pop() else { continue };
        // In a task of its own: a page that panics takes nobody else's with it.
        let drawn = tokio::spawn(async move { Drawn::from(first.next.run(first.request).await).await });
        let drawn = drawn.await.ok().flatten();
        if drawn.is_none() {
            error!(path = kind.uri.path(), "a page was not drawn");
        }
        for answer in waiting.into_iter().map(|other| other.answer).chain([first.answer]) {
            // Who waits may be gone.
            drop(answer.send(drawn.clone()));
        }
        if crowd > 1 {
            drawings.gather(&kind, crowd).await;
        }
    }
}

impl Drawings {
    /// Returns when as many wait as a `crowd`, or have been given their moment.
    async fn gather(&self, kind: &Kind, crowd: usize) {
        let all_here = async {
            loop {
                // Before the count: who comes in between is heard.
                let came = self.0.came.notified();
                if self.0.queues.waiting(kind) >= crowd {
                    return;
                }
                came.await;
            }
        };
        // Who has not come by then is not waited for.
        let _ = timeout(GATHERING, all_here).await;
    }
}

impl Drawn {
    async fn from(response: Response) -> Option<Self> {
        let (Parts { status, headers, .. }, body) = response.into_parts();
        let body = to_bytes(body, LARGEST_PAGE).await.ok()?;
        let nonce = nonce(&headers);
        Some(Self { status, headers, body, nonce })
    }
}

impl IntoResponse for Drawn {
    fn into_response(self) -> Response {
        let Self { status, mut headers, mut body, nonce } = self;
        headers.remove(CONTENT_LENGTH);
        if let Some(old) = nonce {
            let new = Nonce::new().to_string();
            body = replaced(&body, old.as_bytes(), new.as_bytes());
            let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
            let policy = policy.and_then(|policy| HeaderValue::from_str(&policy.replace(&old, &new)).ok());
            if let Some(policy) = policy {
                headers.insert(CONTENT_SECURITY_POLICY, policy);
            }
        }
        (status, headers, Body::from(body)).into_response()
    }
}

/// The nonce that a policy names.
fn nonce(headers: &HeaderMap) -> Option<String> {
    let policy = headers.get(CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    let (_, rest) = policy.split_once("'nonce-")?;
    Some(rest.split_once('\'')?.0.to_owned())
}

/// `text` with each `old` as `new`.
fn replaced(text: &[u8], old: &[u8], new: &[u8]) -> Bytes {
    let mut result = Vec::with_capacity(text.len());
    let mut rest = 0;
    for place in memchr::memmem::find_iter(text, old) {
        result.extend_from_slice(&text[rest..place]);
        result.extend_from_slice(new);
        rest = place + old.len();
    }
    result.extend_from_slice(&text[rest..]);
    result.into()
}
