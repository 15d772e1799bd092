//! Who asks: the session's cookie or a program's access token, looked up once per request.
//!
//! A request with a token is the program's, whatever cookie it carries: the token says what it may do, and
//! less is safe. No page of another site can make a browser send our token: an `Authorization` header of its
//! own takes a preflight, which nothing here answers; and the check of the origin stands before all this, for
//! tokens as for cookies.

use app::{
    api::ApiError,
    server_side::{Viewer, failed},
};
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue,
        header::{AUTHORIZATION, WWW_AUTHENTICATE},
    },
    middleware::Next,
    response::Response,
};
use market::{
    Refusal,
    store::{access_tokens::AccessToken, accounts::SessionToken},
};
use tracing::error;

use crate::{access::Program, api_answers::error_answer, state::AppState};

/// Puts the [`Viewer`] into the request. Files are the same for everybody: they cost no query.
pub async fn find_viewer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if is_file(request.uri().path()) {
        return next.run(request).await;
    }
    let viewer = match bearer(request.headers()) {
        Some(text) => match program(&state, text).await {
            Ok((viewer, program)) => {
                request.extensions_mut().insert(program);
                viewer
            }
            Err(error) => return not_let_in(&error),
        },
        None => viewer(&state, state.context.cookies.session(request.headers())).await,
    };
    request.extensions_mut().insert(viewer);
    next.run(request).await
}

async fn viewer(state: &AppState, token: Option<SessionToken>) -> Viewer {
    let Some(token) = token else { return Viewer(None) };
    match state.context.market.session(&token).await {
        Ok(me) => Viewer(me.map(|me| (me, Some(token)))),
        // The page is better shown signed out than not at all; what needs the session is refused.
        Err(error) => {
            error!(%error, "a session cannot be looked up");
            Viewer(None)
        }
    }
}

/// What stands behind `Bearer`; other schemes are for whoever stands in front of us.
fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    const SCHEME: &[u8] = b"bearer ";
    let value = headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = value.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(token.trim_ascii())
}

/// A token that is not known must not pass for a visitor's request: the program would never learn of it.
async fn program(state: &AppState, text: &[u8]) -> Result<(Viewer, Program), ApiError> {
    let token = std::str::from_utf8(text).ok().and_then(AccessToken::from_text);
    let token = token.ok_or(Refusal::NoSession)?;
    let found = state.context.market.access(&token).await;
    let found = found.map_err(|error| failed("an access token", &error))?;
    let (me, scopes) = found.ok_or(Refusal::NoSession)?;
    Ok((Viewer(Some((me, None))), Program(scopes)))
}

fn not_let_in(error: &ApiError) -> Response {
    let mut answer = error_answer(error);
    if error.refusal() == Some(&Refusal::NoSession) {
        // RFC 6750, 3.1.
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    answer
}

fn is_file(path: &str) -> bool {
    ["/pkg/", "/fonts/", "/art/", "/icons/", "/pictures/"].iter().any(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_behind_its_scheme() {
        let read = |text: &'static str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(text))]);
            bearer(&headers).map(<[u8]>::to_vec)
        };
        assert_eq!(read("Bearer nb_1").as_deref(), Some(b"nb_1".as_slice()));
        assert_eq!(read("bearer  nb_1 ").as_deref(), Some(b"nb_1".as_slice()));
        assert_eq!(read("Basic bmI6MQ=="), None);
        assert_eq!(read("Bear"), None);
    }
}
