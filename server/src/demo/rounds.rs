//! Which auctions a start opens: all of them the first time, later what has ended.

use std::collections::HashMap;

use market::{Instant, store::demo::Keyed};

use super::{
    files::{Lot, Stage},
    times::Times,
};

/// With fewer auctions that take bids, new rounds of the ended ones are opened.
pub const LIVE_WANTED: usize = 30;
/// Rounds of a lot are told apart by their bids too.
const SEEDS_A_ROUND: usize = 61;

/// One auction to be built.
#[derive(Debug, Clone)]
pub struct Round<'a> {
    /// What is sold.
    pub lot: &'a Lot,
    /// The number of the lot.
    pub index: usize,
    /// How often it was sold before.
    pub number: u32,
    /// When all of it happens.
    pub times: Times,
}

impl<'a> Round<'a> {
    fn new(lot: &'a Lot, index: usize, number: u32, now: Instant, last_end: Option<Instant>) -> Self {
        Self { lot, index, number, times: Times::of(lot, index, now, last_end) }
    }

    /// The key it is opened under: the same round is opened once, whoever tries.
    pub fn key(&self) -> String {
        if self.lot.robots {
            format!("{}-{}", crate::robots::KEY, self.number)
        } else {
            format!("demo-{}-{}", self.index, self.number)
        }
    }

    /// What varies its bids.
    pub fn seed(&self) -> usize {
        self.index + usize::try_from(self.number).unwrap_or(0) * SEEDS_A_ROUND
    }
}

/// The rounds that `known` lacks. New rounds of what has ended are opened only if little takes bids at
/// `now`, or nothing the robots could play on.
pub fn missing<'a>(lots: &'a [Lot], known: &[Keyed], now: Instant) -> Vec<Round<'a>> {
    let newest = newest_rounds(lots, known);
    let running = newest.values().filter(|(_, keyed)| keyed.is_open && keyed.starts_at <= now).count();
    let low = running < LIVE_WANTED;
    let mut rounds = Vec::new();
    for (index, lot) in lots.iter().enumerate() {
        match newest.get(&index) {
            None => rounds.push(Round::new(lot, index, 0, now, None)),
            Some((number, keyed)) => {
                let comes_again = matches!(lot.stage, Stage::Live | Stage::Scheduled);
                if comes_again && !keyed.is_open && (low || lot.robots) {
                    rounds.push(Round::new(lot, index, number + 1, now, Some(keyed.ends_at)));
                }
            }
        }
    }
    rounds
}

/// The newest round of each lot.
fn newest_rounds<'a>(lots: &[Lot], known: &'a [Keyed]) -> HashMap<usize, (u32, &'a Keyed)> {
    let mut newest: HashMap<usize, (u32, &Keyed)> = HashMap::new();
    for keyed in known {
        let Some((index, number)) = parse_key(lots, &keyed.key) else { continue };
        let slot = newest.entry(index).or_insert((number, keyed));
        if number > slot.0 {
            *slot = (number, keyed);
        }
    }
    newest
}

/// The lot and the round of a key; `None` for one that is not the demo's.
fn parse_key(lots: &[Lot], key: &str) -> Option<(usize, u32)> {
    let (lot, number) = key.rsplit_once('-')?;
    let index = if lot == crate::robots::KEY {
        lots.iter().position(|lot| lot.robots)?
    } else {
        lot.strip_prefix("demo-")?.parse().ok()?
    };
    Some((index, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files;
    use chrono::TimeDelta;

    fn now() -> Instant {
        chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    /// The rounds as the books would know them at `then`.
    fn opened(rounds: &[Round<'_>], then: Instant) -> Vec<Keyed> {
        let keyed = |round: &Round<'_>| Keyed {
            key: round.key(),
            starts_at: round.times.starts_at,
            ends_at: round.times.ends_at,
            is_open: round.times.ends_at > then,
        };
        rounds.iter().map(keyed).collect()
    }

    #[test]
    fn an_empty_market_gets_all_and_a_full_one_nothing() {
        let lots = files::lots().expect("the file");
        let first = missing(&lots, &[], now());
        assert_eq!(first.len(), lots.len());
        assert!(missing(&lots, &opened(&first, now()), now()).is_empty());
    }

    #[test]
    fn the_robots_get_a_new_round_as_soon_as_theirs_has_ended() {
        let lots = files::lots().expect("the file");
        let first = missing(&lots, &[], now());
        let later = now() + TimeDelta::minutes(89);
        let next = missing(&lots, &opened(&first, later), later);
        assert_eq!(next.iter().map(Round::key).collect::<Vec<_>>(), ["robots-1"]);
    }

    #[test]
    fn days_later_everything_that_lives_comes_again_and_nothing_else() {
        let lots = files::lots().expect("the file");
        let first = missing(&lots, &[], now());
        let later = now() + TimeDelta::days(20);
        let next = missing(&lots, &opened(&first, later), later);
        assert!(next.len() >= LIVE_WANTED && next.iter().all(|round| round.number == 1));
        assert!(next.iter().all(|round| matches!(round.lot.stage, Stage::Live | Stage::Scheduled)));
    }
}
