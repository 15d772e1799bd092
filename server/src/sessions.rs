//! Who asks: the session's cookie, looked up once per request.

use app::server_side::Viewer;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use market::store::accounts::SessionToken;
use tracing::error;

use crate::state::AppState;

/// Puts the [`Viewer`] into the request. Files are the same for everybody: they cost no query.
pub async fn find_viewer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if !is_file(request.uri().path()) {
        let token = state.context.cookies.session(request.headers());
        let viewer = viewer(&state, token).await;
        request.extensions_mut().insert(viewer);
    }
    next.run(request).await
}

async fn viewer(state: &AppState, token: Option<SessionToken>) -> Viewer {
    let Some(token) = token else { return Viewer(None) };
    match state.context.market.session(&token).await {
        Ok(me) => Viewer(me.map(|me| (me, token))),
        // The page is better shown signed out than not at all; what needs the session is refused.
        Err(error) => {
            error!(%error, "a session cannot be looked up");
            Viewer(None)
        }
    }
}

fn is_file(path: &str) -> bool {
    ["/pkg/", "/fonts/", "/art/", "/icons/", "/pictures/"].iter().any(|folder| path.starts_with(folder))
}
