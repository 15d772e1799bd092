//! What people ask, say and think of each other around the auctions of the demo: the file, and when each of
//! it happens. Only in the first round of a lot: twice the same words would stand out.

use anyhow::Context;
use chrono::TimeDelta;
use market::{Instant, UserId, trade::Complaint};
use serde::Deserialize;

use super::{
    accounts::Accounts,
    rounds::Round,
    script::{Act, Words},
};

/// How long a seller takes to answer.
const ANSWERS_AFTER: TimeDelta = TimeDelta::minutes(47);

/// What surrounds one auction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// The number of the lot.
    pub lot: usize,
    #[serde(default)]
    questions: Vec<Question>,
    #[serde(default)]
    after: Vec<Moment>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// When, in per cents of the time the auction has run so far.
    at: i32,
    ask: String,
    answer: Option<String>,
    /// A username; else somebody of the file.
    by: Option<String>,
}

/// Something after the sale.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moment {
    /// After the end.
    minutes: i64,
    who: Side,
    deed: Deed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    Buyer,
    Seller,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Say(String),
    HandOver(String),
    Dispute { complaint: Complaint, text: String },
    Argue(String),
    Review { stars: u8, text: String },
}

/// All of them.
pub fn read() -> anyhow::Result<Vec<Story>> {
    serde_json::from_str(include_str!("../../demo/stories.json")).context("server/demo/stories.json")
}

impl Story {
    /// The questions of `round` up to `now`, and the seller's answers.
    pub fn questions(
        &self,
        round: &Round<'_>,
        accounts: &Accounts,
        seller: UserId,
        now: Instant,
    ) -> anyhow::Result<Vec<(Instant, Act)>> {
        let mut acts = Vec::new();
        let from = round.times.opens_at;
        let so_far = round.times.ends_at.min(now) - from;
        for (number, question) in self.questions.iter().enumerate() {
            let asker = match &question.by {
                Some(name) => accounts.named(name)?,
                None => accounts.bidders[(self.lot * 5 + number * 11) % accounts.bidders.len()],
            };
            let at = from + so_far / 100 * question.at;
            acts.push((at, Act::Ask(asker, number, question.ask.clone())));
            if let Some(answer) = &question.answer {
                let answered = (at + ANSWERS_AFTER).min(from + so_far / 100 * 99);
                acts.push((answered, Act::Answer(seller, number, answer.clone())));
            }
        }
        Ok(acts)
    }

    /// What the two parties do after `end`, up to `now`.
    pub fn after(&self, end: Instant, seller: UserId, buyer: UserId, now: Instant) -> Vec<(Instant, Act)> {
        let act = |moment: &Moment| {
            let who = if moment.who == Side::Seller { seller } else { buyer };
            let words = match moment.deed.clone() {
                Deed::Say(text) => Words::Say(text),
                Deed::HandOver(note) => Words::HandOver(note),
                Deed::Dispute { complaint, text } => Words::Dispute(complaint, text),
                Deed::Argue(text) => Words::Argue(text),
                Deed::Review { stars, text } => Words::Review(stars, text),
            };
            (end + TimeDelta::minutes(moment.minutes), Act::Speak(who, words))
        };
        self.after.iter().map(act).filter(|(at, _)| *at < now).collect()
    }
}
