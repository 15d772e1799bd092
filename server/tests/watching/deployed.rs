//! The dashboard and the alerts ask for what a server really says.

use std::{collections::BTreeSet, fs, path::Path};

use server::{auditor, watching::Watching};

use crate::{Scene, db::plain, parsed};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The metrics that a text names; a histogram's parts are itself.
fn named(text: &str) -> BTreeSet<String> {
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let words = text.split(|character| !is_word(character)).filter(|word| word.starts_with("neighborbid_"));
    let whole = |word: &str| {
        let part = ["_bucket", "_sum", "_count"].iter().find_map(|part| word.strip_suffix(part));
        part.unwrap_or(word).to_owned()
    };
    words.map(whole).collect()
}

#[tokio::test]
async fn every_metric_of_the_dashboard_and_the_alerts_is_told_and_described() {
    let scene = Scene::at_noon().await;
    let market = &scene.books.market;
    let watching = Watching::start(market.clone()).expect("figures");
    market.bid(scene.minji, scene.auction, plain(20_000), None).await.expect("a bid");
    scene.books.clock.set(crate::db::noon() + chrono::TimeDelta::minutes(60));
    market.close(scene.auction).await.expect("closed");
    auditor::round(market).await.expect("an audit");
    let text = watching.told();
    assert!(!parsed(&text).is_empty());
    // What only a request, or a second server, brings forth.
    let elsewhere = [
        "neighborbid_http_requests_total",
        "neighborbid_http_request_seconds",
        "neighborbid_relay_connected",
        "neighborbid_retention_rows_total",
    ];
    let told: BTreeSet<_> = named(&text).into_iter().chain(elsewhere.map(str::to_owned)).collect();
    let described = named(&read("docs/watching.md"));
    for file in ["deploy/grafana/dashboards/neighborbid.json", "deploy/prometheus/alerts.yml"] {
        let asked: BTreeSet<_> =
            named(&read(file)).into_iter().filter(|name| name != "neighborbid_reporting").collect();
        assert!(asked.len() > 5, "{file} asks for nothing");
        assert_eq!(asked.difference(&told).collect::<Vec<_>>(), Vec::<&String>::new(), "{file}");
    }
    assert_eq!(told.difference(&described).collect::<Vec<_>>(), Vec::<&String>::new(), "docs/watching.md");
}

#[test]
fn the_dashboard_is_json() {
    let dashboard: serde_json::Value =
        serde_json::from_str(&read("deploy/grafana/dashboards/neighborbid.json")).expect("JSON");
    assert!(dashboard["panels"].as_array().expect("panels").len() > 10);
}
