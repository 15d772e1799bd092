//! The whole site and its callers, without a network between them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use clap::Parser;
use leptos::config::LeptosOptions;
use market::{
    AuctionId, Money, UserId,
    access::{Scope, Wanted},
    people::NewPerson,
    store::{Clock, accounts::SessionToken},
};
use pictures::{Pictures, store::Store};
use serde_json::Value;
use server::{Config, openapi, router::router, state::AppState, stop::Stop};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::db::{TestDatabase, opening};

/// The site's own name.
pub const HOST: &str = "market.test";
/// What opens every account here.
pub const PASSWORD: &str = "망원동 한강 자전거";

/// A market with a seller and one running auction.
pub struct Site {
    pub books: TestDatabase,
    pub description: Value,
    pub auction: AuctionId,
    pub seller: Person,
    pub stop: Stop,
    router: Router,
    /// Where pictures lie, as long as the site stands.
    _folder: TempDir,
}

/// Somebody with an account, signed in.
#[derive(Clone)]
pub struct Person {
    pub id: UserId,
    pub session: SessionToken,
}

impl Person {
    pub fn cookie(&self) -> String {
        format!("__Host-session={}", self.session.as_str())
    }
}

/// Who asks.
#[derive(Clone, Copy)]
pub enum Caller<'a> {
    Nobody,
    Browser(&'a Person),
    Program(&'a str),
    /// A browser that also shows a token.
    Both(&'a Person, &'a str),
}

/// What the site said.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {text}", self.status))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The refusal's code, if it is one.
    pub fn refused(&self) -> Option<String> {
        Some(self.json().get("refused")?.as_str()?.to_owned())
    }
}

impl Site {
    pub async fn open() -> Self {
        let books = TestDatabase::new(Clock::Database, 8).await;
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::parse_from(["server"]);
        let pictures = Pictures::kept_in(Store::folder(folder.path()).expect("a store"));
        let stop = Stop::new();
        let mut state = AppState::new(&config, books.market.clone(), pictures, stop.clone());
        // No site was built: nobody knows the hashes of its scripts.
        state.leptos = LeptosOptions::builder().output_name("neighborbid").build();
        let router = router(state);
        let seller = person(&books, "seller", 0).await;
        let now = books.market.now().await.expect("the time");
        let auction = books.auction(seller.id, "first", &opening(now, 3_600)).await;
        let description = openapi::description("http://market.test");
        Self { books, description, auction, seller, stop, router, _folder: folder }
    }

    /// Somebody with `amount` won.
    pub async fn person(&self, username: &str, amount: i64) -> Person {
        person(&self.books, username, amount).await
    }

    /// A token of somebody's, for `scopes`.
    pub async fn token(&self, person: &Person, scopes: &[Scope]) -> String {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        let wanted = Wanted { name: names.join("+"), scopes: scopes.to_vec(), days: 7 };
        let made = self.books.market.create_access(person.id, PASSWORD, &wanted, &names.join("+")).await;
        made.expect("a token").ok.expect("its secret")
    }

    /// Asks for `path` with its query, or sends `form` to it.
    pub async fn ask(&self, who: Caller<'_>, method: &Method, path: &str, form: &[(&str, &str)]) -> Answer {
        let form: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let is_get = method == Method::GET;
        let uri = if is_get && !form.is_empty() { format!("{path}?{form}") } else { path.to_owned() };
        let mut request = Request::builder().method(method).uri(uri).header(header::HOST, HOST);
        let (person, token) = match who {
            Caller::Nobody => (None, None),
            Caller::Browser(person) => (Some(person), None),
            Caller::Program(token) => (None, Some(token)),
            Caller::Both(person, token) => (Some(person), Some(token)),
        };
        if let Some(person) = person {
            request = request.header(header::COOKIE, person.cookie());
        }
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = if is_get {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            Body::from(form)
        };
        self.send(request.body(body).expect("a request")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("it");
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole answer").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, who: Caller<'_>, path: &str, query: &[(&str, &str)]) -> Answer {
        self.ask(who, &Method::GET, path, query).await
    }

    pub async fn post(&self, who: Caller<'_>, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(who, &Method::POST, path, form).await
    }
}

async fn person(books: &TestDatabase, username: &str, amount: i64) -> Person {
    let form = NewPerson {
        username: username.to_owned(),
        nickname: username.to_owned(),
        email: None,
        region: Some("11440".to_owned()),
        password: PASSWORD.to_owned(),
    };
    let (id, session) = books.market.sign_up(&form, "a test").await.expect("a person");
    if amount > 0 {
        books.market.post_deposit(id, Money::won(amount)).await.expect("a deposit");
    }
    Person { id, session }
}
