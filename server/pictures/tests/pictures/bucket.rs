//! The other kind of store: a bucket that speaks S3, as far as pictures need it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures::TryStreamExt;
use pictures::{
    Error, Pictures,
    store::{FileName, Store},
};
use tokio::net::TcpListener;

use crate::samples::{jpeg, red_and_blue};

type Objects = Arc<Mutex<HashMap<String, Bytes>>>;

async fn put(
    State(objects): State<Objects>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !headers.contains_key(header::AUTHORIZATION) {
        return StatusCode::FORBIDDEN.into_response();
    }
    objects.lock().expect("the objects").insert(key, body);
    [(header::ETAG, "\"tag\"")].into_response()
}

async fn read(State(objects): State<Objects>, Path(key): Path<String>) -> Response {
    let about = [(header::ETAG, "\"tag\""), (header::LAST_MODIFIED, "Sun, 22 Nov 2026 12:00:00 GMT")];
    match objects.lock().expect("the objects").get(&key) {
        Some(object) => (about, object.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A bucket, and a store that uses it under the prefix `things`.
async fn bucket() -> (Objects, Store) {
    let objects = Objects::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().route("/{*key}", get(read).put(put)).with_state(Arc::clone(&objects));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = [
        ("AWS_ENDPOINT", endpoint.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_ACCESS_KEY_ID", "somebody"),
        ("AWS_SECRET_ACCESS_KEY", "something"),
        ("AWS_REGION", "ap-northeast-2"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    (objects, Store::url_with("s3://market/things", settings).expect("a store"))
}

#[tokio::test]
async fn pictures_in_a_bucket_are_written_under_its_prefix_and_read_back() {
    let (objects, store) = bucket().await;
    let picture = Pictures::kept_in(store.clone()).take(jpeg(&red_and_blue(50, 40)).into()).await;
    let picture = picture.expect("a picture");
    let mut keys: Vec<String> = objects.lock().expect("the objects").keys().cloned().collect();
    keys.sort();
    let expected = [1600, 320, 800].map(|width| format!("market/things/{}-{width}.jpg", picture.id));
    assert_eq!(keys, expected);
    let name = |width: u32| FileName::read(&format!("{}-{width}.jpg", picture.id)).expect("a name");
    let found = store.get(&name(800)).await.expect("read").expect("an object");
    let content: Vec<Bytes> = found.content.try_collect().await.expect("the content");
    assert!(content.concat().starts_with(b"\xff\xd8\xff"));
    objects.lock().expect("the objects").clear();
    assert!(store.get(&name(800)).await.expect("an answer").is_none());
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_a_failure_and_no_fault_of_the_picture() {
    let settings =
        [("AWS_ENDPOINT", "http://127.0.0.1:1"), ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let store = Store::url_with("s3://market/things", settings).expect("a store");
    // Plain http is not even tried unless it is allowed.
    let taken = Pictures::kept_in(store).take(jpeg(&red_and_blue(50, 40)).into()).await;
    assert!(matches!(taken, Err(Error::Store(_))), "{taken:?}");
}
