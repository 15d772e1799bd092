//! What a program may do with an access token: its path must stand in the table of operations with a scope
//! that the token has. Whatever does not stand there is refused: pages, money, passwords, staff, what comes
//! later.
//!
//! Order of refusals: a token that is not known (401 `no_session`, [`crate::sessions`]), too often (429
//! `too_many`, [`crate::limits`]), this one (403 `scope`), then the operation's own.

use axum::{
    extract::Request,
    http::{HeaderValue, header::WWW_AUTHENTICATE},
    middleware::Next,
    response::Response,
};
use market::{Refusal, access::Scope};

use crate::{api_answers::error_answer, openapi};

/// A request that came with an access token, and what the token may do.
#[derive(Debug, Clone)]
pub struct Program(pub Vec<Scope>);

/// Lets a program do what its token may; whoever comes without a token passes.
pub async fn within_scope(request: Request, next: Next) -> Response {
    let Some(Program(scopes)) = request.extensions().get::<Program>() else { return next.run(request).await };
    let needs = openapi::operation(request.uri().path()).map(|operation| operation.scope);
    if needs.is_some_and(|needs| scopes.contains(&needs)) {
        return next.run(request).await;
    }
    let mut answer = error_answer(&Refusal::Scope { needs }.into());
    // RFC 6750, 3.1.
    let challenge = match needs {
        Some(needs) => format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", needs.as_str()),
        None => "Bearer error=\"insufficient_scope\"".to_owned(),
    };
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    answer
}
