//! The whole site, and people's browsers, without a network between them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use clap::Parser;
use leptos::config::LeptosOptions;
use market::{
    UserId,
    people::NewPerson,
    store::{Clock, accounts::SessionToken},
};
use pictures::{Pictures, store::Store};
use server::{Config, errands::Errand, router::router, state::AppState, stop::Stop};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::db::TestDatabase;

/// Between the parts of a form.
const BOUNDARY: &str = "----a-boundary";
/// The site's own name.
const HOST: &str = "market.test";

pub struct Site {
    pub books: TestDatabase,
    router: Router,
    folder: TempDir,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    pub id: UserId,
    session: SessionToken,
}

/// What the site said.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).map_or("", |value| value.to_str().expect("text"))
    }

    pub fn json(&self) -> serde_json::Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {text}", self.status))
    }
}

impl Site {
    pub async fn open() -> Self {
        let books = TestDatabase::new(Clock::Database, 8).await;
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::parse_from(["server"]);
        let stop = Stop::new();
        let pictures = Pictures::kept_in(Store::folder(folder.path()).expect("a store"));
        let mut state = AppState::new(&config, books.market.clone(), pictures, stop);
        // No site was built: nobody knows the hashes of its scripts.
        state.leptos = LeptosOptions::builder().output_name("neighborbid").build();
        Self { books, router: router(state), folder }
    }

    pub async fn person(&self, username: &str) -> Person {
        let person = NewPerson {
            username: username.to_owned(),
            nickname: username.to_owned(),
            email: None,
            region: Some("11440".to_owned()),
            password: "망원동 한강 자전거".to_owned(),
        };
        let (id, session) = self.books.market.sign_up(&person, "a test").await.expect("a person");
        Person { id, session }
    }

    /// What nobody shows is tidied away, by the server's own errand.
    pub async fn tidy(&self) {
        let store = Store::folder(self.folder.path()).expect("a store");
        let round = Errand::Tidy(store).round(&self.books.market, &CancellationToken::new()).await;
        assert_eq!(round.expect("a round"), None);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole answer").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Sends the whole request through a real connection before anything is read, as browsers do; gives the
    /// answer as it came.
    pub async fn over_the_network(&self, request: Request<Body>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let mut lines = vec![format!("{} {} HTTP/1.1", parts.method, parts.uri)];
        lines.extend(
            parts.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().expect("text"))),
        );
        lines.push(format!("connection: close\r\ncontent-length: {}\r\n\r\n", body.len()));
        let head = lines.join("\r\n");
        let mut connection = TcpStream::connect(address).await.expect("a connection");
        connection.write_all(head.as_bytes()).await.expect("the head is sent");
        connection.write_all(&body).await.expect("the body is sent");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.expect("an answer");
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, HOST).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form's parts as a script does.
    pub async fn post(&self, who: Option<&Person>, path: &str, parts: &[Part<'_>]) -> Answer {
        self.send(form(who, path, parts)).await
    }

    /// Sends one file as a script does.
    pub async fn upload(&self, who: Option<&Person>, file: &[u8]) -> Answer {
        self.post(who, app::paths::UPLOAD, &[Part::file("picture", file)]).await
    }

    /// Sends one file that is a picture, and gives its name.
    pub async fn picture(&self, who: &Person, file: &[u8]) -> String {
        let answer = self.upload(Some(who), file).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
        answer.json()["id"].as_str().expect("a name").to_owned()
    }
}

/// A part of a form.
pub struct Part<'a> {
    about: String,
    content: &'a [u8],
}

impl<'a> Part<'a> {
    /// A file that calls itself a JPEG, which nobody may believe.
    pub fn file(name: &str, content: &'a [u8]) -> Self {
        let about = format!("name=\"{name}\"; filename=\"holiday.jpg\"\r\nContent-Type: image/jpeg");
        Self { about, content }
    }

    pub fn field(name: &str, content: &'a str) -> Self {
        Self { about: format!("name=\"{name}\""), content: content.as_bytes() }
    }
}

/// A form of these parts, on its way.
pub fn form(who: Option<&Person>, path: &str, parts: &[Part<'_>]) -> Request<Body> {
    let mut body = Vec::new();
    for part in parts {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {}\r\n\r\n", part.about);
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut request = Request::builder().method(Method::POST).uri(path).header(header::HOST, HOST);
    request = request.header(header::CONTENT_TYPE, kind).header(header::ORIGIN, format!("https://{HOST}"));
    if let Some(person) = who {
        request = request.header(header::COOKIE, format!("__Host-session={}", person.session.as_str()));
    }
    request.body(Body::from(body)).expect("a request")
}
