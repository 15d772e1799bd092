//! Demo data: a market that looks used, built through the desk with a set clock, so that every ledger row,
//! notice and bid is as real as any.
//!
//! [`files`] says what is sold and by whom, [`records`] holds the real auctions whose bids are borrowed,
//! [`history`] fits one of them to a lot, [`times`] and [`cast`] say when and who, [`rounds`] which
//! auctions are missing, [`stories`] what people say, [`script`] puts all events into one order of time, and
//! this file plays them.
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
mod stories;
mod times;

use std::collections::HashMap;

use anyhow::Context;
use market::{
    AuctionId, QuestionId, Refusal, UserId,
    review::ReviewDraft,
    store::{Clock, Error, Market, Result},
    talk::Say,
    trade::{Decision, Statement},
};
use tracing::{debug, info};

use accounts::Accounts;
use rounds::Round;
use script::{Act, Event, Words};

/// The password of everybody a visitor can sign in as.
const PASSWORD: &str = "neighbor-demo";
/// Why staff decide for a buyer.
const REASON: &str = "판매자 설명과 다른 점이 확인되어 구매자에게 환불했어요.";
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
    let events = script::write(&rounds, &accounts, &records::read()?, &stories::read()?, now)?;
    let mut performance = Performance::new(market, &rounds, &accounts);
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
    staff: UserId,
    ids: Vec<Option<AuctionId>>,
    /// By round and number.
    questions: HashMap<(usize, usize), QuestionId>,
}

impl<'a> Performance<'a> {
    fn new(market: &'a Market, rounds: &'a [Round<'a>], accounts: &Accounts) -> Self {
        let ids = vec![None; rounds.len()];
        Self { market, rounds, staff: accounts.staff, ids, questions: HashMap::new() }
    }

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
        let round = &self.rounds[event.round];
        if let Act::Open(seller) = event.act {
            let opening = round.lot.opening(round.times.starts_at, round.times.ends_at);
            let id = self.market.open_auction(seller, &round.key(), &opening).await?;
            self.ids[event.round] = Some(id);
            return self.market.set_art(id, &round.lot.art).await;
        }
        let id = self.ids[event.round].ok_or(Refusal::NotFound)?;
        // The same event is written once, however often a start is cut short.
        let key = format!("{}-{}", round.key(), event.at.timestamp());
        match &event.act {
            Act::Open(_) => Ok(()),
            Act::Bid(user, bid) => self.market.bid(*user, id, *bid, None).await.map(drop),
            Act::Watch(user) => self.market.watch(*user, id, true).await.map(drop),
            Act::Close => self.market.close(id).await.map(drop),
            Act::Settle => self.market.settle_by_time(id).await.map(drop),
            Act::Refund => {
                self.market.decide_sale(self.staff, id, Decision::Refund, REASON, &key).await.map(drop)
            }
            Act::Cancel(seller) => self.market.cancel(*seller, id).await.map(drop),
            Act::Ask(user, number, text) => {
                let question = self.market.ask_question(*user, id, &key, text).await?;
                self.questions.insert((event.round, *number), question);
                Ok(())
            }
            Act::Answer(seller, number, text) => {
                let question = self.questions.get(&(event.round, *number)).ok_or(Refusal::NotFound)?;
                self.market.answer_question(*seller, *question, text).await
            }
            Act::Speak(user, words) => self.speak(*user, id, words, &key).await,
        }
    }

    async fn speak(&self, user: UserId, id: AuctionId, words: &Words, key: &str) -> Result<()> {
        let said = |text: &String| Statement { text: text.clone(), picture: None };
        match words {
            Words::Say(text) => {
                self.market.send_message(user, id, &Say::check(text, None)?, key).await.map(drop)
            }
            Words::HandOver(note) => self.market.hand_over(user, id, Some(note), key).await.map(drop),
            Words::Dispute(complaint, text) => {
                self.market.dispute(user, id, *complaint, &said(text), key).await.map(drop)
            }
            Words::Argue(text) => self.market.write_in_dispute(user, id, &said(text), key).await,
            Words::Review(stars, text) => {
                let draft = ReviewDraft { stars: stars.to_string(), text: text.clone() };
                self.market.review(user, id, &draft.check()?, key).await.map(drop)
            }
        }
    }
}
