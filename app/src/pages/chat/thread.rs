//! A conversation as far as the page knows it. Messages never change, so whatever way one comes, it has its
//! place by its number; read marks follow the newest state.

use std::collections::BTreeMap;

use market::{
    Instant,
    live::{ChatMessage, ChatState, Party},
    text::days_ago,
    view::ChatPage,
};

/// Messages by their numbers, and how far each of the two has read.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    messages: BTreeMap<i32, ChatMessage>,
    seq: i64,
    last_number: i32,
    seller_read: i32,
    winner_read: i32,
}

/// A line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A day begins, counted from 1970 in Seoul.
    Day(i64),
    /// The message of that number.
    Message(i32),
}

impl Thread {
    /// The newest messages.
    pub fn of(page: &ChatPage) -> Self {
        let mut thread = Self::part(page);
        thread.offer(&page.state);
        thread
    }

    /// Those messages alone that the page was asked for.
    pub fn part(page: &ChatPage) -> Self {
        let state = &page.state;
        let mut thread = Self {
            messages: BTreeMap::new(),
            seq: state.seq,
            last_number: state.last_number,
            seller_read: state.seller_read,
            winner_read: state.winner_read,
        };
        thread.add(page.messages.clone());
        thread
    }

    /// A state that has come. An older one may bring messages, too; its read marks change nothing.
    pub fn offer(&mut self, state: &ChatState) {
        self.add(state.messages.iter().cloned());
        if state.seq > self.seq {
            self.seq = state.seq;
            self.last_number = state.last_number;
            self.seller_read = state.seller_read;
            self.winner_read = state.winner_read;
        }
    }

    /// Messages that were read.
    pub fn add(&mut self, messages: impl IntoIterator<Item = ChatMessage>) {
        self.messages.extend(messages.into_iter().map(|message| (message.number, message)));
    }

    /// The message of that number.
    pub fn message(&self, number: i32) -> Option<&ChatMessage> {
        self.messages.get(&number)
    }

    /// The newest message's number, seen here or not; 0 before the first.
    pub fn last_number(&self) -> i32 {
        self.last_number
    }

    /// The oldest number here; what lies before it can be read.
    pub fn oldest(&self) -> Option<i32> {
        self.messages.keys().next().copied()
    }

    /// Whether something lies before.
    pub fn has_older(&self) -> bool {
        self.oldest().is_some_and(|oldest| oldest > 1)
    }

    /// Where something is missing between the oldest and the newest: the number before which it lies.
    pub fn missing_before(&self) -> Option<i32> {
        let newest = self.messages.keys().next_back()?;
        if *newest < self.last_number {
            return Some(self.last_number + 1);
        }
        let pairs = self.messages.keys().rev().zip(self.messages.keys().rev().skip(1));
        pairs.into_iter().find(|(after, before)| **after > **before + 1).map(|(after, _)| *after)
    }

    /// Up to which number `party` has read.
    pub fn read_by(&self, party: Party) -> i32 {
        match party {
            Party::Seller => self.seller_read,
            Party::Winner => self.winner_read,
        }
    }

    /// The last message of `me` that the other has read: it carries the mark.
    pub fn read_mark(&self, me: Party) -> Option<i32> {
        let read = self.messages.range(..=self.read_by(me.other()));
        read.rev().find(|(_, message)| message.from == me).map(|(number, _)| *number)
    }

    /// The newest message of `party` here.
    pub fn newest_of(&self, party: Party) -> Option<&ChatMessage> {
        self.messages.values().rev().find(|message| message.from == party)
    }

    /// Its lines: the messages, and before the first of each day the day.
    pub fn items(&self) -> Vec<Item> {
        let mut items = Vec::with_capacity(self.messages.len() + 8);
        let mut day = None;
        for message in self.messages.values() {
            let today = days_ago(Instant::UNIX_EPOCH, message.at);
            if day.replace(today) != Some(today) {
                items.push(Item::Day(today));
            }
            items.push(Item::Message(message.number));
        }
        items
    }

    /// When the first message of a day came.
    pub fn begin_of(&self, day: i64) -> Option<Instant> {
        let mut times = self.messages.values().map(|message| message.at);
        times.find(|at| days_ago(Instant::UNIX_EPOCH, *at) == day)
    }
}

#[cfg(test)]
mod tests {
    use market::AuctionId;

    use super::*;

    fn message(number: i32, from: Party) -> ChatMessage {
        let at = Instant::UNIX_EPOCH + chrono::TimeDelta::hours(i64::from(number) * 10);
        ChatMessage { id: number.into(), number, from, text: number.to_string(), picture: None, at }
    }

    fn thread(numbers: impl IntoIterator<Item = i32>) -> Thread {
        let mut thread =
            Thread { messages: BTreeMap::new(), seq: 5, last_number: 0, seller_read: 0, winner_read: 0 };
        thread.add(numbers.into_iter().map(|number| message(number, Party::Seller)));
        thread.last_number = thread.messages.keys().next_back().copied().unwrap_or(0);
        thread
    }

    fn state(seq: i64, last_number: i32, numbers: std::ops::RangeInclusive<i32>) -> ChatState {
        ChatState {
            id: AuctionId(1),
            seq,
            last_number,
            seller_read: 0,
            winner_read: last_number,
            messages: numbers.map(|number| message(number, Party::Seller)).collect(),
        }
    }

    #[test]
    fn k2_an_older_state_brings_its_messages_but_no_marks() {
        let mut thread = thread(1..=9);
        thread.offer(&state(9, 9, 5..=9));
        thread.offer(&state(7, 7, 1..=7));
        assert_eq!((thread.read_by(Party::Winner), thread.last_number()), (9, 9));
        thread.offer(&state(7, 7, 1..=7));
        assert_eq!(thread.messages.len(), 9, "seen twice is seen once");
    }

    #[test]
    fn k3_what_was_missed_is_found_and_read_from_the_newest_end() {
        let mut thread = thread(1..=3);
        assert_eq!(thread.missing_before(), None);
        thread.offer(&state(40, 40, 21..=40));
        assert_eq!(thread.missing_before(), Some(21));
        thread.add((11..=20).map(|number| message(number, Party::Seller)));
        assert_eq!(thread.missing_before(), Some(11));
        thread.add((4..=10).map(|number| message(number, Party::Seller)));
        assert_eq!((thread.missing_before(), thread.has_older()), (None, false));
    }

    #[test]
    fn only_the_last_message_that_the_other_has_read_carries_the_mark() {
        let mut thread = thread(1..=4);
        thread.add([message(3, Party::Winner)]);
        assert_eq!(thread.read_mark(Party::Seller), None);
        thread.winner_read = 3;
        assert_eq!(thread.read_mark(Party::Seller), Some(2));
        thread.winner_read = 4;
        assert_eq!(thread.read_mark(Party::Seller), Some(4));
        assert_eq!(thread.newest_of(Party::Winner).map(|message| message.number), Some(3));
    }

    #[test]
    fn a_day_begins_before_its_first_message() {
        use Item::{Day, Message};
        // Every ten hours, in Seoul: 19:00, 05:00, 15:00.
        assert_eq!(thread(1..=3).items(), [Day(0), Message(1), Day(1), Message(2), Message(3)]);
        assert_eq!(thread(1..=3).begin_of(1), Some(message(2, Party::Seller).at));
    }
}
