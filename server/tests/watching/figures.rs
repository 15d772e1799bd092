//! `/metrics`: the right numbers, few labels, and a door of its own.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use chrono::TimeDelta;
use clap::Parser;
use leptos::config::LeptosOptions;
use market::{Refusal, auction::StatusCode as Status, store::Market};
use pictures::{Pictures, store::Store};
use server::{Config, router::router, state::AppState, stop::Stop, watching::Watching};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::ServiceExt;

use crate::{
    Scene,
    db::{noon, plain, refusal},
    parsed,
};

/// A difference of two readings of a clock, in seconds.
const ABOUT: f64 = 1e-6;

/// The whole site over these books, and the folder of its pictures.
fn site(market: &Market, stop: Stop) -> (Router, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = Pictures::kept_in(Store::folder(folder.path()).expect("a store"));
    let mut state = AppState::new(&Config::parse_from(["server"]), market.clone(), pictures, stop);
    // No site was built: nobody knows the hashes of its scripts.
    state.leptos = LeptosOptions::builder().output_name("neighborbid").build();
    (router(state), folder)
}

#[tokio::test]
async fn a_bid_a_refused_bid_and_a_closing_are_counted() {
    let scene = Scene::at_noon().await;
    let watching = Watching::start(scene.books.market.clone()).expect("figures");
    let (market, id) = (&scene.books.market, scene.auction);
    market.bid(scene.minji, id, plain(20_000), None).await.expect("a bid");
    let low = market.bid(scene.minji, id, plain(10_500), None).await;
    assert!(matches!(refusal(low), Refusal::OffGrid { .. }));
    scene.books.clock.set(noon() + TimeDelta::minutes(60) + TimeDelta::milliseconds(120));
    assert_eq!(market.close(id).await.expect("closed"), Status::Settled);

    let told = parsed(&watching.told());
    assert_eq!(told[r#"neighborbid_bids_total{outcome="accepted"}"#], "1");
    assert_eq!(told[r#"neighborbid_bids_total{outcome="refused"}"#], "1");
    assert_eq!(told[r#"neighborbid_bids_total{outcome="failed"}"#], "0");
    assert_eq!(told[r#"neighborbid_bids_refused_total{reason="off_grid"}"#], "1");
    assert_eq!(told["neighborbid_desk_batch_size_count"], "2");
    assert_eq!(told["neighborbid_desk_batch_size_sum"], "2");
    assert_eq!(told["neighborbid_desk_wait_seconds_count"], "2");
    assert_eq!(told["neighborbid_commit_seconds_count"], "2");
    assert_eq!(told["neighborbid_closing_lag_seconds_count"], "1");
    let late: f64 = told["neighborbid_closing_lag_seconds_sum"].parse().expect("seconds");
    assert!((late - 0.12).abs() < ABOUT);
    let connections = |state: &str| -> u32 {
        told[&format!(r#"neighborbid_pool_connections{{state="{state}"}}"#)].parse().expect("a number")
    };
    assert!(connections("idle") + connections("busy") > 0);
}

#[tokio::test]
async fn requests_are_counted_by_class_and_nothing_that_people_type_becomes_a_label() {
    let scene = Scene::at_noon().await;
    let watching = Watching::start(scene.books.market.clone()).expect("figures");
    let (site, _folder) = site(&scene.books.market, Stop::new());
    for path in ["/livez", "/readyz", "/api/region_search?q=secret", "/pictures/secret", "/secret"] {
        let request = Request::get(path).header("host", "market.test").body(Body::empty());
        site.clone().oneshot(request.expect("a request")).await.expect("an answer");
    }
    let text = watching.told();
    let told = parsed(&text);
    assert_eq!(told[r#"neighborbid_http_requests_total{class="probe",status="2xx"}"#], "2");
    assert_eq!(told[r#"neighborbid_http_request_seconds_count{class="probe"}"#], "2");
    assert!(!text.contains("secret"), "a label from outside");
    let labels: BTreeSet<_> = told.keys().filter(|name| name.contains("http_requests_total")).collect();
    assert!(labels.len() <= 5, "{labels:?}");
}

#[tokio::test]
async fn the_figures_have_a_door_of_their_own_and_the_site_does_not_know_it() {
    let scene = Scene::at_noon().await;
    let stop = Stop::new();
    let watching = Watching::start(scene.books.market.clone()).expect("figures");
    let address = watching.serve("127.0.0.1:0".parse().expect("an address"), &stop).await.expect("a door");
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    let request = b"GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    connection.write_all(request).await.expect("asked");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("neighborbid_build_info{version="), "{answer}");

    let (site, _folder) = site(&scene.books.market, stop.clone());
    let request = Request::get("/metrics").header("host", "market.test").body(Body::empty());
    let answer = site.oneshot(request.expect("a request")).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    stop.token.cancel();
    stop.finish().await;
    assert_eq!(stop.tasks.len(), 0, "the door is shut");
}

#[tokio::test]
async fn nobody_is_sent_to_a_server_that_leaves_or_has_no_books_and_it_lives_all_the_same() {
    let scene = Scene::at_noon().await;
    let stop = Stop::new();
    let market = scene.books.another_server(2).await;
    let (site, _folder) = site(&market, stop.clone());
    let ask = async |path: &str| {
        let request = Request::get(path).header("host", "market.test").body(Body::empty());
        site.clone().oneshot(request.expect("a request")).await.expect("an answer").status()
    };
    assert_eq!((ask("/livez").await, ask("/readyz").await), (StatusCode::OK, StatusCode::OK));
    market.disconnect().await;
    assert_eq!(
        (ask("/livez").await, ask("/readyz").await),
        (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE)
    );
    stop.leaving.cancel();
    assert_eq!(
        (ask("/livez").await, ask("/readyz").await),
        (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE)
    );
}
