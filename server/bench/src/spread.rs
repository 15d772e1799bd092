//! Bids over a thousand auctions: hardly two wait for the same row.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::Context;
use market::{
    Money,
    bidding::Bid,
    store::{Error, accounts::fresh_key},
};

use crate::{
    fill::{self, UNIT},
    load::{self, Load},
    pgbench,
    place::Place,
    report::{Report, Row},
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
    let bidding = people.into_iter().map(|person| {
        let (market, ours, next) = (place.market.clone(), Arc::clone(&ours), Arc::clone(&next));
        async move {
            let mut load = Load::new()?;
            while Instant::now() < until {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let auction = *ours.get(number % AUCTIONS).context("an auction")?;
                let amount = Money::won(i64::try_from(2 * (number / AUCTIONS + 1))? * UNIT);
                let bid = Bid { amount, automatic: number % 3 == 0, accept_buy_now: false };
                let asked = Instant::now();
                match market.bid(person, auction, bid, Some(&fresh_key()?)).await {
                    Ok(_) => load.took(asked, Instant::now())?,
                    // He leads there already, or a later ticket was quicker.
                    Err(Error::Refused(_)) => load.refused += 1,
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(load)
        }
    });
    let load = load::at_once(bidding).await?;
    fill::assert_sound(place).await?;
    let ((p50, p99, _), bids) = (load.quantiles(), load.rate(report.span));
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
