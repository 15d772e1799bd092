//! The life of a token: made with the password, shown once, and gone with whatever it hangs on.

use axum::http::StatusCode;
use market::access::Scope;

use crate::site::{Caller, PASSWORD, Person, Site};

async fn works(site: &Site, token: &str) -> bool {
    match site.get(Caller::Program(token), "/api/me", &[]).await.status {
        StatusCode::OK => true,
        StatusCode::UNAUTHORIZED => false,
        other => panic!("{other}"),
    }
}

async fn create(site: &Site, who: &Person, key: &str, password: &str) -> crate::site::Answer {
    let form = [
        ("name", "가격 알리미"),
        ("scopes[]", "read"),
        ("scopes[]", "bid"),
        ("days", "30"),
        ("password", password),
        ("key", key),
    ];
    site.post(Caller::Browser(who), "/api/create_access", &form).await
}

#[tokio::test]
async fn a_token_takes_the_password_and_is_shown_once() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    let wrong = create(&site, &me, "k1", "wrong").await;
    assert_eq!(
        (wrong.status, wrong.refused().as_deref()),
        (StatusCode::UNAUTHORIZED, Some("wrong_credentials"))
    );
    let made = create(&site, &me, "k1", PASSWORD).await.json();
    let token = made["ok"].as_str().expect("a secret").to_owned();
    assert!(token.starts_with("nb_") && token.len() == 67, "{token}");
    assert!(works(&site, &token).await);
    // The same form again makes no second one, and shows nothing.
    let again = create(&site, &me, "k1", PASSWORD).await.json();
    assert_eq!(again, serde_json::json!({ "ok": null }));
    let account = site.get(Caller::Browser(&me), "/api/account", &[]).await.json();
    assert_eq!(account["tokens"].as_array().map(Vec::len), Some(1));
    assert_eq!(account["tokens"][0]["scopes"], serde_json::json!(["read", "bid"]));
    assert!(account["tokens"][0]["used_on"].is_string(), "{account}");
    assert!(!account.to_string().contains(&token));
    let data = site.get(Caller::Browser(&me), "/api/my_data", &[]).await.json();
    assert_eq!(data["access_tokens"][0]["name"], "가격 알리미");
    assert!(!data.to_string().contains(&token));
    let stored = "SELECT count(*) FROM access_tokens WHERE user_id = $1 AND octet_length(token_sha256) = 32";
    assert_eq!(site.books.count(stored, me.id.0).await, 1);
}

#[tokio::test]
async fn nobody_has_more_than_ten_tokens() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    for number in 0..10 {
        assert_eq!(create(&site, &me, &format!("k{number}"), PASSWORD).await.status, StatusCode::OK);
    }
    let full = create(&site, &me, "k10", PASSWORD).await;
    assert_eq!(full.json()["faults"][0]["reason"], "too_many");
    let account = site.get(Caller::Browser(&me), "/api/account", &[]).await.json();
    let first = account["tokens"][0]["id"].to_string();
    let back = site.post(Caller::Browser(&me), "/api/revoke_access", &[("token_id", &first)]).await;
    assert_eq!(back.status, StatusCode::OK);
    assert_eq!(create(&site, &me, "k10", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_ends_when_its_owner_says_so_and_nobody_else() {
    let site = Site::open().await;
    let (me, other) = (site.person("minji", 0).await, site.person("junho", 0).await);
    let token = site.token(&me, &[Scope::Read]).await;
    let account = site.get(Caller::Browser(&me), "/api/account", &[]).await.json();
    let id = account["tokens"][0]["id"].to_string();
    let revoke = [("token_id", id.as_str())];
    let foreign = site.post(Caller::Browser(&other), "/api/revoke_access", &revoke).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert!(works(&site, &token).await);
    assert_eq!(site.post(Caller::Browser(&me), "/api/revoke_access", &revoke).await.status, StatusCode::OK);
    assert!(!works(&site, &token).await);
}

#[tokio::test]
async fn signing_out_everywhere_a_new_password_and_the_end_of_the_account_end_every_token() {
    let site = Site::open().await;
    let renewed = [("password", PASSWORD), ("new_password", "다른 자전거 한 대")];
    let acts = [
        ("a11", "/api/sign_out_everywhere", [].as_slice()),
        ("b22", "/api/change_password", renewed.as_slice()),
        ("c33", "/api/close_account", [("password", PASSWORD)].as_slice()),
    ];
    for (name, path, form) in acts {
        let me = site.person(name, 0).await;
        let token = site.token(&me, &[Scope::Read]).await;
        assert!(works(&site, &token).await, "{path}");
        let answer = site.post(Caller::Browser(&me), path, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.body));
        assert!(!works(&site, &token).await, "{path}");
    }
}

#[tokio::test]
async fn a_token_expires() {
    let site = Site::open().await;
    let me = site.person("minji", 0).await;
    let token = site.token(&me, &[Scope::Read]).await;
    assert!(works(&site, &token).await);
    let over = "UPDATE access_tokens SET created_at = created_at - interval '8 days',
                expires_at = expires_at - interval '8 days' WHERE user_id = $1";
    sqlx::query(over).bind(me.id.0).execute(&site.books.pool).await.expect("it is over");
    assert!(!works(&site, &token).await);
}
