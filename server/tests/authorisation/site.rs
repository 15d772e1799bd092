//! The whole site without a network, and one call of it.

use app::{api::ApiError, paths};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use server::{limits::Limits, router::router, state::AppState};
use tower::ServiceExt;

use crate::{
    table::Row,
    world::{Role, World},
};

/// Between the parts of a form with files.
const BOUNDARY: &str = "----a-boundary";
/// The site's own name.
pub const HOST: &str = "market.test";

pub struct Site {
    router: Router,
}

impl Site {
    /// With counters of its own.
    pub fn open(world: &World) -> Self {
        Self { router: router(AppState { limits: Limits::new(), ..world.state.clone() }) }
    }

    /// Makes the call of a row as `role` does.
    pub async fn ask(&self, world: &World, row: &Row, role: Role) -> Answer {
        self.call(world, row.call, row.fields, role).await
    }

    /// Makes a call (`POST /api/place_bid`) as `role` does.
    pub async fn call(&self, world: &World, call: &str, fields: &str, role: Role) -> Answer {
        let (method, path) = call.split_once(' ').expect("a method and a path");
        let fields = world.filled(fields, role);
        let mut request = Request::builder().header(header::HOST, HOST);
        request = request.header(header::ACCEPT, "application/json");
        if let Some(session) = world.session(role) {
            request = request.header(header::COOKIE, format!("__Host-session={session}"));
        }
        let with_picture = fields.contains("picture=@");
        let request = if method == "GET" {
            request.uri(format!("{path}?{fields}")).body(Body::empty())
        } else {
            let (kind, body) = if with_picture {
                (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(world, &fields))
            } else {
                ("application/x-www-form-urlencoded".to_owned(), fields.into_bytes())
            };
            let request = request.header(header::ORIGIN, format!("https://{HOST}"));
            request.method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind).body(Body::from(body))
        };
        self.send(request.expect("a request")).await
    }

    /// Sends whatever it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let reads = request.method() == Method::GET;
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole answer").to_vec();
        Answer { reads, status: parts.status, headers: parts.headers, body }
    }
}

/// `a=b&picture=@` as a form with a file, which is the world's picture.
fn multipart(world: &World, fields: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form_urlencoded::parse(fields.as_bytes()) {
        let is_file = value == "@";
        let file = if is_file { "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg" } else { "" };
        let content = if is_file { &world.file } else { value.as_bytes() };
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// What the site said.
pub struct Answer {
    reads: bool,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// In one word, as the table has it: a refusal's code; `sign_in` for who is sent there; `null` for a
    /// reader that is told there is nothing for him; `ok`, or `nothing` for a success that changed nothing.
    pub fn outcome(&self, changed: bool) -> String {
        let leads_to = self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        if self.reads && leads_to.starts_with(paths::SIGN_IN) {
            return "sign_in".to_owned();
        }
        let text = String::from_utf8_lossy(&self.body);
        if self.status.is_success() || self.status.is_redirection() {
            let word = match (self.reads, changed) {
                (true, _) if text == "null" => "null",
                (true, _) | (false, true) => "ok",
                (false, false) => "nothing",
            };
            return word.to_owned();
        }
        match serde_json::from_slice::<ApiError>(&self.body) {
            Ok(ApiError::Refused(refusal)) if refusal.status() == self.status.as_u16() => {
                let json = serde_json::to_value(&refusal).expect("JSON");
                json["refused"].as_str().expect("a code").to_owned()
            }
            _ => format!("{}:{}", self.status.as_u16(), text.chars().take(60).collect::<String>()),
        }
    }

    /// Whether the call could have been meant to change something.
    pub fn may_change(&self) -> bool {
        !self.reads && (self.status.is_success() || self.status.is_redirection())
    }
}
