//! Two robots that keep one auction of the demo moving, so that a visitor sees live prices at once.
//!
//! They bid through the desk like everybody else, plainly, a step or two at a time, and top themselves up.
//! When the auction ends they wait until the demo opens the next one.

use std::{ops::Range, time::Duration};

use market::{
    Money,
    bidding::Bid,
    store::{Error, Market, Result},
    view::{Mine, Standing},
};
use rand::{
    RngExt, SeedableRng,
    rngs::{StdRng, SysRng},
    seq::IndexedRandom,
};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use crate::stop::Stop;

/// How the key of the auction begins that the demo opens for robots.
pub const KEY: &str = "robots";
/// How long they think, in milliseconds.
const THINKING: Range<u64> = 4_000..12_000;
/// How often a robot takes two steps at once.
const TWO_STEPS: f64 = 0.25;
/// They bid up to so many times what such a thing is worth.
const MADNESS: i64 = 3;

/// Who the robots are and what they bid on, as the demo's files say.
#[derive(Debug, Clone)]
pub struct Robots {
    usernames: Vec<String>,
    cap: Money,
    thinking: Range<u64>,
}

#[derive(Deserialize)]
struct People {
    robots: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    username: String,
}

#[derive(Deserialize)]
struct Lot {
    final_price: i64,
    robots: bool,
}

impl Robots {
    /// The ones of `server/demo`.
    ///
    /// # Errors
    /// When those files are not what they must be.
    pub fn of_the_demo() -> serde_json::Result<Self> {
        let people: People = serde_json::from_str(include_str!("../demo/people.json"))?;
        let lots: Vec<Lot> = serde_json::from_str(include_str!("../demo/auctions.json"))?;
        let worth = lots.iter().filter(|lot| lot.robots).map(|lot| lot.final_price).max().unwrap_or(0);
        let usernames = people.robots.into_iter().map(|person| person.username).collect();
        Ok(Self { usernames, cap: Money::won(worth * MADNESS), thinking: THINKING })
    }

    /// Robots that think so many milliseconds before each bid.
    #[must_use]
    pub fn thinking(self, thinking: Range<u64>) -> Self {
        Self { thinking, ..self }
    }

    /// Lets them bid until the server stops.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn start(self, market: Market, stop: &Stop) -> anyhow::Result<()> {
        let random = StdRng::try_from_rng(&mut SysRng)?;
        stop.tasks.spawn(self.play(market, random, stop.token.clone()));
        Ok(())
    }

    async fn play(self, market: Market, mut random: StdRng, stop: CancellationToken) {
        info!(robots = ?self.usernames, "robots keep an auction of the demo moving");
        loop {
            let thinking = Duration::from_millis(random.random_range(self.thinking.clone()));
            if stop.run_until_cancelled(tokio::time::sleep(thinking)).await.is_none() {
                return;
            }
            match self.turn(&market, &mut random).await {
                Ok(()) => {}
                // Somebody was quicker, or it is over.
                Err(Error::Refused(refusal)) => debug!(?refusal, "a robot was refused"),
                Err(failure) => warn!(error = %failure, "a robot could not bid"),
            }
        }
    }

    /// One bid of one robot who does not lead, if the price is not too mad yet.
    async fn turn(&self, market: &Market, random: &mut StdRng) -> Result<()> {
        let Some(auction) = market.running_auction_keyed(KEY).await? else { return Ok(()) };
        let mut challengers = Vec::with_capacity(self.usernames.len());
        for username in &self.usernames {
            let Some(robot) = market.user_named(username).await? else { continue };
            let page = market.auction_page(auction, Some(robot)).await?;
            let leads = |mine: &Mine| matches!(mine.standing, Standing::Leading { .. });
            if !page.mine.as_ref().is_some_and(leads) {
                challengers.push((robot, page));
            }
        }
        let Some((robot, page)) = challengers.choose(random) else { return Ok(()) };
        let next = page.about.next_bid(page.state.price);
        let amount = if random.random_bool(TWO_STEPS) { page.about.next_bid(next) } else { next };
        if amount > self.cap {
            return Ok(());
        }
        if page.mine.as_ref().is_none_or(|mine| mine.available < amount) {
            // Enough for a while: topping up at each bid would fill the ledger.
            market.post_deposit(*robot, self.cap).await?;
        }
        let bid = Bid { amount, automatic: false, accept_buy_now: false };
        market.bid(*robot, auction, bid, None).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_names_two_robots_and_what_they_bid_on() {
        let robots = Robots::of_the_demo().expect("the demo's files");
        assert_eq!(robots.usernames.len(), 2);
        assert!(robots.cap.is_positive());
    }
}
