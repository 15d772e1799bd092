//! Bids over HTTP: sessions, the check of the origin, forms in and JSON out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::{Context, bail};
use hyper::StatusCode;

use crate::{
    fill::{self, UNIT},
    load::{self, Load},
    place::Place,
    report::{Report, Row, rate},
    site::{Client, Site},
};

/// Connections that stay open, one request at a time on each.
const CONNECTIONS: usize = 100;
/// So many that nobody bids more often than the server allows one person.
const BIDDERS: i32 = 4_000;

/// Measures bids on one auction over HTTP.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let people = fill::people(place, BIDDERS, "http ").await?;
    let sessions: Arc<[String]> = fill::sessions(place, &people).await?.into();
    let auction = *fill::auctions(place, 1, "http seller").await?.first().context("an auction")?;
    let site = Site::start(place, &[]).await?;
    let (until, next) = (Instant::now() + report.span, Arc::new(AtomicUsize::new(0)));
    let bidding = (0..CONNECTIONS).map(|_| {
        let (sessions, next, address) = (Arc::clone(&sessions), Arc::clone(&next), site.address);
        async move {
            let (mut client, mut load) = (Client::connect(address).await?, Load::new()?);
            while Instant::now() < until {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let session = sessions.get(number % sessions.len()).context("a session")?;
                let (amount, automatic) = (2 * UNIT * i64::try_from(number + 1)?, number % 3 == 0);
                let form =
                    format!("auction_id={auction}&amount={amount}&automatic={automatic}&key=bench-{number}");
                let asked = Instant::now();
                let (status, body) = client.post("/api/place_bid", session, form).await?;
                match status {
                    StatusCode::OK => load.took(asked, Instant::now())?,
                    StatusCode::CONFLICT => load.refused += 1,
                    _ => bail!("{status}: {}", String::from_utf8_lossy(&body)),
                }
            }
            Ok(load)
        }
    });
    let load = load::at_once(bidding).await?;
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
            bids + rate(load.refused, report.span)
        ),
    });
    Ok(())
}
