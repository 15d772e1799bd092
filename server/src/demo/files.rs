//! What the demo's files say: what is sold, and who takes part.

use anyhow::Context;
use market::{
    Increment, Instant, Money, Settlement, SoftClose, Terms,
    opening::{Condition, Listing, Opening, Reach, Shipping},
};
use serde::Deserialize;

/// The state an auction of the first filling is brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Takes bids.
    Live,
    /// Will take bids.
    Scheduled,
    /// Sold and paid.
    Settled,
    /// Sold; the money waits in escrow.
    Sold,
    /// Sold; the buyer finds something wrong, and staff have not decided.
    Disputed,
    /// Sold, disputed and paid back.
    Refunded,
    /// Over, without a buyer.
    Unsold,
    /// Taken back by its seller.
    Cancelled,
}

/// A thing for sale.
#[derive(Debug, Clone, Deserialize)]
pub struct Lot {
    title: String,
    description: String,
    category: String,
    /// The illustration that stands in for a picture.
    pub art: String,
    condition: Condition,
    shipping: Shipping,
    reach: Reach,
    region: String,
    /// A seller's username.
    pub seller: String,
    /// The least the first bid may be.
    pub start_price: Money,
    /// What the bids of the whole auction come to.
    pub final_price: Money,
    unit: Option<Money>,
    ladder: bool,
    buy_now: Option<Money>,
    reserve: Option<Money>,
    settlement: Settlement,
    /// What becomes of it.
    #[serde(rename = "state")]
    pub stage: Stage,
    /// Live ones: when they end.
    pub ends_in_minutes: Option<i64>,
    /// Scheduled ones: when they start.
    pub starts_in_minutes: Option<i64>,
    /// About how many bids it has.
    pub bids: usize,
    /// A show of some hours with a quick soft close.
    pub live_show: bool,
    /// The robots bid on it.
    pub robots: bool,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The name of the account.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// A region's code.
    pub region: String,
}

/// Who takes part.
#[derive(Debug, Clone, Deserialize)]
pub struct People {
    /// Who sells.
    pub sellers: Vec<Person>,
    /// Who bids in the histories.
    pub bidders: Vec<Person>,
    /// Whom a visitor can sign in as.
    pub demo: Vec<Person>,
    /// Who keeps bidding while the server runs.
    pub robots: Vec<Person>,
    /// Who has decided a dispute. Nobody can sign in as staff: the password of the demo is no secret.
    pub staff: Person,
}

/// Everything for sale; the order numbers the keys.
pub fn lots() -> anyhow::Result<Vec<Lot>> {
    serde_json::from_str(include_str!("../../demo/auctions.json")).context("server/demo/auctions.json")
}

/// Everybody.
pub fn people() -> anyhow::Result<People> {
    serde_json::from_str(include_str!("../../demo/people.json")).context("server/demo/people.json")
}

impl Lot {
    /// What is fixed at opening.
    pub fn terms(&self) -> Terms {
        let increment = match self.unit {
            Some(unit) if !self.ladder => Increment::Fixed { unit },
            _ => Increment::offered_ladder(),
        };
        let soft_close = if self.live_show { SoftClose::LIVE_SHOW } else { SoftClose::USUAL };
        Terms {
            start_price: self.start_price,
            increment,
            buy_now: self.buy_now,
            reserve: self.reserve,
            soft_close: Some(soft_close),
            settlement: self.settlement,
        }
    }

    /// The whole form.
    pub fn opening(&self, starts_at: Instant, ends_at: Instant) -> Opening {
        Opening {
            listing: Listing {
                title: self.title.clone(),
                description: self.description.clone(),
                category: self.category.clone(),
                condition: self.condition,
                shipping: self.shipping,
                reach: self.reach,
                region: Some(self.region.clone()),
            },
            pictures: Vec::new(),
            terms: self.terms(),
            starts_at,
            ends_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_named_in_the_auctions_is_among_the_people() {
        let people = people().expect("people.json");
        for lot in lots().expect("auctions.json") {
            assert!(people.sellers.iter().any(|seller| seller.username == lot.seller), "{}", lot.seller);
            assert_eq!(lot.ends_in_minutes.is_some(), lot.stage == Stage::Live, "{}", lot.title);
            assert_eq!(lot.starts_in_minutes.is_some(), lot.stage == Stage::Scheduled, "{}", lot.title);
            assert!(lot.ladder != lot.unit.is_some(), "{}", lot.title);
        }
    }
}
