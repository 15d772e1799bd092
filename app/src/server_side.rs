//! What server functions and pages need on the server: the books, who asks, and how failures become answers.

pub mod cookies;
pub mod letters;
pub mod parse;

use std::sync::Arc;

use axum::http::{StatusCode, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use market::{
    Refusal, UserId,
    store::{Arrival, Error, Market, accounts::SessionToken, accounts::fresh_key},
    view::{Filter, ListQuery, Me},
};

use crate::api::ApiError;

/// Provided with every request.
#[derive(Clone)]
pub struct AppContext {
    /// The books.
    pub market: Market,
    /// How cookies are made.
    pub cookies: cookies::CookiePolicy,
    /// Pages for developers are served.
    pub development: bool,
    /// Letters can be sent: a mail server is configured.
    pub mail_configured: bool,
    /// What browsers need to let themselves be woken, if pushes can be sent: the public half of their key.
    pub push_key: Option<String>,
    /// Where people find the market, for links in letters; without a slash at the end.
    pub base_url: String,
    /// What programs may ask: the description of the API (OpenAPI), which its page shows.
    pub description: Arc<serde_json::Value>,
}

/// Who asks, found once per request by a layer; a program that asks for him with a token has no session.
#[derive(Clone, Debug, Default)]
pub struct Viewer(pub Option<(Me, Option<SessionToken>)>);

/// The books.
#[must_use]
pub fn market() -> Market {
    expect_context::<AppContext>().market
}

/// Who asks, if signed in.
#[must_use]
pub fn viewer() -> Option<Me> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<Viewer>()?.0.as_ref().map(|(me, _)| me.clone())
}

/// The id of who asks, if signed in.
#[must_use]
pub fn viewer_id() -> Option<UserId> {
    viewer().map(|me| me.id)
}

/// When the request reached this server, as its outermost layer noted.
#[must_use]
pub fn arrival() -> Arrival {
    let noted = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arrival>().copied());
    noted.unwrap_or_else(Arrival::now)
}

/// Who asks.
///
/// # Errors
/// `no_session`.
pub fn signed_in() -> Result<UserId, ApiError> {
    viewer_id().ok_or_else(|| refuse(Refusal::NoSession))
}

/// Who asks, with his session.
///
/// # Errors
/// `no_session`.
pub fn signed_in_with() -> Result<(Me, SessionToken), ApiError> {
    viewer().zip(token()).ok_or_else(|| refuse(Refusal::NoSession))
}

/// The filters of an address, as the list understands them: without a region the 시/군/구 of who asks.
#[must_use]
pub fn list_filter(query: &ListQuery) -> Filter {
    /// The length of a 시/군/구's code.
    const DISTRICT: usize = 5;
    let mut filter = Filter::read(query);
    if query.region.trim().is_empty() {
        let home = viewer().and_then(|me| me.region);
        filter.region = home.map(|region| region.code.chars().take(DISTRICT).collect());
    }
    filter
}

/// Whether letters can be sent.
#[must_use]
pub fn mail_configured() -> bool {
    expect_context::<AppContext>().mail_configured
}

/// The session's token, to end it.
#[must_use]
pub fn token() -> Option<SessionToken> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<Viewer>()?.0.as_ref().and_then(|(_, token)| token.clone())
}

/// The browser's name for itself.
#[must_use]
pub fn user_agent() -> String {
    let parts = use_context::<Parts>();
    let agent =
        parts.as_ref().and_then(|parts| parts.headers.get(axum::http::header::USER_AGENT)?.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// Turns the outcome of an operation into an answer: a refusal or a failure with its status.
///
/// # Errors
/// The refusal or the failure.
pub fn answer<T>(outcome: market::store::Result<T>) -> Result<T, ApiError> {
    outcome.map_err(|error| match error {
        Error::Refused(refusal) => refuse(refusal),
        failure => failed("an operation", &failure),
    })
}

/// A failure of `what`, with its status set: logged once, with a reference that the user sees too.
#[must_use]
pub fn failed(what: &'static str, failure: &dyn std::error::Error) -> ApiError {
    let reference = fresh_key().map_or_else(|_| "-".to_owned(), |key| key[..8].to_owned());
    tracing::error!(reference, what, error = %failure, "failed");
    status(500);
    ApiError::Failed { reference }
}

/// A refusal, with its status set.
#[must_use]
pub fn refuse(refusal: Refusal) -> ApiError {
    note(&refusal);
    status(refusal.status());
    let retry = match refusal {
        Refusal::Busy => Some(1),
        Refusal::TooMany { retry_after } => Some(retry_after),
        _ => None,
    };
    if let (Some(seconds), Some(response)) = (retry, use_context::<ResponseOptions>()) {
        response.insert_header(axum::http::header::RETRY_AFTER, seconds.into());
    }
    ApiError::Refused(refusal)
}

/// Who tried a door that is not his, or the wrong key: in the log, under the request's number. What was typed
/// is not.
fn note(refusal: &Refusal) {
    let tried = match refusal {
        Refusal::WrongCredentials => "wrong_credentials",
        Refusal::NotYours => "not_yours",
        Refusal::Suspended => "suspended",
        _ => return,
    };
    tracing::warn!(user = viewer_id().map(|user| user.0), tried, "refused");
}

/// Sets the status of the answer.
pub fn status(code: u16) {
    if let (Some(response), Ok(code)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(code)) {
        response.set_status(code);
    }
}
