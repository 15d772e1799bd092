//! Opening an auction (rules, *Opening*): the form as typed, and what it must be.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    Increment, Instant, Money, Refusal, Settlement, SoftClose, Terms,
    refusal::{FieldFault, Reason},
    text,
};

/// The longest title, in characters.
pub const TITLE_MAX: usize = 100;
/// The longest description, in characters.
pub const DESCRIPTION_MAX: usize = 5_000;
/// The shortest auction, in minutes.
pub const MINUTES_MIN: i64 = 10;
/// The longest auction, in days.
pub const DAYS_MAX: i64 = 30;

/// The state of the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    /// Unused.
    #[serde(rename = "new")]
    New,
    /// As new.
    S,
    /// Slight traces.
    A,
    /// Clear traces.
    B,
    /// Worn or with defects.
    C,
}

impl Condition {
    /// All of them, best first.
    pub const ALL: [Self; 5] = [Self::New, Self::S, Self::A, Self::B, Self::C];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::S => "S",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The condition of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.as_str() == name)
    }
}

/// Who pays for shipping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shipping {
    /// The seller.
    Seller,
    /// The buyer.
    Buyer,
}

impl Shipping {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Seller, Self::Buyer];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Buyer => "buyer",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shipping| shipping.as_str() == name)
    }
}

/// Who is shown the auction, and how (rules, *Words*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Live over a WebSocket, shown to everyone.
    National,
    /// Plain HTTP, shown in its region.
    Neighbourhood,
}

impl Reach {
    /// Both.
    pub const ALL: [Self; 2] = [Self::National, Self::Neighbourhood];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Neighbourhood => "neighbourhood",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.as_str() == name)
    }
}

/// The form as typed; every field is text, so that a bad one is named and not a parse error. Times are
/// `YYYY-MM-DDTHH:MM` in Asia/Seoul, durations seconds, amounts won.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// 1–100 characters.
    pub title: String,
    /// Free text.
    pub description: String,
    /// A category's slug.
    pub category: String,
    /// See [`Condition`].
    pub condition: String,
    /// See [`Shipping`].
    pub shipping: String,
    /// See [`Reach`].
    pub reach: String,
    /// A region's code; empty: the seller's.
    pub region: String,
    /// Won.
    pub start_price: String,
    /// The unit in won, or `ladder`.
    pub increment: String,
    /// Won, or empty.
    pub buy_now: String,
    /// Won, or empty.
    pub reserve: String,
    /// Empty: now.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// `usual`, `live_show`, `none`, or `window/extension/hard stop` in seconds.
    pub soft_close: String,
    /// `on_close` or `on_handover`.
    pub settlement: String,
}

/// An auction that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What is sold.
    pub listing: Listing,
    /// What is fixed.
    pub terms: Terms,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
}

/// What is sold, for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// 1–100 characters.
    pub title: String,
    /// Free text.
    pub description: String,
    /// A category's slug.
    pub category: String,
    /// Its state.
    pub condition: Condition,
    /// Who pays for shipping.
    pub shipping: Shipping,
    /// Who is shown it.
    pub reach: Reach,
    /// A region's code; `None`: the seller's.
    pub region: Option<String>,
}

/// Collects what is wrong, field by field, so that a person sees all of it at once.
#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, field: &str, reason: Reason) {
        self.0.push(FieldFault { field: field.to_owned(), reason });
    }

    fn take<T>(&mut self, field: &str, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.add(field, reason)).ok()
    }
}

impl Draft {
    /// What the draft opens, if nothing is wrong with it. Whether category and region exist is the books'
    /// business.
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(&self, now: Instant) -> Result<Opening, Refusal> {
        let mut faults = Faults::default();
        let listing = self.listing(&mut faults);
        let times = self.times(&mut faults, now);
        let terms = self.terms(&mut faults);
        if let Some(terms) = &terms {
            for fault in terms_faults(terms) {
                faults.0.push(fault);
            }
        }
        if let Some((starts_at, ends_at)) = times
            && let Some(reason) = schedule_fault(starts_at, ends_at, now)
        {
            faults.add("ends_at", reason);
        }
        match (listing, terms, times) {
            (Some(listing), Some(terms), Some((starts_at, ends_at))) if faults.0.is_empty() => {
                Ok(Opening { listing, terms, starts_at: starts_at.max(now), ends_at })
            }
            _ => Err(Refusal::Fields { faults: faults.0 }),
        }
    }

    fn listing(&self, faults: &mut Faults) -> Option<Listing> {
        let title = faults.take("title", bounded(&self.title, 1, TITLE_MAX));
        let description = faults.take("description", bounded(&self.description, 0, DESCRIPTION_MAX));
        let category = faults.take("category", bounded(&self.category, 1, 100));
        let condition = Condition::from_name(&self.condition).ok_or(Reason::Unknown);
        let shipping = Shipping::from_name(&self.shipping).ok_or(Reason::Unknown);
        let reach = Reach::from_name(&self.reach).ok_or(Reason::Unknown);
        let (condition, shipping) = (faults.take("condition", condition), faults.take("shipping", shipping));
        let reach = faults.take("reach", reach);
        let region = Some(self.region.trim().to_owned()).filter(|code| !code.is_empty());
        Some(Listing {
            title: title?,
            description: description?,
            category: category?,
            condition: condition?,
            shipping: shipping?,
            reach: reach?,
            region,
        })
    }

    fn times(&self, faults: &mut Faults, now: Instant) -> Option<(Instant, Instant)> {
        let starts_at = if self.starts_at.trim().is_empty() {
            Some(now)
        } else {
            faults.take("starts_at", text::parse_local(&self.starts_at).ok_or(Reason::Malformed))
        };
        let ends_at = if self.ends_at.trim().is_empty() {
            Err(Reason::Required)
        } else {
            text::parse_local(&self.ends_at).ok_or(Reason::Malformed)
        };
        Some((starts_at?, faults.take("ends_at", ends_at)?))
    }

    fn terms(&self, faults: &mut Faults) -> Option<Terms> {
        let start_price = faults.take("start_price", amount(&self.start_price));
        let buy_now = faults.take("buy_now", optional_amount(&self.buy_now));
        let reserve = faults.take("reserve", optional_amount(&self.reserve));
        let increment = faults.take("increment", parse_increment(&self.increment));
        let soft_close = faults.take("soft_close", parse_soft_close(&self.soft_close));
        let settlement = match self.settlement.as_str() {
            "on_close" => Ok(Settlement::OnClose),
            "on_handover" => Ok(Settlement::OnHandover),
            _ => Err(Reason::Unknown),
        };
        let settlement = faults.take("settlement", settlement);
        Some(Terms {
            start_price: start_price?,
            increment: increment?,
            buy_now: buy_now?,
            reserve: reserve?,
            soft_close: soft_close?,
            settlement: settlement?,
        })
    }
}

fn bounded(text: &str, min: usize, max: usize) -> Result<String, Reason> {
    let text = text::clean(text);
    match text.chars().count() {
        0 if min > 0 => Err(Reason::Required),
        length if length < min => Err(Reason::TooShort),
        length if length > max => Err(Reason::TooLong),
        _ => Ok(text),
    }
}

fn amount(text: &str) -> Result<Money, Reason> {
    if text.trim().is_empty() {
        return Err(Reason::Required);
    }
    Money::parse(text).ok_or(Reason::Malformed)
}

fn optional_amount(text: &str) -> Result<Option<Money>, Reason> {
    if text.trim().is_empty() { Ok(None) } else { amount(text).map(Some) }
}

fn parse_increment(text: &str) -> Result<Increment, Reason> {
    match text.trim() {
        "" => Ok(Increment::default_unit()),
        "ladder" => Ok(Increment::offered_ladder()),
        unit => Money::parse(unit).map(|unit| Increment::Fixed { unit }).ok_or(Reason::Malformed),
    }
}

fn parse_soft_close(text: &str) -> Result<Option<SoftClose>, Reason> {
    match text.trim() {
        "" | "usual" => return Ok(Some(SoftClose::USUAL)),
        "live_show" => return Ok(Some(SoftClose::LIVE_SHOW)),
        "none" => return Ok(None),
        _ => {}
    }
    let seconds: Result<Vec<i64>, _> = text.split('/').map(|part| part.trim().parse()).collect();
    match seconds.as_deref() {
        Ok(&[window, extension, hard_stop]) => Ok(Some(SoftClose { window, extension, hard_stop })),
        _ => Err(Reason::Malformed),
    }
}

/// What is wrong between the amounts and the soft close of `terms`.
#[must_use]
pub fn terms_faults(terms: &Terms) -> Vec<FieldFault> {
    let mut faults = Faults::default();
    let in_range = |amount: Money| amount.is_positive() && amount <= Money::ceiling();
    let amounts =
        [("start_price", Some(terms.start_price)), ("reserve", terms.reserve), ("buy_now", terms.buy_now)];
    let increment_fault = terms.increment.fault();
    for (field, amount) in amounts {
        let Some(amount) = amount else { continue };
        if !in_range(amount) {
            faults.add(field, Reason::OutOfRange);
        } else if increment_fault.is_none() && !terms.increment.on_grid(amount) {
            faults.add(field, Reason::OffGrid);
        }
    }
    if terms.reserve.is_some_and(|reserve| reserve <= terms.start_price) {
        faults.add("reserve", Reason::NotAboveStart);
    }
    match (&terms.increment, increment_fault) {
        (Increment::Fixed { .. }, Some(_)) => faults.add("increment", Reason::OutOfRange),
        (Increment::Ladder { .. }, Some(_)) => faults.add("increment", Reason::CrookedLadder),
        (increment, None) => {
            let least = terms.start_price + increment.step(terms.start_price);
            let too_low =
                |buy_now| buy_now < least || terms.reserve.is_some_and(|reserve| buy_now <= reserve);
            if terms.buy_now.is_some_and(too_low) {
                faults.add("buy_now", Reason::BuyNowTooLow);
            }
        }
    }
    if terms.soft_close.is_some_and(|soft| !soft_close_sound(soft)) {
        faults.add("soft_close", Reason::SoftCloseOutOfRange);
    }
    faults.0
}

fn soft_close_sound(soft: SoftClose) -> bool {
    let short = 10..=600;
    short.contains(&soft.window)
        && short.contains(&soft.extension)
        && (soft.extension..=3_600).contains(&soft.hard_stop)
}

/// What is wrong with a schedule, for the field `ends_at`.
#[must_use]
pub fn schedule_fault(starts_at: Instant, ends_at: Instant, now: Instant) -> Option<Reason> {
    let starts_at = starts_at.max(now);
    if ends_at <= starts_at {
        Some(Reason::EndTooEarly)
    } else if ends_at - starts_at < TimeDelta::minutes(MINUTES_MIN) {
        Some(Reason::DurationTooShort)
    } else if ends_at - starts_at > TimeDelta::days(DAYS_MAX) {
        Some(Reason::DurationTooLong)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Instant {
        text::parse_local("2026-11-22T12:00").expect("a time")
    }

    fn sound() -> Draft {
        Draft {
            title: "라이카 M3".into(),
            category: "디지털".into(),
            condition: "A".into(),
            shipping: "seller".into(),
            reach: "national".into(),
            start_price: "10,000".into(),
            increment: "1000".into(),
            ends_at: "2026-11-23T21:00".into(),
            settlement: "on_close".into(),
            ..Draft::default()
        }
    }

    fn faults(draft: &Draft) -> Vec<(String, Reason)> {
        match draft.check(noon()) {
            Err(Refusal::Fields { faults }) => faults.into_iter().map(|f| (f.field, f.reason)).collect(),
            other => panic!("expected faults, got {other:?}"),
        }
    }

    #[test]
    fn a_sound_draft_opens_now_with_the_usual_soft_close() {
        let opening = sound().check(noon()).expect("sound");
        assert_eq!(opening.starts_at, noon());
        assert_eq!(opening.terms.soft_close, Some(SoftClose::USUAL));
    }

    #[test]
    fn v2_every_range_is_checked_and_all_faults_are_told_at_once() {
        let cases: [(&str, Draft); 12] = [
            ("title", Draft { title: " ".into(), ..sound() }),
            ("title", Draft { title: "가".repeat(101), ..sound() }),
            ("start_price", Draft { start_price: "0".into(), ..sound() }),
            ("start_price", Draft { start_price: "10500".into(), ..sound() }),
            ("start_price", Draft { start_price: "1000000000001".into(), ..sound() }),
            ("reserve", Draft { reserve: "10000".into(), ..sound() }),
            ("buy_now", Draft { buy_now: "10000".into(), ..sound() }),
            ("buy_now", Draft { buy_now: "20000".into(), reserve: "20000".into(), ..sound() }),
            ("ends_at", Draft { ends_at: "2026-11-22T12:09".into(), ..sound() }),
            ("ends_at", Draft { ends_at: "2026-11-22T11:00".into(), ..sound() }),
            ("ends_at", Draft { ends_at: "2026-12-23T12:00".into(), ..sound() }),
            ("soft_close", Draft { soft_close: "9/10/300".into(), ..sound() }),
        ];
        for (field, draft) in cases {
            let found = faults(&draft);
            assert!(found.iter().all(|(name, _)| name == field) && !found.is_empty(), "{field}: {found:?}");
        }
        let all = Draft { title: String::new(), start_price: "abc".into(), ..sound() };
        assert_eq!(faults(&all).len(), 2);
    }
}
