//! The table of operations, each against each scope: nothing but what a token was made for.

use axum::http::{Method, StatusCode};
use market::access::Scope;
use server::openapi::{OPERATIONS, PAGE_ONLY};

use crate::site::{Caller, Site};

#[tokio::test]
async fn a_token_passes_where_it_has_the_scope_and_nowhere_else() {
    let site = Site::open().await;
    let person = site.person("minji", 0).await;
    for scope in Scope::ALL {
        let token = site.token(&person, &[scope]).await;
        for operation in OPERATIONS.iter() {
            let what = format!("{} with {scope:?}", operation.path);
            let answer = site.ask(Caller::Program(&token), &operation.method, operation.path, &[]).await;
            if operation.scope == scope {
                assert!(!matches!(answer.status.as_u16(), 401 | 500), "{what}: {}", answer.status);
                assert_ne!(answer.refused().as_deref(), Some("scope"), "{what}");
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
                let expected = serde_json::json!({ "refused": "scope", "needs": operation.scope.as_str() });
                assert_eq!(answer.json(), expected, "{what}");
                assert!(answer.header("www-authenticate").contains("insufficient_scope"), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn whatever_is_not_in_the_table_is_closed_to_every_token() {
    let site = Site::open().await;
    let token = site.token(&site.seller, &Scope::ALL).await;
    let functions = PAGE_ONLY.iter().map(|(name, _)| format!("/api/{name}"));
    let others =
        ["/", "/wallet", "/settings", "/admin", "/api/my_data", "/api/add_picture", "/api/none", "/none"];
    for path in functions.chain(others.map(str::to_owned)) {
        for method in [Method::GET, Method::POST] {
            let answer = site.ask(Caller::Program(&token), &method, &path, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
            let expected = serde_json::json!({ "refused": "scope", "needs": null });
            assert_eq!(answer.json(), expected, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_token_that_is_not_known_is_refused_where_visitors_are_welcome() {
    let site = Site::open().await;
    let strange = format!("nb_{}", "0".repeat(64));
    for token in [strange.as_str(), "nb_", "", "x", "ghp_1"] {
        for operation in OPERATIONS.iter() {
            let answer = site.ask(Caller::Program(token), &operation.method, operation.path, &[]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {token}", operation.path);
            assert_eq!(answer.refused().as_deref(), Some("no_session"), "{} {token}", operation.path);
        }
    }
    assert_eq!(site.get(Caller::Nobody, "/api/categories", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_shows_both_a_token_and_a_cookie_is_judged_by_the_token_alone() {
    let site = Site::open().await;
    let token = site.token(&site.seller, &[Scope::Read]).await;
    let other = site.person("minji", 0).await;
    let me = site.get(Caller::Both(&other, &token), "/api/me", &[]).await.json();
    assert_eq!(me["me"]["id"], serde_json::json!(site.seller.id.0));
    let deposit = [("amount", "1000"), ("key", "k")];
    let refused = site.post(Caller::Both(&other, &token), "/api/deposit", &deposit).await;
    assert_eq!((refused.status, refused.refused().as_deref()), (StatusCode::FORBIDDEN, Some("scope")));
    let gone = site.post(Caller::Both(&other, "nb_0"), "/api/deposit", &deposit).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    assert_eq!(site.books.wallet(other.id).await, (0, 0));
}
