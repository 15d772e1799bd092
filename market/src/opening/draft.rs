//! The form as typed, and what is wrong with it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    Condition, DESCRIPTION_MAX, Listing, Opened, Opening, Reach, Shipping, TITLE_MAX,
    faults::{Faults, schedule_fault, terms_faults},
    notation,
};
use crate::{
    Increment, Instant, PictureId, Refusal, Settlement, SoftClose, Terms, refusal::Reason, text, typed,
    view::MOST_PICTURES,
};

/// The form as typed; every field is text, so that a bad one is named and not a parse error. Times are
/// `YYYY-MM-DDTHH:MM` in Asia/Seoul, amounts won.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The pictures' names, the cover first, with commas between them.
    pub pictures: String,
    /// See [`Reach`].
    pub reach: String,
    /// A region's code; empty: the seller's.
    pub region: String,
    /// Won.
    pub start_price: String,
    /// The unit in won, `ladder`, or a ladder's bands: `10000:500/50000:1000/:2000`.
    pub increment: String,
    /// Won, or empty.
    pub buy_now: String,
    /// Won, or empty.
    pub reserve: String,
    /// `now` or `scheduled`; empty: scheduled if `starts_at` is filled in.
    pub start: String,
    /// When it starts, if it is scheduled.
    pub starts_at: String,
    /// How long it runs, in minutes; empty or `exact`: until `ends_at`.
    pub duration: String,
    /// When it ends, if that is said exactly.
    pub ends_at: String,
    /// `usual`, `live_show`, `none` or `own`; empty: usual.
    pub soft_close: String,
    /// Of an own soft close, in seconds.
    pub soft_window: String,
    /// Of an own soft close, in seconds.
    pub soft_extension: String,
    /// Of an own soft close, in seconds.
    pub soft_hard_stop: String,
    /// `on_close` or `on_handover`.
    pub settlement: String,
}

impl Draft {
    /// What the draft opens, if nothing is wrong with it. Whether category, region and pictures exist is the
    /// books' business.
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(&self, now: Instant) -> Result<Opening, Refusal> {
        self.check_against(now, None)
    }

    /// What the draft makes of an auction that is open and has no bids: by the same rules, but that a start
    /// in the past stays as it was.
    ///
    /// # Errors
    /// `already_national`: it cannot go back to its neighbourhood. `fields`, with every fault.
    pub fn check_edit(&self, now: Instant, opened: Opened) -> Result<Opening, Refusal> {
        if opened.reach == Reach::National && self.reach == Reach::Neighbourhood.as_str() {
            return Err(Refusal::AlreadyNational);
        }
        self.check_against(now, Some(opened))
    }

    fn check_against(&self, now: Instant, opened: Option<Opened>) -> Result<Opening, Refusal> {
        let mut faults = Faults::default();
        let listing = self.listing(&mut faults);
        let pictures = faults.take("pictures", self.pictures());
        let times = self.times(&mut faults, now, opened);
        let terms = self.terms(&mut faults);
        if let Some(terms) = &terms {
            faults.0.extend(terms_faults(terms));
        }
        if let Some((starts_at, ends_at)) = times
            && let Some(reason) = schedule_fault(starts_at, ends_at, now)
        {
            faults.add(self.end_field(), reason);
        }
        match (listing, pictures, terms, times) {
            (Some(listing), Some(pictures), Some(terms), Some((starts_at, ends_at)))
                if faults.0.is_empty() =>
            {
                Ok(Opening { listing, pictures, terms, starts_at, ends_at })
            }
            _ => Err(Refusal::Fields { faults: faults.0 }),
        }
    }

    fn listing(&self, faults: &mut Faults) -> Option<Listing> {
        let title = faults.take("title", typed::bounded(&self.title, 1, TITLE_MAX));
        let description = faults.take("description", typed::bounded(&self.description, 0, DESCRIPTION_MAX));
        let category = faults.take("category", typed::bounded(&self.category, 1, 100));
        let condition = Condition::from_name(&self.condition).ok_or(Reason::Unknown);
        let shipping = Shipping::from_name(&self.shipping).ok_or(Reason::Unknown);
        let reach = Reach::from_name(&self.reach).ok_or(Reason::Unknown);
        let (condition, shipping) = (faults.take("condition", condition), faults.take("shipping", shipping));
        let reach = faults.take("reach", reach);
        let region = Some(text::clean(&self.region)).filter(|code| !code.is_empty());
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

    /// The pictures, each once. Also for a preview, which shows what can be shown.
    ///
    /// # Errors
    /// `malformed`, `too_many`.
    pub fn pictures(&self) -> Result<Vec<PictureId>, Reason> {
        let mut pictures: Vec<PictureId> = Vec::new();
        for name in self.pictures.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let picture = name.parse().map_err(|_| Reason::Malformed)?;
            if !pictures.contains(&picture) {
                pictures.push(picture);
            }
            if pictures.len() > MOST_PICTURES {
                return Err(Reason::TooMany);
            }
        }
        Ok(pictures)
    }

    /// The steps, if they can be read. Also for a preview.
    #[must_use]
    pub fn increment(&self) -> Option<Increment> {
        notation::increment(&self.increment).ok().filter(|increment| increment.fault().is_none())
    }

    /// From when and until when, as far as that can be read. Also for a preview.
    #[must_use]
    pub fn schedule(&self, now: Instant, opened: Option<Opened>) -> Option<(Instant, Instant)> {
        self.times(&mut Faults::default(), now, opened)
    }

    fn times(&self, faults: &mut Faults, now: Instant, opened: Option<Opened>) -> Option<(Instant, Instant)> {
        let starts_at = match opened {
            Some(opened) if opened.starts_at <= now => Some(opened.starts_at),
            _ => self.start(faults, now, opened),
        };
        // The end is looked at without a start too, so that both faults are told at once.
        let end = self.end(starts_at.unwrap_or(now), opened.map(|opened| opened.ends_at));
        let ends_at = faults.take(self.end_field(), end);
        Some((starts_at?, ends_at?))
    }

    fn start(&self, faults: &mut Faults, now: Instant, opened: Option<Opened>) -> Option<Instant> {
        let typed = !self.starts_at.trim().is_empty();
        match self.start.as_str() {
            "now" => Some(now),
            "" if !typed => Some(now),
            "" | "scheduled" => {
                let start = notation::instant(&self.starts_at, opened.map(|opened| opened.starts_at));
                faults.take("starts_at", start).map(|starts_at| starts_at.max(now))
            }
            _ => faults.take("start", Err(Reason::Unknown)),
        }
    }

    fn end(&self, starts_at: Instant, opened: Option<Instant>) -> Result<Instant, Reason> {
        if self.ends_exactly() {
            return notation::instant(&self.ends_at, opened);
        }
        let minutes = self.duration.trim().parse().map_err(|_| Reason::Unknown)?;
        let length = TimeDelta::try_minutes(minutes).ok_or(Reason::DurationTooLong)?;
        starts_at.checked_add_signed(length).ok_or(Reason::DurationTooLong)
    }

    fn ends_exactly(&self) -> bool {
        matches!(self.duration.as_str(), "" | "exact")
    }

    /// The field that says the end.
    fn end_field(&self) -> &'static str {
        if self.ends_exactly() { "ends_at" } else { "duration" }
    }

    fn terms(&self, faults: &mut Faults) -> Option<Terms> {
        let start_price = faults.take("start_price", notation::amount(&self.start_price));
        let buy_now = faults.take("buy_now", notation::optional_amount(&self.buy_now));
        let reserve = faults.take("reserve", notation::optional_amount(&self.reserve));
        let increment = faults.take("increment", notation::increment(&self.increment));
        let soft_close = self.soft_close().map_err(|wrong| faults.0.extend(wrong.0)).ok();
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

    /// What late bids do, or what is wrong with its fields, one by one.
    fn soft_close(&self) -> Result<Option<SoftClose>, Faults> {
        let mut faults = Faults::default();
        match self.soft_close.trim() {
            "" | "usual" => return Ok(Some(SoftClose::USUAL)),
            "live_show" => return Ok(Some(SoftClose::LIVE_SHOW)),
            "none" => return Ok(None),
            "own" => {
                let window = faults.take("soft_window", notation::seconds(&self.soft_window));
                let extension = faults.take("soft_extension", notation::seconds(&self.soft_extension));
                let hard_stop = faults.take("soft_hard_stop", notation::seconds(&self.soft_hard_stop));
                if let (Some(window), Some(extension), Some(hard_stop)) = (window, extension, hard_stop) {
                    return Ok(Some(SoftClose { window, extension, hard_stop }));
                }
            }
            _ => faults.add("soft_close", Reason::Unknown),
        }
        Err(faults)
    }
}
