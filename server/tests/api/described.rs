//! The description against the server: every function is described or kept for the pages, and what is
//! answered has the shape and the status that are described.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use jsonschema::Validator;
use market::access::Scope;
use serde_json::{Value, json};
use server::openapi::{OPERATIONS, PAGE_ONLY, Wire};

use crate::site::{Answer, Caller, Site};

/// What is described of the answers with that status.
fn schema_of(description: &Value, path: &str, method: &Method, status: StatusCode) -> Option<Value> {
    let responses = &description["paths"][path][method.as_str().to_ascii_lowercase()]["responses"];
    let response = responses.get(status.as_str())?;
    let response = match response["$ref"].as_str() {
        Some(name) => description.pointer(name.trim_start_matches('#'))?,
        None => response,
    };
    response.pointer("/content/application~1json/schema").cloned()
}

/// The answer is one that is described.
fn assert_described(site: &Site, path: &str, method: &Method, answer: &Answer) {
    let what = format!("{method} {path} {}", answer.status);
    let schema = schema_of(&site.description, path, method, answer.status);
    let schema = schema.unwrap_or_else(|| panic!("{what} is not described: {}", answer.json()));
    assert!(answer.header("content-type").starts_with("application/json"), "{what}");
    let mut whole = schema;
    whole["components"] = site.description["components"].clone();
    let validator: Validator = jsonschema::draft202012::new(&whole).expect("a schema");
    let json = answer.json();
    let faults: Vec<String> =
        validator.iter_errors(&json).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:?} in {json}");
}

#[tokio::test]
async fn every_server_function_is_described_or_kept_for_the_pages() {
    // The router registers them.
    let site = Site::open().await;
    let page_only: BTreeMap<&str, &str> = PAGE_ONLY.iter().copied().collect();
    let mut known = BTreeSet::new();
    for (path, method) in server_fn::axum::server_fn_paths() {
        let name = path.trim_start_matches("/api/");
        known.insert(name);
        let described = OPERATIONS.iter().find(|operation| operation.path == path);
        assert!(
            described.is_some() != page_only.contains_key(name),
            "{name}: either in openapi/table.rs or in openapi/page_only.rs"
        );
        assert!(described.is_none_or(|operation| operation.method == method), "{name}: {method}");
        let documented = &site.description["paths"][path][method.as_str().to_ascii_lowercase()];
        assert_eq!(documented.is_object(), described.is_some(), "{name}");
    }
    let strange: Vec<_> = page_only.keys().filter(|name| !known.contains(*name)).collect();
    assert!(strange.is_empty(), "no such functions: {strange:?}");
    let of_no_function =
        OPERATIONS.iter().filter(|operation| !known.contains(operation.name())).map(|one| one.path);
    assert_eq!(of_no_function.collect::<Vec<_>>(), [app::paths::UPLOAD]);
}

#[tokio::test]
async fn the_description_is_served_as_it_is_and_names_nothing_that_is_not_there() {
    let site = Site::open().await;
    let served = site.get(Caller::Nobody, "/api/openapi.json", &[]).await;
    assert_eq!(served.status, StatusCode::OK);
    let served = served.json();
    assert_eq!(served["openapi"], "3.1.0");
    assert_eq!(served["paths"], site.description["paths"]);
    let mut names = Vec::new();
    references(&served, &mut names);
    assert!(names.len() > 100, "{}", names.len());
    for name in names {
        assert!(served.pointer(name.trim_start_matches('#')).is_some(), "{name}");
    }
    let page = site.get(Caller::Nobody, app::paths::DEVELOPERS, &[]).await;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    for operation in OPERATIONS.iter() {
        assert!(page.contains(operation.path) && page.contains(operation.says[0]), "{}", operation.path);
    }
}

fn references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            names.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}

#[tokio::test]
async fn readers_answer_what_is_described_to_everybody() {
    let site = Site::open().await;
    let bidder = site.person("bidder", 1_000_000).await;
    let token = site.token(&bidder, &Scope::ALL).await;
    let id = site.auction.to_string();
    let bid = [("auction_id", id.as_str()), ("amount", "20000"), ("key", "k1")];
    assert_eq!(site.post(Caller::Program(&token), "/api/place_bid", &bid).await.status, StatusCode::OK);
    let seller = site.token(&site.seller, &Scope::ALL).await;
    let person = site.seller.id.to_string();
    let mut succeeded = BTreeSet::new();
    for operation in OPERATIONS.iter().filter(|operation| operation.wire == Wire::Query) {
        for known in [true, false] {
            let fields = (operation.fields)();
            let value = |name: &str| match name {
                "id" if known && operation.name() == "seller" => person.as_str(),
                "auction_id" | "id" if known => id.as_str(),
                "number" | "question_id" if known => "9",
                "query[region]" => "all",
                _ if known => "",
                _ => "x",
            };
            let query: Vec<(&str, &str)> =
                fields.iter().map(|name| (name.as_str(), value(name.as_str()))).collect();
            for who in
                [Caller::Nobody, Caller::Browser(&bidder), Caller::Program(&token), Caller::Program(&seller)]
            {
                let answer = site.get(who, operation.path, &query).await;
                assert_described(&site, operation.path, &operation.method, &answer);
                if answer.status == StatusCode::OK {
                    succeeded.insert(operation.name());
                }
            }
        }
        let broken = site.get(Caller::Program(&token), &format!("{}?a[=1&a=%ff", operation.path), &[]).await;
        assert_described(&site, operation.path, &operation.method, &broken);
    }
    let readers = OPERATIONS.iter().filter(|operation| operation.wire == Wire::Query);
    let readers: BTreeSet<_> = readers.map(server::openapi::Operation::name).collect();
    assert_eq!(succeeded, readers, "each reader succeeded for somebody");
}

#[tokio::test]
async fn a_program_sells_and_another_buys_as_described() {
    let site = Site::open().await;
    let bidder = site.person("bidder", 100_000).await;
    let (buys, sells) = (site.token(&bidder, &Scope::ALL).await, site.token(&site.seller, &Scope::ALL).await);
    let post = |token: &str, name: &str, form: Vec<(&'static str, String)>| {
        let (token, path, site) = (token.to_owned(), format!("/api/{name}"), &site);
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = site.post(Caller::Program(&token), &path, &form).await;
            assert_described(site, &path, &Method::POST, &answer);
            answer
        }
    };
    let text = str::to_owned;
    let draft = |key: &str| {
        vec![
            ("title", text("캠핑 의자")),
            ("category", text("기타")),
            ("condition", text("A")),
            ("shipping", text("seller")),
            ("reach", text("national")),
            ("start_price", text("10000")),
            ("increment", text("1000")),
            ("duration", text("1440")),
            ("settlement", text("on_close")),
            ("key", text(key)),
        ]
    };
    let opened = post(&sells, "open_auction", draft("a")).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.json());
    let id = opened.json().to_string();
    let auction = |more: &[(&'static str, &str)]| {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        std::iter::once(("auction_id", id.clone())).chain(more).collect::<Vec<_>>()
    };
    let status = |answer: Answer| (answer.status.as_u16(), answer.refused());
    let refused = |code: u16, name: &str| (code, Some(name.to_owned()));
    let bid = |amount: &str, key: &str| auction(&[("amount", amount), ("key", key)]);

    assert_eq!(status(post(&sells, "open_auction", vec![("key", text("b"))]).await), refused(422, "fields"));
    assert_eq!(status(post(&sells, "call_last_bids", auction(&[])).await), refused(409, "no_bids"));
    assert_eq!(status(post(&buys, "place_bid", bid("abc", "1")).await), refused(422, "invalid_amount"));
    assert_eq!(status(post(&buys, "place_bid", bid("10500", "1")).await), refused(422, "off_grid"));
    assert_eq!(status(post(&buys, "place_bid", bid("9000", "1")).await), refused(409, "bid_too_low"));
    assert_eq!(
        status(post(&buys, "place_bid", bid("9000000", "1")).await),
        refused(409, "insufficient_funds")
    );
    assert_eq!(status(post(&sells, "place_bid", bid("10000", "1")).await), refused(403, "seller_cannot_bid"));
    assert_eq!(status(post(&buys, "place_bid", bid("10000", "1")).await), (200, None));
    assert_eq!(status(post(&buys, "place_bid", bid("11000", "1")).await), refused(409, "key_reused"));
    assert_eq!(status(post(&buys, "buy_now", auction(&[("key", "2")])).await), refused(409, "no_buy_now"));
    assert_eq!(status(post(&buys, "toggle_watch", auction(&[("watching", "true")])).await), (200, None));
    assert_eq!(status(post(&buys, "call_last_bids", auction(&[])).await), refused(403, "not_yours"));
    assert_eq!(status(post(&sells, "cancel_auction", auction(&[])).await), refused(409, "has_bids"));
    assert_eq!(status(post(&sells, "call_last_bids", auction(&[])).await), (200, None));
    let addition = auction(&[("addition", "충전기도 드려요."), ("key", "c")]);
    assert_eq!(status(post(&sells, "add_to_auction", addition).await), (200, None));
    let missing = vec![("auction_id", text("999999")), ("amount", text("1000")), ("key", text("3"))];
    assert_eq!(status(post(&buys, "place_bid", missing).await), refused(404, "not_found"));
    let senseless = vec![("auction_id[a][b]", text("1"))];
    assert_eq!(status(post(&buys, "place_bid", senseless).await), refused(422, "malformed"));
    site.books.assert_sound().await;
}

#[tokio::test]
async fn the_validator_finds_an_answer_that_is_not_described() {
    let site = Site::open().await;
    let answer = site.get(Caller::Nobody, "/api/categories", &[]).await;
    let mut schema =
        schema_of(&site.description, "/api/categories", &Method::GET, answer.status).expect("it");
    schema["components"] = site.description["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    assert!(validator.is_valid(&answer.json()));
    assert!(!validator.is_valid(&json!([{ "id": "1" }])));
}
