//! Demo data: a market that looks used, built through the desk with a set clock, so that every ledger row,
//! notice and bid is as real as any.
//!
//! [`files`] says what is sold and by whom, [`records`] holds the real auctions whose bids are borrowed,
//! [`history`] fits one of them to a lot, [`times`] and [`cast`] say when and who, [`rounds`] which
//! auctions are missing, [`script`] puts all events into one order of time, and this file plays them.
//!
//! One event after the other, not the auctions side by side: so the statement of a wallet, the inbox and
//! the numbers of the auctions run in the order of time. Nothing is random: the same start gives the same
//! market.

mod accounts;
mod cast;
mod files;
mod history;
mod records;
mod rounds;
mod script;
mod times;

use anyhow::Context;
use market::{
    AuctionId, Refusal,
    store::{Clock, Error, Market, Result},
};
use tracing::{debug, info};

use accounts::Accounts;
use rounds::Round;
use script::{Act, Event};

/// The password of everybody a visitor can sign in as.
const PASSWORD: &str = "neighbor-demo";
/// How often a busy row is tried again.
const TRIES: usize = 5;

/// Whom a visitor can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The name of the account.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// What opens it.
    pub password: &'static str,
}

/// What a filling added; nothing when there was enough, or while another server fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filled {
    /// Accounts.
    pub people: usize,
    /// Auctions.
    pub auctions: usize,
    /// Accepted bids.
    pub bids: usize,
    /// Events that the market refused: somebody was quicker.
    pub refused: usize,
}

/// Whom a visitor can sign in as, once the market is filled.
///
/// # Errors
/// When the demo's files are not what they must be.
pub fn sign_ins() -> anyhow::Result<Vec<SignIn>> {
    let sign_in = |person: files::Person| SignIn {
        username: person.username,
        nickname: person.nickname,
        password: PASSWORD,
    };
    Ok(files::people()?.demo.into_iter().map(sign_in).collect())
}

/// Fills an empty market; opens new rounds in one where little takes bids. To be called at each start, before
/// auctions are closed: what is built in the past is closed here, at its time.
///
/// # Errors
///
/// When the database fails or the demo's files are not what they must be. What was built stays and is not
/// built again.
pub async fn fill(market: &Market) -> anyhow::Result<Filled> {
    let Some(turn) = market.take_building_turn().await? else { return Ok(Filled::default()) };
    let now = market.now().await?;
    let clock = Clock::set_to(now);
    let desk = market.for_building(clock.clone()).await?;
    let filled = build(&desk, &clock, now).await;
    desk.disconnect().await;
    turn.end().await?;
    filled
}

async fn build(market: &Market, clock: &Clock, now: market::Instant) -> anyhow::Result<Filled> {
    let (lots, people) = (files::lots()?, files::people()?);
    let accounts = Accounts::ensure(market, clock, &people, now).await?;
    clock.set(now);
    let known = market.auctions_by_key(&accounts.sellers).await?;
    let rounds = rounds::missing(&lots, &known, now);
    let mut filled = Filled { people: accounts.added, auctions: rounds.len(), ..Filled::default() };
    if rounds.is_empty() {
        return Ok(filled);
    }
    info!(auctions = rounds.len(), "filling the market with demo data");
    let events = script::write(&rounds, &accounts, &records::read()?, now)?;
    let mut performance = Performance { market, rounds: &rounds, ids: vec![None; rounds.len()] };
    for event in &events {
        clock.set(event.at);
        match performance.play(event).await {
            Ok(()) => filled.bids += usize::from(matches!(event.act, Act::Bid(..))),
            // A rule that a rehearsal does not know, such as an end that another server reached first.
            Err(Error::Refused(refusal)) if !matches!(event.act, Act::Open(_)) => {
                debug!(?refusal, ?event, "an event of the demo was refused");
                filled.refused += 1;
            }
            Err(error) => return Err(error).with_context(|| format!("the demo: {event:?}")),
        }
    }
    Ok(filled)
}

/// Where the events are played.
struct Performance<'a> {
    market: &'a Market,
    rounds: &'a [Round<'a>],
    ids: Vec<Option<AuctionId>>,
}

impl Performance<'_> {
    /// Plays an event; a row that somebody else holds is tried again.
    async fn play(&mut self, event: &Event) -> Result<()> {
        let mut outcome = self.act(event).await;
        for _ in 1..TRIES {
            if !matches!(outcome, Err(Error::Refused(Refusal::Busy))) {
                break;
            }
            outcome = self.act(event).await;
        }
        outcome
    }

    async fn act(&mut self, event: &Event) -> Result<()> {
        if let Act::Open(seller) = event.act {
            let Round { lot, times, .. } = &self.rounds[event.round];
            let opening = lot.opening(times.starts_at, times.ends_at);
            let id = self.market.open_auction(seller, &self.rounds[event.round].key(), &opening).await?;
            self.ids[event.round] = Some(id);
            return self.market.set_art(id, &lot.art).await;
        }
        let id = self.ids[event.round].ok_or(Refusal::NotFound)?;
        match event.act {
            Act::Open(_) => Ok(()),
            Act::Bid(user, bid) => self.market.bid(user, id, bid, None).await.map(drop),
            Act::Watch(user) => self.market.watch(user, id, true).await.map(drop),
            Act::Close => self.market.close(id).await.map(drop),
            Act::Settle => self.market.settle_by_time(id).await.map(drop),
            Act::Dispute(buyer) => self.market.dispute(buyer, id).await.map(drop),
            Act::Refund => self.market.refund(id).await.map(drop),
            Act::Cancel(seller) => self.market.cancel(seller, id).await.map(drop),
        }
    }
}
