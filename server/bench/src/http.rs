//! Bids over HTTP: sessions, the check of the origin, forms in and JSON out.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use hyper::StatusCode;
use market::AuctionId;

use crate::{
    fill::{self, UNIT},
    load::{self, Load},
    place::Place,
    report::{Report, Row},
    site::{Client, Site},
};

/// Connections that stay open, one request at a time on each.
const CONNECTIONS: usize = 100;
/// So many that nobody bids more often than the server allows one person.
const BIDDERS: i32 = 4_000;

/// Many people with a session each who bid in turn, always more than before.
#[derive(Clone)]
pub struct Bidders {
    sessions: Arc<[String]>,
    auctions: Arc<[AuctionId]>,
    next: Arc<AtomicUsize>,
}

impl Bidders {
    /// People who bid on each of `auctions` in turn.
    pub async fn new(place: &Place, name: &str, auctions: Vec<AuctionId>) -> anyhow::Result<Self> {
        let people = fill::people(place, BIDDERS, name).await?;
        let sessions = fill::sessions(place, &people).await?.into();
        Ok(Self { sessions, auctions: auctions.into(), next: Arc::default() })
    }

    /// The next bid, over `client`; whether it was accepted.
    pub async fn bid(&self, client: &mut Client) -> anyhow::Result<bool> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let session = self.sessions.get(number % self.sessions.len()).context("a session")?;
        let auction = self.auctions.get(number % self.auctions.len()).context("an auction")?;
        let amount = 2 * UNIT * i64::try_from(number / self.auctions.len() + 1)?;
        let automatic = number.is_multiple_of(3);
        let form = format!("auction_id={auction}&amount={amount}&automatic={automatic}&key=bench-{number}");
        let (status, body) = client.post("/api/place_bid", session, form).await?;
        match status {
            StatusCode::OK => Ok(true),
            StatusCode::CONFLICT => Ok(false),
            _ => bail!("{status}: {}", String::from_utf8_lossy(&body)),
        }
    }

    /// As many bids as a hundred connections to `addresses` in turn can send.
    pub async fn flood(&self, addresses: &[SocketAddr], span: Duration) -> anyhow::Result<Load> {
        let until = Instant::now() + span;
        let bidding = addresses.iter().cycle().take(CONNECTIONS).map(|&address| {
            let bidders = self.clone();
            async move {
                let (mut client, mut load) = (Client::connect(address).await?, Load::new()?);
                while Instant::now() < until {
                    let asked = Instant::now();
                    if bidders.bid(&mut client).await? {
                        load.took(asked, Instant::now())?;
                    } else {
                        load.refused += 1;
                    }
                }
                Ok(load)
            }
        });
        load::at_once(bidding).await
    }
}

/// Measures bids on one auction over HTTP.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let auctions = fill::auctions(place, 1, "http seller").await?;
    let bidders = Bidders::new(place, "http ", auctions).await?;
    let site = Site::start(place, &[]).await?;
    let load = bidders.flood(&[site.address], report.span).await?;
    site.stop().await?;
    fill::assert_sound(place).await?;
    let ((p50, p99, _), bids) = (load.quantiles(), load.rate(report.span));
    report.add(Row {
        work: "the same over HTTP",
        ours: bids,
        reference: report.reference("bids on one auction"),
        unit: "/s",
        goal: "≥ 5,000/s, p99 ≤ 100 ms",
        reached: Some(bids >= 5_000.0 && p99 <= 100.0),
        note: format!(
            "{CONNECTIONS} connections, p50 {p50:.1} ms, p99 {p99:.1} ms; {:.0}/s decided, the others too \
             low: what a hundred connections send at once arrives in any order",
            load.decided(report.span)
        ),
    });
    Ok(())
}
