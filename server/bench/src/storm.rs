//! A storm of bids on an auction that thousands watch, some of them slowly.

use std::time::{Duration, Instant};

use anyhow::Context;
use futures::StreamExt;
use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::{
    fill,
    http::Bidders,
    load::{self, Load},
    place::Place,
    report::{Report, Row},
    site::{Client, Site},
    sockets::{Socket, all, connect, listen, mebibytes},
};

/// Connections that bid, twenty times a second each: a thousand bids a second.
const BIDDING: u32 = 50;
const EVERY: Duration = Duration::from_millis(50);
const WATCHERS: usize = 5_000;
/// One of ten reads a frame a second.
const SLOW: usize = 10;

/// Measures the same bids with nobody watching and with all of them.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let watchers = if report.is_short() { WATCHERS / 20 } else { WATCHERS };
    let auctions = fill::auctions(place, 1, "storm seller").await?;
    let auction = *auctions.first().context("an auction")?;
    let bidders = Bidders::new(place, "storm ", auctions).await?;
    let site = Site::start(place, &[]).await?;
    let alone = blow(&bidders, &site, report.span).await?;
    let (sender, mut arrivals) = mpsc::unbounded_channel();
    let mut watching = JoinSet::new();
    for number in 0..watchers {
        let socket = connect(number, site.address, auction).await?;
        if number % SLOW == 0 {
            watching.spawn(dawdle(socket));
        } else {
            watching.spawn(listen(socket, sender.clone()));
        }
    }
    let quick = watchers - watchers.div_ceil(SLOW);
    all(&mut arrivals, quick, 0).await?;
    let before = mebibytes(site.memory()?);
    // Counted while it blows: what is not read would pile up here.
    let counting = tokio::spawn(async move {
        let mut frames = 0_u64;
        while arrivals.recv().await.is_some() {
            frames += 1;
        }
        frames
    });
    // The first frames fill each socket's buffers, once; what is not flat goes on growing after them.
    blow(&bidders, &site, report.span / 4).await?;
    let settled = mebibytes(site.memory()?);
    let watched = blow(&bidders, &site, report.span).await?;
    let after = mebibytes(site.memory()?);
    watching.shutdown().await;
    drop(sender);
    let frames = counting.await?;
    site.stop().await?;
    let (alone, rate) = (alone.decided(report.span), watched.decided(report.span));
    let (_, p99, _) = watched.quantiles();
    report.add(Row {
        work: "1,000 bids/s, 5,000 watchers, 500 slow",
        ours: rate,
        reference: Some(alone),
        unit: "/s",
        goal: "≥ 80 % of the rate, memory flat",
        reached: Some(rate >= 0.8 * alone && after <= settled * 1.1),
        note: format!(
            "decided; reference: nobody watching; p99 of an accepted one {p99:.0} ms; memory {before:.0}, \
             with the first frames {settled:.0} → {after:.0} MB; {:.0} frames/s arrived",
            crate::report::rate(frames, report.span + report.span / 4)
        ),
    });
    Ok(())
}

/// A thousand bids a second, or as many as are answered.
async fn blow(bidders: &Bidders, site: &Site, span: Duration) -> anyhow::Result<Load> {
    let (until, address) = (Instant::now() + span, site.address);
    let bidding = (0..BIDDING).map(|_| {
        let bidders = bidders.clone();
        async move {
            let (mut client, mut load) = (Client::connect(address).await?, Load::new()?);
            let mut beat = interval(EVERY);
            // A bid that was late is not made up for: people do not either.
            beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
            while Instant::now() < until {
                beat.tick().await;
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

/// Reads a frame a second, as a phone in a tunnel does.
async fn dawdle(mut socket: Socket) -> anyhow::Result<()> {
    let mut beat = interval(Duration::from_secs(1));
    while let Some(message) = socket.next().await {
        message?;
        beat.tick().await;
    }
    Ok(())
}
