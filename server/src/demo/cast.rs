//! Who is who in the histories. Most bidders come from the file in turn; the two whom a visitor can be have
//! parts of their own in the first round, so that each has something won, led, lost and for sale to look
//! at.

use market::UserId;

use super::{accounts::Accounts, history::History};

/// The parts in the first round of a lot; a username each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    lot: usize,
    /// Who sells instead of the seller of the file.
    pub seller: Option<&'static str>,
    leader: Option<&'static str>,
    outbid: Option<&'static str>,
    /// Who watches too.
    pub watcher: Option<&'static str>,
}

const NONE: Parts = Parts { lot: usize::MAX, seller: None, leader: None, outbid: None, watcher: None };
const MINJI: Option<&str> = Some("minji");
const JUNHO: Option<&str> = Some("junho");

/// By the number of the lot.
const PARTS: [Parts; 20] = [
    Parts { lot: 0, watcher: MINJI, ..NONE },
    Parts { lot: 5, leader: JUNHO, outbid: MINJI, ..NONE },
    Parts { lot: 6, outbid: JUNHO, ..NONE },
    Parts { lot: 8, leader: MINJI, ..NONE },
    Parts { lot: 9, seller: JUNHO, ..NONE },
    Parts { lot: 11, outbid: MINJI, ..NONE },
    Parts { lot: 14, seller: MINJI, ..NONE },
    Parts { lot: 17, watcher: JUNHO, ..NONE },
    Parts { lot: 18, outbid: JUNHO, ..NONE },
    // The two have traded with each other, both ways.
    Parts { lot: 21, seller: MINJI, leader: JUNHO, ..NONE },
    Parts { lot: 22, watcher: MINJI, ..NONE },
    Parts { lot: 24, leader: JUNHO, ..NONE },
    Parts { lot: 25, leader: MINJI, ..NONE },
    Parts { lot: 35, seller: MINJI, ..NONE },
    Parts { lot: 36, leader: MINJI, outbid: JUNHO, ..NONE },
    Parts { lot: 39, leader: MINJI, ..NONE },
    Parts { lot: 41, seller: JUNHO, leader: MINJI, ..NONE },
    Parts { lot: 48, seller: JUNHO, ..NONE },
    Parts { lot: 53, leader: JUNHO, ..NONE },
    Parts { lot: 55, leader: JUNHO, ..NONE },
];

impl Parts {
    /// The parts of a lot; later rounds have none, for what a visitor did since must stay the newest in his
    /// books.
    pub fn of(lot: usize, round: u32) -> Self {
        PARTS.into_iter().find(|parts| parts.lot == lot && round == 0).unwrap_or(NONE)
    }

    /// The account behind each bidder of `history`; `seed` varies who of the file comes first.
    pub fn cast(&self, history: &History, accounts: &Accounts, seed: usize) -> anyhow::Result<Vec<UserId>> {
        let bidders = history.bids.iter().map(|&(_, bidder, _)| bidder + 1).max().unwrap_or(0);
        let file = &accounts.bidders;
        let mut cast: Vec<UserId> =
            (0..bidders).map(|number| file[(seed * 7 + number) % file.len()]).collect();
        if let (Some(name), Some(leader)) = (self.leader, history.leader) {
            cast[leader] = accounts.named(name)?;
        }
        let last_loser = history
            .bids
            .iter()
            .rev()
            .map(|&(_, bidder, _)| bidder)
            .find(|&bidder| Some(bidder) != history.leader);
        if let (Some(name), Some(loser)) = (self.outbid, last_loser) {
            cast[loser] = accounts.named(name)?;
        }
        Ok(cast)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files::{self, Stage};

    #[test]
    fn each_visitor_leads_is_outbid_has_won_and_sells() {
        let lots = files::lots().expect("the file");
        for visitor in [MINJI, JUNHO] {
            let count = |stage: Stage, part: fn(&Parts) -> Option<&'static str>| {
                PARTS.iter().filter(|parts| part(parts) == visitor && lots[parts.lot].stage == stage).count()
            };
            assert!((1..=2).contains(&count(Stage::Live, |parts| parts.leader)), "{visitor:?} leads");
            assert!((1..=2).contains(&count(Stage::Live, |parts| parts.outbid)), "{visitor:?} is outbid");
            let waits =
                count(Stage::Sold, |parts| parts.leader) + count(Stage::Disputed, |parts| parts.leader);
            assert_eq!(waits, 1, "{visitor:?} has a step of a sale before him");
            assert!(count(Stage::Settled, |parts| parts.leader) >= 1, "{visitor:?} has bought");
            assert!(count(Stage::Settled, |parts| parts.seller) >= 1, "{visitor:?} has sold");
            assert!(count(Stage::Settled, |parts| parts.outbid) >= 1, "{visitor:?} has lost");
            assert_eq!(count(Stage::Unsold, |parts| parts.seller), 1, "{visitor:?} may relist");
            assert_eq!(count(Stage::Live, |parts| parts.seller), 1, "{visitor:?} sells");
            assert!(count(Stage::Live, |parts| parts.watcher) >= 1, "{visitor:?} watches");
        }
    }
}
