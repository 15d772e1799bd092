//! Forms sent without scripts (design, *The surface*): the server function runs as for a script, and the
//! browser is sent on with 303 to where the function leads, else back to the form's page, with the answer in
//! a one-shot cookie. A page reached so shows the answer, whether success or refusal, and a reload sends
//! nothing twice.

use app::{paths, reply::Reply};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tracing::warn;

use crate::{layers::LARGEST_BODY, state::AppState};

/// The one-shot cookie.
const COOKIE: &str = "reply";
/// Browsers keep about 4 KiB a cookie.
const COOKIE_MAX: usize = 3_800;
/// What is never put into a cookie.
const SECRET_FIELDS: [&str; 4] = ["password", "new_password", "token", "key"];
/// The largest answer of a server function, in bytes.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Turns a plain form's round trip into a server function's and back; and gives a page the reply that waits
/// for it.
pub async fn plain_forms(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let html = accepts_html(request.headers());
    if !html {
        return next.run(request).await;
    }
    match (request.method(), request.uri().path().strip_prefix("/api/")) {
        (&Method::POST, Some(form)) => {
            let form = form.to_owned();
            run_form(&state, &form, request, next).await
        }
        (&Method::GET, None) => show_reply(&state, request, next).await,
        _ => next.run(request).await,
    }
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

async fn run_form(state: &AppState, form: &str, request: Request, next: Next) -> Response {
    let back = back(request.headers());
    let (mut parts, mut body) = request.into_parts();
    let mut fields = Vec::new();
    if !brings_files(&parts.headers) {
        let Ok(form) = to_bytes(body, LARGEST_BODY).await else {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        };
        fields = typed(&form);
        body = Body::from(form);
    }
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let answer = next.run(Request::from_parts(parts, body)).await;
    let status = answer.status();
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) && !is_json(&answer) {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let leads_to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
    let target = leads_to.map_or(back, str::to_owned);
    let body = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    let reply = Reply {
        form: form.to_owned(),
        status: status.as_u16(),
        answer: essence(status, &body),
        fields: if status.is_success() { Vec::new() } else { fields },
    };
    let mut onward = see_other(&target);
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        onward.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    if let Some(cookie) = reply_cookie(state, reply) {
        onward.headers_mut().append(header::SET_COOKIE, cookie);
    }
    onward
}

/// A form with files goes on as it comes: what was chosen in it cannot be chosen again by a page.
fn brings_files(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
}

fn is_json(answer: &Response) -> bool {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

/// The page that the form stands on: the Referer's path on this site, else the first page.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let uri = referer.and_then(|referer| referer.parse::<axum::http::Uri>().ok());
    let path = uri.as_ref().and_then(axum::http::Uri::path_and_query).map(ToString::to_string);
    path.as_deref().map_or(paths::HOME, paths::local).to_owned()
}

/// The fields as typed, without secrets.
fn typed(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body)
        .filter(|(name, _)| !SECRET_FIELDS.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Of a success the page needs its code alone: what it shows it reads from the books. A refusal is kept
/// whole.
fn essence(status: StatusCode, body: &[u8]) -> serde_json::Value {
    let Ok(answer) = serde_json::from_slice::<serde_json::Value>(body) else {
        return serde_json::json!({ "refused": "malformed" });
    };
    if !status.is_success() {
        return answer;
    }
    answer.get("ok").map_or(serde_json::Value::Null, |code| serde_json::json!({ "ok": code }))
}

fn see_other(target: &str) -> Response {
    let location = HeaderValue::from_str(target).unwrap_or(HeaderValue::from_static(paths::HOME));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// The cookie, without the longest fields if it would be too large.
fn reply_cookie(state: &AppState, mut reply: Reply) -> Option<HeaderValue> {
    loop {
        let json = serde_json::to_vec(&reply).ok()?;
        let value = URL_SAFE_NO_PAD.encode(json);
        if value.len() <= COOKIE_MAX {
            return set_cookie(state, &value, 60);
        }
        let longest = (0..reply.fields.len()).max_by_key(|&index| reply.fields[index].1.len());
        let Some(longest) = longest else {
            warn!(form = reply.form, "a reply does not fit its cookie");
            return None;
        };
        reply.fields.remove(longest);
    }
}

fn set_cookie(state: &AppState, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if state.context.cookies.secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// A page takes the waiting reply with it, and the cookie is gone.
async fn show_reply(state: &AppState, mut request: Request, next: Next) -> Response {
    let Some(value) = app::server_side::cookies::value(request.headers(), COOKIE) else {
        return next.run(request).await;
    };
    let reply = URL_SAFE_NO_PAD.decode(value).ok();
    if let Some(reply) = reply.and_then(|json| serde_json::from_slice::<Reply>(&json).ok()) {
        request.extensions_mut().insert(reply);
    }
    let mut answer = next.run(request).await;
    if let Some(gone) = set_cookie(state, "", 0) {
        answer.headers_mut().append(header::SET_COOKIE, gone);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_its_own_page_on_this_site() {
        let at = |referer: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(referer));
            back(&headers)
        };
        assert_eq!(at("http://127.0.0.1:3000/auctions/7?x=1"), "/auctions/7?x=1");
        assert_eq!(at("http://127.0.0.1:3000//example.org"), "/");
        assert_eq!(back(&HeaderMap::new()), "/");
    }

    #[test]
    fn passwords_and_keys_never_reach_a_cookie() {
        let fields = typed(b"username=minji&password=secret&new_password=other&token=t&key=k1&region=11440");
        assert_eq!(fields, [("username".into(), "minji".into()), ("region".into(), "11440".into())]);
    }
}
