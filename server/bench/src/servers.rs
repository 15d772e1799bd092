//! Two servers on one PostgreSQL and one Redis, beside one server.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use hyper::StatusCode;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    fill::{self, UNIT},
    http::Bidders,
    load::Load,
    place::Place,
    redis::Redis,
    report::{Report, Row},
    site::{Client, Site},
    sockets::{all, connect, listen, seq},
};

/// Auctions that are bid on at once.
const AUCTIONS: usize = 50;
/// A socket is sent at most twenty states a second: bids come slower, or that would be measured.
const PACE: Duration = Duration::from_millis(60);
/// Bids whose way to the other server is measured.
const ROUNDS: usize = 100;

/// Measures the bids of both together, and how long a price takes from one to the other.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let redis = Redis::start(place).await?;
    let environment = [("REDIS_URL", redis.url.as_str())];
    let auctions = fill::auctions(place, AUCTIONS, "servers seller").await?;
    let bidders = Bidders::new(place, "servers ", auctions).await?;
    let one = Site::start(place, &environment).await?;
    let alone = bidders.flood(&[one.address], report.span).await?;
    let other = Site::start(place, &environment).await?;
    let both = bidders.flood(&[one.address, other.address], report.span).await?;
    fill::assert_sound(place).await?;
    let crossing = cross(place, &one, &other, if report.is_short() { 10 } else { ROUNDS }).await?;
    one.stop().await?;
    other.stop().await?;
    let (alone, rate) = (alone.decided(report.span), both.decided(report.span));
    let (p50, p99, slowest) = crossing.between.quantiles();
    let (whole_p50, whole_p99, _) = crossing.whole.quantiles();
    report.add(Row {
        work: "two servers, 50 auctions, over HTTP",
        ours: rate,
        reference: Some(alone),
        unit: "/s",
        goal: "not below one server",
        reached: Some(rate >= alone),
        note: "decided; reference: one server, the same cores".to_owned(),
    });
    report.add(Row {
        work: "a price from one server's socket to the other's",
        ours: p99,
        reference: None,
        unit: "ms",
        goal: "p99 ≤ 20 ms",
        reached: Some(p99 <= 20.0),
        note: format!(
            "p50 {p50:.1} ms, slowest {slowest:.1} ms; from sending the bid, its commit included: p50 \
             {whole_p50:.1} ms, p99 {whole_p99:.1} ms"
        ),
    });
    Ok(())
}

struct Crossing {
    /// From a bid being sent.
    whole: Load,
    /// From a socket at the same server having its price.
    between: Load,
}

/// Bids at one server until a socket at the other has each price.
async fn cross(place: &Place, one: &Site, other: &Site, rounds: usize) -> anyhow::Result<Crossing> {
    let people = fill::people(place, 2, "crossing ").await?;
    let sessions = fill::sessions(place, &people).await?;
    let auction = *fill::auctions(place, 1, "crossing seller").await?.first().context("an auction")?;
    let mut listening = JoinSet::new();
    let (sender, mut near) = mpsc::unbounded_channel();
    listening.spawn(listen(connect(0, one.address, auction).await?, sender));
    let (sender, mut far) = mpsc::unbounded_channel();
    listening.spawn(listen(connect(1, other.address, auction).await?, sender));
    all(&mut near, 1, 0).await?;
    all(&mut far, 1, 0).await?;
    let mut client = Client::connect(one.address).await?;
    let mut crossing = Crossing { whole: Load::new()?, between: Load::new()? };
    for round in 1..=rounds {
        tokio::time::sleep(PACE).await;
        let session = sessions.get(round % sessions.len()).context("a session")?;
        let amount = i64::try_from(round)? * UNIT;
        let form = format!("auction_id={auction}&amount={amount}&key=cross-{round}");
        let began = Instant::now();
        let (status, body) = client.post("/api/place_bid", session, form).await?;
        ensure!(status == StatusCode::OK, "{status}: {}", String::from_utf8_lossy(&body));
        let seq = seq(std::str::from_utf8(&body)?).context("the answer has a number")?;
        let arrivals = all(&mut near, 1, seq).await?.into_iter().zip(all(&mut far, 1, seq).await?);
        for (here, other) in arrivals {
            crossing.whole.took(began, other.at)?;
            // None at all where it was quicker.
            crossing.between.took(here.at, other.at)?;
        }
    }
    Ok(crossing)
}
