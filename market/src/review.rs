//! Reviews of a trade: who may write one, from when it is seen, and what a score is.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    Instant, Refusal, Status, UserId,
    live::Party,
    refusal::{FieldFault, Reason},
    text::clean,
};

/// A review whose counterpart is never written is seen so many days after the trade was over.
pub const HIDDEN_DAYS: i64 = 14;
/// The longest review, in characters.
pub const TEXT_MAX: usize = 1_000;
/// The best there is.
pub const BEST: u8 = 5;

/// 1 to [`BEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

impl Stars {
    /// That many, if there are so many.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=BEST).contains(&number).then_some(Self(number))
    }

    /// How many.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Stars {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("no number of stars")
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// The form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewDraft {
    /// 1–5.
    pub stars: String,
    /// May be empty.
    pub text: String,
}

/// A review that may be written, but for what only the books know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    /// How good it was.
    pub stars: Stars,
    /// In words; may be empty.
    pub text: String,
}

impl ReviewDraft {
    /// The review, if nothing is wrong with the form.
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(&self) -> Result<NewReview, Refusal> {
        let typed = self.stars.trim();
        let stars = typed.parse().ok().and_then(Stars::new);
        let text = clean(&self.text);
        let no_stars = if typed.is_empty() { Reason::Required } else { Reason::OutOfRange };
        let too_long = text.chars().count() > TEXT_MAX;
        match (stars, too_long) {
            (Some(stars), false) => Ok(NewReview { stars, text }),
            (stars, too_long) => {
                let faults = [
                    stars.is_none().then_some(("stars", no_stars)),
                    too_long.then_some(("text", Reason::TooLong)),
                ];
                let fault = |(field, reason): (&str, Reason)| FieldFault::new(field, reason);
                Err(Refusal::Fields { faults: faults.into_iter().flatten().map(fault).collect() })
            }
        }
    }
}

/// As whom `author` may review a trade between `seller` and the winner in `status`, once.
///
/// # Errors
/// In this order: `trade_open` while the auction is live, for everybody (defect V3); `not_yours` for all but
/// the two parties; `trade_open` until the money has found its owner; `already_reviewed`.
pub fn may_review(
    seller: UserId,
    status: Status,
    author: UserId,
    has_reviewed: bool,
) -> Result<Party, Refusal> {
    if matches!(status, Status::Live(_)) {
        return Err(Refusal::TradeOpen);
    }
    let party = party(seller, status, author).ok_or(Refusal::NotYours)?;
    match status {
        Status::Settled(_) | Status::Refunded(_) if has_reviewed => Err(Refusal::AlreadyReviewed),
        Status::Settled(_) | Status::Refunded(_) => Ok(party),
        _ => Err(Refusal::TradeOpen),
    }
}

/// What `user` is in the sale, if there is one and he is in it.
#[must_use]
pub fn party(seller: UserId, status: Status, user: UserId) -> Option<Party> {
    let winner = status.sale()?.winner;
    match user {
        user if user == seller => Some(Party::Seller),
        user if user == winner => Some(Party::Winner),
        _ => None,
    }
}

/// From when everybody sees a review that was written `at`, of a trade that was over at `over_at`, whose
/// counterpart was written at `other_at`, if it was: when both are there, or after [`HIDDEN_DAYS`].
#[must_use]
pub fn shown_at(over_at: Instant, at: Instant, other_at: Option<Instant>) -> Instant {
    let latest = over_at + TimeDelta::days(HIDDEN_DAYS);
    other_at.map_or(latest, |other_at| other_at.min(latest)).max(at)
}

/// How many reviews gave 1, 2, … 5 stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Ratings(pub [i64; 5]);

impl Ratings {
    /// How many there are.
    #[must_use]
    pub fn count(self) -> i64 {
        self.0.iter().sum()
    }

    /// How many gave so many stars.
    #[must_use]
    pub fn of(self, stars: Stars) -> i64 {
        self.0[usize::from(stars.get() - 1)]
    }

    /// The average of the stars × 20, rounded, so 20 to 100. Who has none yet has no score, and not 0.
    #[must_use]
    pub fn score(self) -> Option<i32> {
        let sum: i64 = (1..).zip(self.0).map(|(stars, count): (i64, i64)| stars * count).sum();
        score(sum, self.count())
    }
}

/// The score of `count` reviews with `stars` stars in all; see [`Ratings::score`].
#[must_use]
pub fn score(stars: i64, count: i64) -> Option<i32> {
    if count <= 0 {
        return None;
    }
    // Half a point more, then cut: rounding without floats.
    i32::try_from((stars * 40 + count) / (2 * count)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Money, Sale};

    const SELLER: UserId = UserId(1);
    const WINNER: UserId = UserId(2);
    const OTHER: UserId = UserId(3);

    fn sale() -> Sale {
        Sale { winner: WINNER, price_paid: Money::won(10_000) }
    }

    fn day(number: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::days(number)
    }

    #[test]
    fn v3_nobody_reviews_a_live_auction_nor_a_trade_he_is_not_in() {
        for user in [SELLER, WINNER, OTHER] {
            let live = Status::Live(Some(crate::Leading { user: WINNER, hold: Money::won(10_000) }));
            assert_eq!(may_review(SELLER, live, user, false), Err(Refusal::TradeOpen));
            for nobody in [Status::Unsold, Status::Cancelled] {
                assert_eq!(may_review(SELLER, nobody, user, false), Err(Refusal::NotYours));
            }
        }
        for over in [Status::Settled(sale()), Status::Refunded(sale())] {
            assert_eq!(may_review(SELLER, over, SELLER, false), Ok(Party::Seller));
            assert_eq!(may_review(SELLER, over, WINNER, false), Ok(Party::Winner));
            assert_eq!(may_review(SELLER, over, WINNER, true), Err(Refusal::AlreadyReviewed));
            assert_eq!(may_review(SELLER, over, OTHER, false), Err(Refusal::NotYours));
        }
        for open in [Status::Sold(sale()), Status::Disputed(sale())] {
            assert_eq!(may_review(SELLER, open, WINNER, false), Err(Refusal::TradeOpen));
            assert_eq!(may_review(SELLER, open, OTHER, false), Err(Refusal::NotYours));
        }
    }

    #[test]
    fn a_review_is_hidden_until_both_are_there_or_fourteen_days_have_passed() {
        assert_eq!(shown_at(day(0), day(1), None), day(14));
        assert_eq!(shown_at(day(0), day(1), Some(day(3))), day(3));
        assert_eq!(shown_at(day(0), day(3), Some(day(1))), day(3));
        assert_eq!(shown_at(day(0), day(1), Some(day(20))), day(14), "a late answer takes nothing back");
        assert_eq!(shown_at(day(0), day(20), Some(day(1))), day(20), "nothing is seen before it is written");
        assert_eq!(shown_at(day(0), day(20), None), day(20));
    }

    #[test]
    fn a_score_is_twenty_times_the_average_and_who_has_none_is_new() {
        assert_eq!(Ratings::default().score(), None);
        assert_eq!(Ratings([0, 0, 0, 0, 3]).score(), Some(100));
        assert_eq!(Ratings([1, 0, 0, 0, 0]).score(), Some(20));
        assert_eq!(Ratings([0, 0, 0, 1, 2]).score(), Some(93), "93.3");
        assert_eq!(Ratings([0, 0, 0, 2, 1]).score(), Some(87), "86.7");
        assert_eq!(Ratings([0, 0, 1, 0, 7]).score(), Some(95), "half a point is rounded up: 95.0");
        assert_eq!(score(33, 8), Some(83), "82.5");
    }

    #[test]
    fn a_review_has_stars_and_at_most_a_thousand_characters() {
        let draft = |stars: &str, text: &str| ReviewDraft { stars: stars.into(), text: text.into() };
        let review = draft(" 5 ", " 고마웠어요\0 ").check().expect("sound");
        assert_eq!((review.stars.get(), review.text.as_str()), (5, "고마웠어요"));
        assert!(draft("1", &"가".repeat(TEXT_MAX)).check().is_ok());
        let long = draft("1", &"가".repeat(TEXT_MAX + 1)).check();
        assert_eq!(long, Err(Refusal::field("text", Reason::TooLong)));
        assert_eq!(draft("", "").check(), Err(Refusal::field("stars", Reason::Required)));
        for senseless in ["0", "6", "-1", "4.5", "abc", "99999999999999999999"] {
            let refused = draft(senseless, "").check();
            assert_eq!(refused, Err(Refusal::field("stars", Reason::OutOfRange)), "{senseless}");
        }
    }
}
