//! A recorded auction as the history of one of ours: its amounts stretched between the start price and what
//! the auction is to come to, its times over the time the auction has run. The rules decide which of its
//! bids would be accepted; the others are left out.

use chrono::TimeDelta;
use market::{
    Auction, Instant, Money, Terms, UserId,
    bidding::{Asker, Bid, Request, Verdict, decide},
};

use super::records::{Record, Recorded};

/// How many records of about the right size are tried.
const TRIED: usize = 16;
/// Recorded amounts differ from bids a little: a plain bid is at most so many steps above the least
/// possible one.
const PLAIN_STEPS: i64 = 2;
/// Who sells in the rehearsal; bidders are numbered from 1.
const SELLER: UserId = UserId(0);

/// What a history has to fit into.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The rules of the auction.
    pub terms: Terms,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends, if no late bid moves the end.
    pub ends_at: Instant,
    /// When the last bid was placed; `None` leaves the recorded distance from the end.
    pub last_bid_at: Option<Instant>,
    /// The highest bid.
    pub top: Money,
    /// How far the maximum behind the highest bid goes beyond it: records do not know that.
    pub spare: Money,
    /// About how many bids are listed.
    pub bids: usize,
}

/// Bids that the rules accept, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// When, who (numbered from 0) and what.
    pub bids: Vec<(Instant, usize, Bid)>,
    /// How many bids are listed.
    pub listed: usize,
    /// Who leads at last.
    pub leader: Option<usize>,
    /// The price at last.
    pub price: Money,
    /// The end, with what late bids moved it by.
    pub ends_at: Instant,
}

impl Frame {
    /// The history that fits best among some records of about the right size; `seed` varies which are tried.
    pub fn history(&self, records: &[Record], seed: usize) -> History {
        let mut order: Vec<usize> = (0..records.len()).collect();
        // Any fixed shuffle will do: neighbours of the same size take turns.
        order.sort_by_key(|&index| {
            (records[index].bids.len().abs_diff(self.bids), (index + seed) * 131 % 343)
        });
        let tried = order.into_iter().take(TRIED).map(|index| self.play(&records[index]));
        let none = History::none(self.ends_at);
        if self.bids == 0 { none } else { tried.min_by_key(|history| self.misfit(history)).unwrap_or(none) }
    }

    /// How far a history is from what is wanted: bids too many or too few, and per cents of the price.
    fn misfit(&self, history: &History) -> i64 {
        let bids = i64::try_from(history.listed.abs_diff(self.bids)).unwrap_or(i64::MAX);
        let price = (self.top - history.price).to_won().abs() * 100 / self.top.to_won();
        let lonely = history.bids.iter().all(|&(_, bidder, _)| Some(bidder) == history.leader);
        bids + price + if lonely && self.bids > 1 { 100 } else { 0 }
    }

    /// Plays the record by the rules, everybody with ample funds.
    fn play(&self, record: &Record) -> History {
        let mut auction = Auction::opened(SELLER, self.terms.clone(), self.starts_at, self.ends_at);
        let mut history = History::none(self.ends_at);
        for recorded in &record.bids {
            let at = self.time(record, recorded);
            let bid = self.bid(record, recorded, &auction);
            let asker = Asker {
                user: number_to_user(recorded.bidder),
                available: Money::ceiling(),
                suspended: false,
            };
            if let Ok(Verdict::Accepted(effect)) = decide(&auction, asker, Request::Bid(bid), None, at) {
                history.listed += usize::from(effect.listed.is_some());
                history.bids.push((at, recorded.bidder, bid));
                auction = effect.auction;
            }
        }
        history.leader = auction.leading().and_then(|leading| user_to_number(leading.user));
        history.price = auction.price;
        history.ends_at = auction.schedule.ends_at;
        history
    }

    fn time(&self, record: &Record, recorded: &Recorded) -> Instant {
        let (until, length) = match (self.last_bid_at, record.bids.last()) {
            (Some(last_bid_at), Some(last)) => (last_bid_at, last.at),
            _ => (self.ends_at, record.length),
        };
        let run = (until - self.starts_at).num_milliseconds();
        let at = self.starts_at + TimeDelta::milliseconds(run * recorded.at / length.max(1));
        // A recorded bid at the very end would be late by our rules.
        at.min(self.ends_at - TimeDelta::seconds(1))
    }

    fn bid(&self, record: &Record, recorded: &Recorded, auction: &Auction) -> Bid {
        let amount = self.amount(record, recorded);
        let step = auction.terms.increment.step(auction.price);
        let automatic = amount > auction.next_bid() + step.times(PLAIN_STEPS);
        let highest = record.bids.iter().all(|other| other.amount <= recorded.amount);
        let amount = if automatic && highest { self.on_grid(amount + self.spare) } else { amount };
        Bid { amount, automatic, accept_buy_now: false }
    }

    fn amount(&self, record: &Record, recorded: &Recorded) -> Money {
        let amounts = || record.bids.iter().map(|bid| bid.amount);
        let lowest = amounts().min().unwrap_or(recorded.amount);
        let recorded_range = amounts().max().unwrap_or(recorded.amount) - lowest;
        let range = (self.top - self.terms.start_price).to_won();
        let above = range * (recorded.amount - lowest) / recorded_range.max(1);
        self.on_grid(self.terms.start_price + Money::won(above))
    }

    /// The next lower amount of the kind that people bid.
    fn on_grid(&self, amount: Money) -> Money {
        amount.neighbours(self.terms.increment.step(amount)).0.max(self.terms.start_price)
    }
}

impl History {
    fn none(ends_at: Instant) -> Self {
        Self { bids: Vec::new(), listed: 0, leader: None, price: Money::ZERO, ends_at }
    }
}

fn number_to_user(number: usize) -> UserId {
    UserId(i64::try_from(number).unwrap_or(i64::MAX - 1) + 1)
}

fn user_to_number(user: UserId) -> Option<usize> {
    usize::try_from(user.0 - 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{files, records};

    fn frame(lot: &files::Lot) -> Frame {
        let starts_at = chrono::DateTime::UNIX_EPOCH;
        let ends_at = starts_at + TimeDelta::days(5);
        let (terms, top) = (lot.terms(), lot.final_price);
        Frame { terms, starts_at, ends_at, last_bid_at: None, top, spare: Money::ZERO, bids: lot.bids }
    }

    #[test]
    fn histories_come_to_about_the_wanted_price_with_about_the_wanted_bids() {
        let records = records::read().expect("the file");
        for (index, lot) in
            files::lots().expect("the file").iter().enumerate().filter(|(_, lot)| lot.bids > 0)
        {
            let history = frame(lot).history(&records, index);
            let (price, wanted) = (history.price.to_won(), lot.final_price.to_won());
            assert!((wanted * 80 / 100..=wanted).contains(&price), "{index}: {price} for {wanted}");
            assert!(history.listed * 3 >= lot.bids * 2, "{index}: {} for {}", history.listed, lot.bids);
            assert!(history.bids.is_sorted_by_key(|&(at, ..)| at), "{index}");
        }
    }

    #[test]
    fn plain_and_automatic_bids_meet() {
        let records = records::read().expect("the file");
        let lots = files::lots().expect("the file");
        let bids = lots.iter().enumerate().flat_map(|(index, lot)| frame(lot).history(&records, index).bids);
        let (automatic, plain): (Vec<_>, Vec<_>) = bids.partition(|(.., bid)| bid.automatic);
        assert!(automatic.len() > 100 && plain.len() > 100, "{} {}", automatic.len(), plain.len());
    }
}
