//! The public list of bids as far as this page knows it.

use market::live::{LISTED_IN_FRAME, ListedBid};

/// Newest first, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    bids: Vec<ListedBid>,
    /// More than the newest are shown.
    opened: bool,
}

impl History {
    /// From the page's newest bids.
    #[must_use]
    pub fn of(newest: &[ListedBid]) -> Self {
        Self { bids: newest.to_vec(), opened: false }
    }

    /// Takes in what a frame lists. After a gap it begins anew: the list never skips a bid.
    pub fn follow(&mut self, newest: &[ListedBid]) {
        let Some(oldest) = newest.last() else { return };
        let known = self.bids.first().map_or(0, |bid| bid.number);
        if known + 1 < oldest.number {
            *self = Self::of(newest);
            return;
        }
        let news = newest.iter().filter(|bid| bid.number > known).copied();
        self.bids.splice(0..0, news);
    }

    /// Shows all that is known, with the piece of the list behind it.
    pub fn open(&mut self, older: &[ListedBid]) {
        self.opened = true;
        let last = self.bids.last().map_or(i32::MAX, |bid| bid.number);
        if older.first().is_some_and(|bid| bid.number + 1 == last) {
            self.bids.extend_from_slice(older);
        }
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &[ListedBid] {
        let few = self.bids.len().min(LISTED_IN_FRAME);
        if self.opened { &self.bids } else { &self.bids[..few] }
    }

    /// The oldest number that is known, if older bids are not: what to ask for more by.
    #[must_use]
    pub fn unknown_before(&self) -> Option<i32> {
        self.bids.last().map(|bid| bid.number).filter(|&number| number > 1)
    }

    /// The oldest number that is shown, if there are older bids.
    #[must_use]
    pub fn more_before(&self) -> Option<i32> {
        self.shown().last().map(|bid| bid.number).filter(|&number| number > 1)
    }
}

#[cfg(test)]
mod tests {
    use market::{Money, alias::Alias, text};

    use super::*;

    /// The bids with these numbers.
    fn bids(numbers: impl DoubleEndedIterator<Item = i32>) -> Vec<ListedBid> {
        let at = text::parse_local("2026-11-22T12:00").expect("a time");
        let bid =
            |number| ListedBid { number, bidder: Alias(1), amount: Money::ZERO, price: Money::ZERO, at };
        numbers.rev().map(bid).collect()
    }

    fn numbers(history: &History) -> Vec<i32> {
        history.shown().iter().map(|bid| bid.number).collect()
    }

    #[test]
    fn the_newest_are_shown_until_more_are_asked_for() {
        let mut history = History::of(&bids(11..=30));
        history.follow(&bids(13..=32));
        assert_eq!(numbers(&history), (13..=32).rev().collect::<Vec<_>>());
        assert_eq!((history.more_before(), history.unknown_before()), (Some(13), Some(11)));
        history.open(&bids(1..=10));
        assert_eq!(numbers(&history), (1..=32).rev().collect::<Vec<_>>());
        assert_eq!((history.more_before(), history.unknown_before()), (None, None));
        history.follow(&bids(14..=33));
        assert_eq!(numbers(&history).len(), 33);
    }

    #[test]
    fn the_list_never_skips_a_bid() {
        let mut history = History::of(&bids(1..=20));
        history.open(&[]);
        history.follow(&bids(41..=60));
        assert_eq!(numbers(&history), (41..=60).rev().collect::<Vec<_>>());
        history.open(&bids(1..=10));
        assert_eq!(numbers(&history).len(), 20, "a piece that does not fit is left out");
        history.follow(&bids(41..=60));
        assert_eq!(numbers(&history).len(), 20, "twice is once");
        let mut empty = History::of(&[]);
        empty.follow(&bids(1..=1));
        assert_eq!(numbers(&empty), [1]);
    }
}
