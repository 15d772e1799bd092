//! The worlds of the vectors: small markets played step by step (rules, *Vectors*).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use market::{
    Increment, Instant, Money, Settlement, SoftClose, Terms,
    auction::StatusCode,
    bidding::{Bid, Request},
    wallet::LedgerKind,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Deserialize)]
pub struct World {
    #[serde(rename = "world")]
    pub number: i64,
    #[serde(deserialize_with = "in_order")]
    pub deposits: Vec<(String, Money)>,
    pub auctions: Vec<OpenAuction>,
    pub steps: Vec<Step>,
    pub ledger: Vec<Row>,
}

#[derive(Deserialize)]
pub struct OpenAuction {
    pub start_price: Money,
    pub increment: Increment,
    pub starts_at: i64,
    pub ends_at: i64,
    pub buy_now: Option<Money>,
    pub reserve: Option<Money>,
    pub settlement: Settlement,
    pub soft_close: SoftClose,
}

impl OpenAuction {
    pub fn terms(&self) -> Terms {
        Terms {
            start_price: self.start_price,
            increment: self.increment.clone(),
            buy_now: self.buy_now,
            reserve: self.reserve,
            soft_close: Some(self.soft_close),
            settlement: self.settlement,
        }
    }
}

#[derive(Deserialize)]
pub struct Step {
    pub at: i64,
    pub auction: usize,
    #[serde(flatten)]
    pub op: Op,
    pub key: Option<String>,
    pub reply: Value,
    pub after: After,
}

#[derive(Deserialize, Clone)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    Bid { user: String, amount: Money, proxy: bool, accept_buy_now: bool },
    BuyNow { user: String },
    Close,
    Settle,
    Refund,
}

impl Op {
    /// The request and who makes it, for the ops that are requests.
    pub fn request(&self) -> Option<(&str, Request)> {
        match self {
            Self::Bid { user, amount, proxy, accept_buy_now } => {
                let bid = Bid { amount: *amount, automatic: *proxy, accept_buy_now: *accept_buy_now };
                Some((user, Request::Bid(bid)))
            }
            Self::BuyNow { user } => Some((user, Request::BuyNow { at_most: None })),
            Self::Close | Self::Settle | Self::Refund => None,
        }
    }
}

#[derive(Deserialize, Debug, PartialEq, Eq)]
pub struct After {
    pub price: Money,
    pub leader: Option<String>,
    pub hold: Money,
    pub ends_at: i64,
    pub status: StatusCode,
    pub winner: Option<String>,
    pub price_paid: Option<Money>,
    pub escrow: Money,
    pub wallets: BTreeMap<String, (Money, Money)>,
}

#[derive(Deserialize, Debug, PartialEq, Eq)]
pub struct Row {
    pub user: String,
    pub kind: LedgerKind,
    pub available: Money,
    pub held: Money,
    pub available_after: Money,
    pub held_after: Money,
    pub auction: Option<usize>,
}

/// Deposits are posted in the order in which they stand in the file.
fn in_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Money)>, D::Error> {
    struct Visitor;
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = Vec<(String, Money)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a map of deposits")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    deserializer.deserialize_map(Visitor)
}

pub fn read() -> Vec<World> {
    let text = super::data_file("WORLDS", "worlds.jsonl");
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().filter(|line| !line.trim().is_empty()).map(parse).collect()
}

/// The instant `seconds` after the beginning of a world.
pub fn at(seconds: i64) -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
}

/// Seconds since the beginning of a world.
pub fn seconds(at_instant: Instant) -> i64 {
    (at_instant - at(0)).num_seconds()
}

/// Counts what was compared and collects what was different.
#[derive(Default)]
pub struct Tally {
    pub worlds: usize,
    pub steps: usize,
    pub differences: Vec<String>,
}

impl Tally {
    pub fn compare<T: PartialEq + std::fmt::Debug>(&mut self, place: &str, expected: &T, found: &T) {
        if expected != found {
            self.differences.push(format!("{place}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }

    /// What two counted together.
    #[must_use]
    pub fn add(mut self, other: Self) -> Self {
        self.worlds += other.worlds;
        self.steps += other.steps;
        self.differences.extend(other.differences);
        self
    }

    /// Prints the line of figures and fails on any difference.
    pub fn report(&self) {
        let (worlds, steps, differences) = (self.worlds, self.steps, self.differences.len());
        println!("worlds {worlds}, steps {steps}, differences {differences}");
        assert!(worlds > 0 && steps > 0, "nothing was played");
        let first: Vec<_> = self.differences.iter().take(5).map(String::as_str).collect();
        assert!(first.is_empty(), "{}", first.join("\n"));
    }
}
