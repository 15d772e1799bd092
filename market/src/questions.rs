//! Questions about an auction and their answers: what may be written, and until when (product, *Pages*).

use crate::{Auction, Instant, Refusal, Status, UserId, refusal::Reason, typed::written};

/// The longest question, in characters.
pub const QUESTION_MAX: usize = 500;
/// The longest answer, in characters.
pub const ANSWER_MAX: usize = 1_000;
/// So many questions of one person may wait for an answer in one auction.
pub const OPEN_MAX: i64 = 5;

/// A question as it is stored.
///
/// # Errors
/// `fields`: nothing was asked, or too much.
pub fn question(typed: &str) -> Result<String, Refusal> {
    written("question", typed, QUESTION_MAX)
}

/// An answer as it is stored.
///
/// # Errors
/// `fields`: nothing was said, or too much.
pub fn answer(typed: &str) -> Result<String, Refusal> {
    written("answer", typed, ANSWER_MAX)
}

/// Who wants to ask, as the books know him.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub user: UserId,
    /// Whether he or the seller has blocked the other.
    pub blocked: bool,
    /// How many of his questions here wait for an answer.
    pub open: i64,
}

/// Whether he may ask one more: before the start and while it runs.
///
/// # Errors
/// In order of precedence: `not_yours` for the seller himself, `blocked`, `ended`, `fields` with `too_many`.
pub fn may_ask(auction: &Auction, asker: Asker, now: Instant) -> Result<(), Refusal> {
    if auction.seller == asker.user {
        return Err(Refusal::NotYours);
    }
    if asker.blocked {
        return Err(Refusal::Blocked);
    }
    if !matches!(auction.status, Status::Live(_)) || now >= auction.schedule.ends_at {
        return Err(Refusal::Ended);
    }
    if asker.open >= OPEN_MAX {
        return Err(Refusal::field("question", Reason::TooMany));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_something_and_not_too_much() {
        let fault = |reason| Err(Refusal::field("question", reason));
        assert_eq!(question(" \0\n "), fault(Reason::Required));
        assert_eq!(question(&"가".repeat(QUESTION_MAX + 1)), fault(Reason::TooLong));
        assert_eq!(question(&"가".repeat(QUESTION_MAX)), Ok("가".repeat(QUESTION_MAX)));
        assert_eq!(answer("  네,\n됩니다. "), Ok("네,\n됩니다.".to_owned()));
        assert_eq!(answer(&"가".repeat(ANSWER_MAX + 1)), Err(Refusal::field("answer", Reason::TooLong)));
    }
}
