//! Bids over a thousand auctions: hardly two wait for the same row.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::Context;
use hdrhistogram::Histogram;
use market::{
    Money,
    bidding::Bid,
    store::{Error, accounts::fresh_key},
};

use crate::{
    fill::{self, UNIT},
    pgbench,
    place::Place,
    report::{Report, Row, quantiles, rate},
};

const AUCTIONS: usize = 1_000;
const BIDDERS: i32 = 64;

/// Measures them beside pgbench with 16 clients.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let people = fill::people(place, BIDDERS, "spread ").await?;
    let auctions: Arc<[_]> = fill::auctions(place, 2 * AUCTIONS, "spread seller").await?.into();
    let (ours, theirs) = auctions.split_at(AUCTIONS);
    let first = theirs.first().context("auctions")?.0;
    let variables = [
        ("first_auction", first),
        ("auctions", i64::try_from(AUCTIONS)?),
        ("first", people.first().context("people")?.0),
        ("bidders", i64::from(BIDDERS)),
    ];
    let script =
        format!("\\set auction random(:first_auction, :first_auction + :auctions - 1)\n{}", pgbench::BID);
    let reference = pgbench::run(place, &script, 16, report.span / 2, &variables)?;
    let (until, next) = (Instant::now() + report.span, Arc::new(AtomicUsize::new(0)));
    let ours: Arc<[_]> = ours.into();
    let tasks: Vec<_> = people
        .into_iter()
        .map(|person| {
            let (market, ours, next) = (place.market.clone(), Arc::clone(&ours), Arc::clone(&next));
            tokio::spawn(async move {
                let mut times = Histogram::<u64>::new(3)?;
                while Instant::now() < until {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let auction = *ours.get(number % AUCTIONS).context("an auction")?;
                    let amount = Money::won(i64::try_from(2 * (number / AUCTIONS + 1))? * UNIT);
                    let bid = Bid { amount, automatic: number % 3 == 0, accept_buy_now: false };
                    let began = Instant::now();
                    match market.bid(person, auction, bid, Some(&fresh_key()?)).await {
                        Ok(_) => times.record(u64::try_from(began.elapsed().as_micros())?)?,
                        // He leads there already, or a later ticket was quicker.
                        Err(Error::Refused(_)) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let mut times = Histogram::<u64>::new(3)?;
    for task in tasks {
        times.add(task.await??)?;
    }
    fill::assert_sound(place).await?;
    let ((p50, p99), bids) = (quantiles(&times), rate(times.len(), report.span));
    report.add(Row {
        work: "bids spread over 1,000 auctions",
        ours: bids,
        reference: Some(reference),
        unit: "/s",
        goal: "≥ 5 ×",
        reached: Some(bids >= 5.0 * reference),
        note: format!("64 bidders, p50 {p50:.1} ms, p99 {p99:.1} ms; reference: pgbench, 16 clients"),
    });
    Ok(())
}
