//! A thousand auctions that end in the same second.

use std::time::Duration;

use anyhow::{Context, bail};
use chrono::TimeDelta;
use market::{AuctionId, Money, bidding::Bid};

use crate::{
    fill::{self, UNIT},
    place::Place,
    report::{Report, Row},
    site::Site,
};

const AUCTIONS: usize = 1_000;
/// Until the end that is set for them: a server has opened by then.
const AHEAD: TimeDelta = TimeDelta::seconds(6);

/// Measures how late they are closed and paid, and how late one is alone.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let bidders = fill::people(place, 100, "closing ").await?;
    let auctions = fill::auctions(place, AUCTIONS + 1, "closing seller").await?;
    for (&auction, &bidder) in auctions.iter().zip(bidders.iter().cycle()) {
        let bid = Bid { amount: Money::won(UNIT), automatic: false, accept_buy_now: false };
        place.market.bid(bidder, auction, bid, None).await?;
    }
    let (alone, together) = auctions.split_last().context("auctions")?;
    let at = place.market.now().await? + AHEAD;
    ends_at(place, together, at).await?;
    ends_at(place, &[*alone], at + TimeDelta::seconds(5)).await?;
    let site = Site::start(place, &[]).await?;
    let late = lateness(place, together).await?;
    let late_alone = lateness(place, &[*alone]).await?;
    site.stop().await?;
    fill::assert_sound(place).await?;
    report.add(Row {
        work: "1,000 auctions end in the same second",
        ours: late,
        reference: None,
        unit: "s",
        goal: "closed and paid within 2 s; alone ≤ 250 ms",
        reached: Some(late <= 2.0 && late_alone <= 0.25),
        note: format!("the last one of them; one alone {:.0} ms late", late_alone * 1000.0),
    });
    Ok(())
}

async fn ends_at(place: &Place, auctions: &[AuctionId], at: market::Instant) -> anyhow::Result<()> {
    let ids: Vec<i64> = auctions.iter().map(|auction| auction.0).collect();
    let update = sqlx::query("UPDATE auctions SET ends_at = $2, first_end = $2 WHERE id = ANY($1)");
    update.bind(&ids).bind(at).execute(&place.pool).await?;
    Ok(())
}

/// Seconds from the end until the last of them was settled.
async fn lateness(place: &Place, auctions: &[AuctionId]) -> anyhow::Result<f64> {
    let ids: Vec<i64> = auctions.iter().map(|auction| auction.0).collect();
    // Half a minute: the closer's own safety net.
    for _ in 0..600 {
        let settled = sqlx::query_as::<_, (i64, Option<f64>)>(
            "SELECT count(*), max(extract(epoch FROM closed_at - ends_at))::float8
             FROM auctions WHERE id = ANY($1) AND status = 'settled'",
        );
        let (count, late) = settled.bind(&ids).fetch_one(&place.pool).await?;
        if usize::try_from(count)? == auctions.len() {
            return late.context("a time");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("auctions are not closed after half a minute")
}
