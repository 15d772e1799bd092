//! One hot auction: as many accepted bids a second as the desk takes.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use market::{
    AuctionId, Money, UserId,
    bidding::Bid,
    store::{Error, Market, accounts::fresh_key},
};

use crate::{
    fill::{self, UNIT},
    load::{self, Load},
    pgbench,
    place::Place,
    report::{Report, Row},
};

/// How many wait for an answer at any moment.
const BIDDERS: i32 = 200;

/// Measures the desk beside one commit a bid.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let bidders = fill::people(place, BIDDERS, "desk ").await?;
    let hot = fill::auctions(place, 2, "desk seller").await?;
    let [ours, theirs] = hot.try_into().ok().context("two auctions")?;
    let reference = reference(place, theirs, &bidders, report.span)?;
    let load = storm(&place.market, ours, &bidders, report.span).await?;
    fill::assert_sound(place).await?;
    let ((p50, p99, _), bids) = (load.quantiles(), load.rate(report.span));
    report.add(Row {
        work: "bids on one auction",
        ours: bids,
        reference: Some(reference.best),
        unit: "/s",
        goal: "≥ 20,000/s, ≥ 40 ×, p99 ≤ 25 ms",
        reached: Some(bids >= 20_000.0 && bids >= 40.0 * reference.best && p99 <= 25.0),
        note: format!(
            "p50 {p50:.1} ms, p99 {p99:.1} ms; {} refused; reference: pgbench, one commit a bid, {}",
            load.refused, reference.note
        ),
    });
    Ok(())
}

struct Reference {
    best: f64,
    note: String,
}

/// The best of few, some and many clients.
fn reference(
    place: &Place,
    auction: AuctionId,
    bidders: &[UserId],
    span: Duration,
) -> anyhow::Result<Reference> {
    let first = bidders.first().context("bidders")?.0;
    let variables = [("auction", auction.0), ("first", first), ("bidders", i64::from(BIDDERS))];
    let mut reference = Reference { best: 0.0, note: String::new() };
    for clients in [1, 16, 90] {
        let found = pgbench::run(place, pgbench::BID, clients, span / 2, &variables)?;
        reference.best = reference.best.max(found);
        write!(reference.note, "{clients} clients {found:.0}/s ")?;
    }
    Ok(reference)
}

/// Everybody bids as soon as he has an answer: two of three plainly, one with a maximum some steps above, so
/// that the next ones lose to it at once or change theirs. Amounts are drawn like tickets, so that a batch
/// rises as a crowd does; two steps apart, for who loses to a maximum lifts the price one above himself.
async fn storm(
    market: &Market,
    auction: AuctionId,
    bidders: &[UserId],
    span: Duration,
) -> anyhow::Result<Load> {
    let (until, ticket) = (Instant::now() + span, Arc::new(AtomicI64::new(0)));
    let bidding = bidders.iter().map(|&bidder| {
        let (market, ticket) = (market.clone(), Arc::clone(&ticket));
        async move {
            let mut load = Load::new()?;
            while Instant::now() < until {
                let number = ticket.fetch_add(1, Ordering::Relaxed) + 1;
                let automatic = number % 3 == 0;
                let steps = 2 * number + if automatic { number % 7 } else { 0 };
                let bid = Bid { amount: Money::won(steps * UNIT), automatic, accept_buy_now: false };
                let asked = Instant::now();
                match market.bid(bidder, auction, bid, Some(&fresh_key()?)).await {
                    Ok(_) => load.took(asked, Instant::now())?,
                    Err(Error::Refused(_)) => load.refused += 1,
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(load)
        }
    });
    load::at_once(bidding).await
}
