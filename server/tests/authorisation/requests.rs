//! Requests that are not what an operation expects, sent to every operation there is: by reading, by forms of
//! other sites, with amounts that are none.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use crate::{
    books::Books,
    site::{HOST, Site},
    table::TABLE,
    world::{ROLES, Role, World},
};

/// What was answered to amounts in the seed system with a failure, or was cut to what it is not.
const NO_AMOUNTS: [&str; 11] =
    ["abc", "", "0", "-1", "1000.9", "1e3", "NaN", "null", "3000000000.5", "99999999999999999999", "%00"];

#[tokio::test]
async fn s3_neither_reading_nor_a_form_of_another_site_changes_anything() {
    let world = World::new().await;
    let books = Books::keep(world.books.pool.clone()).await;
    let site = Site::open(&world);
    for row in TABLE {
        let Some(path) = row.call.strip_prefix("POST ") else { continue };
        for role in ROLES {
            let fields = world.filled(row.fields, role);
            let (session, form) =
                (world.session(role).unwrap_or_default(), "application/x-www-form-urlencoded");
            let request = || Request::builder().header(header::HOST, HOST);
            let request = || request().header(header::COOKIE, format!("__Host-session={session}"));
            let reading = request().uri(format!("{path}?{fields}")).body(Body::empty()).expect("a request");
            let status = site.send(reading).await.status;
            let is_refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
            assert!(is_refused, "GET {path}: {status}");
            for origin in ["https://elsewhere.example", "null"] {
                let forged = request().method(Method::POST).uri(path).header(header::ORIGIN, origin);
                let forged = forged.header(header::CONTENT_TYPE, form).body(Body::from(fields.clone()));
                let status = site.send(forged.expect("a request")).await.status;
                assert_eq!(status, StatusCode::FORBIDDEN, "{origin}: {path}");
            }
        }
        assert_eq!(books.changed().await, Vec::<String>::new(), "{path}");
    }
}

#[tokio::test]
async fn each_answer_has_the_headers_that_protect_it() {
    let world = World::new().await;
    for row in TABLE {
        let site = Site::open(&world);
        for role in [Role::Visitor, Role::Buyer] {
            let headers = site.ask(&world, row, role).await.headers;
            let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
            let call = row.call;
            assert_eq!(header("x-content-type-options"), "nosniff", "{call}");
            assert_eq!(header("referrer-policy"), "same-origin", "{call}");
            assert!(header("content-security-policy").contains("default-src 'none'"), "{call}");
            assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{call}");
            // The API's description is the same for everybody.
            let public = call.ends_with("/openapi.json");
            assert!(
                public || header("cache-control").contains("private"),
                "{call}: {}",
                header("cache-control")
            );
            assert_eq!(header("access-control-allow-origin"), "", "{call}");
            let kind = header("content-type");
            let known = ["application/json", "text/csv; charset=utf-8"];
            let is_known = kind.is_empty() || known.iter().any(|known| kind.starts_with(known));
            assert!(is_known, "{call}: {kind}");
            // A session's cookie is the page's alone.
            for cookie in headers.get_all(header::SET_COOKIE) {
                let cookie = cookie.to_str().expect("text");
                assert!(cookie.contains("SameSite=Lax") && cookie.contains("Secure"), "{call}: {cookie}");
                assert!(!cookie.contains("session=") || cookie.contains("HttpOnly"), "{call}: {cookie}");
            }
        }
    }
}

#[tokio::test]
async fn s6_what_is_no_amount_is_refused_wherever_an_amount_is_taken() {
    let world = World::new().await;
    let books = Books::keep(world.books.pool.clone()).await;
    for row in TABLE.iter().filter(|row| row.call.starts_with("POST") && row.fields.contains("amount=")) {
        let site = Site::open(&world);
        // The last is an amount, but more than anybody has or may put in.
        for amount in NO_AMOUNTS.into_iter().chain(["3000000000"]) {
            let (before, rest) = row.fields.split_once("amount=").expect("an amount");
            let rest = rest.split_once('&').map_or("", |(_, rest)| rest);
            let fields = format!("{before}amount={amount}&{rest}");
            let answer = site.call(&world, row.call, &fields, Role::Other).await;
            let refused = matches!(answer.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT);
            assert!(refused, "{} {amount}: {}", row.call, answer.status);
            assert_eq!(books.changed().await, Vec::<String>::new(), "{} {amount}", row.call);
        }
    }
    let without = "SELECT count(*) FROM users WHERE NOT EXISTS (SELECT FROM wallets WHERE user_id = users.id)
                          AND $1 > 0";
    assert_eq!(world.books.count(without, 1).await, 0, "nobody is without a wallet");
}
