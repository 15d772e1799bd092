//! Pages, complete as served.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use axum::{Router, response::Html, routing::get};
use hyper::StatusCode;
use std::net::SocketAddr;

use crate::{
    fill,
    load::{self, Load},
    place::Place,
    report::{Report, Row},
    site::{Client, Site},
};

/// Readers at once.
const CONNECTIONS: usize = 16;
/// Bids in the history of the auction that is looked at.
const HISTORY: usize = 500;

/// Measures the list and an auction.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let auctions = fill::auctions(place, 200, "page seller").await?;
    let auction = *auctions.first().context("an auction")?;
    fill::history(place, auction, HISTORY).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(&place.pool).await?;
    let site = Site::start(place, &[]).await?;
    let list = measure_page(site.address, "/?sort=new", report.span).await?;
    let constant = constant(list.body.clone(), report.span).await?;
    let page = measure_page(site.address, &format!("/auctions/{auction}"), report.span).await?;
    site.stop().await?;
    report.add(Row {
        work: "list page, complete HTML",
        ours: list.rate,
        reference: Some(constant),
        unit: "/s",
        goal: "≥ 2,500/s, p99 ≤ 15 ms, ≤ 2 queries",
        reached: Some(list.rate >= 2_500.0 && list.p99 <= 15.0),
        note: format!("{}; reference: the same bytes from memory, nothing drawn", list.note()),
    });
    report.add(Row {
        work: "auction page, 500 bids",
        ours: page.rate,
        reference: None,
        unit: "/s",
        goal: "≥ 2,500/s",
        reached: Some(page.rate >= 2_500.0),
        note: page.note(),
    });
    Ok(())
}

struct Measured {
    rate: f64,
    p50: f64,
    p99: f64,
    body: String,
}

impl Measured {
    fn note(&self) -> String {
        let cards = self.body.matches("class=\"card-link\"").count();
        let size = self.body.len() / 1024;
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, {CONNECTIONS} connections, {size} KiB, {cards} cards",
            self.p50, self.p99
        )
    }
}

/// The same bytes by the same axum, from memory.
async fn constant(body: String, span: Duration) -> anyhow::Result<f64> {
    let body: &'static str = body.leak();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/", get(move || async move { Html(body) }))).await
    });
    let measured = measure_page(address, "/", span / 2).await?;
    serving.abort();
    Ok(measured.rate)
}

async fn measure_page(address: SocketAddr, path: &str, span: Duration) -> anyhow::Result<Measured> {
    let (_, body) = Client::connect(address).await?.get(path, "").await?;
    let until = Instant::now() + span;
    let reading = (0..CONNECTIONS).map(|_| {
        let path = path.to_owned();
        async move {
            let (mut client, mut load) = (Client::connect(address).await?, Load::new()?);
            while Instant::now() < until {
                let asked = Instant::now();
                let (status, _) = client.get(&path, "").await?;
                ensure!(status == StatusCode::OK, "{path}: {status}");
                load.took(asked, Instant::now())?;
            }
            Ok(load)
        }
    });
    let load = load::at_once(reading).await?;
    let (p50, p99, _) = load.quantiles();
    Ok(Measured { rate: load.rate(span), p50, p99, body: String::from_utf8(body.to_vec())? })
}
