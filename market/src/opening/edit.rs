//! Changing an auction that is open: everything until the first bid, from then on only by adding (rules,
//! *Opening*).

use serde::{Deserialize, Serialize};

use super::{DESCRIPTION_MAX, Opening, Reach};
use crate::{Auction, Instant, Refusal, Schedule, Status, typed};

/// The longest addition, in characters.
pub const ADDITION_MAX: usize = 1_000;
/// What stands between a description and what was added to it.
const SEPARATOR: &str = "\n\n";
/// How often a seller may add to one auction.
pub const ADDITIONS_MAX: usize = 20;

/// What an auction that is edited already is: its start stays once it is past, its reach once it is national.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opened {
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when, so far.
    pub ends_at: Instant,
    /// Who is shown it.
    pub reach: Reach,
}

/// What the seller has added to the description once it was fixed. It is dated, and what was said before
/// stays as it was: nobody who has bid is told otherwise afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Addition {
    /// What was added.
    pub text: String,
    /// When.
    pub at: Instant,
}

impl Addition {
    /// What is typed, where description and earlier additions have `written` characters already: all of them
    /// together are no longer than a description, so that the thing can be listed again with all of it.
    ///
    /// # Errors
    /// `fields`: too long.
    pub fn check(typed: &str, written: usize) -> Result<String, Refusal> {
        let room = ADDITION_MAX.min(DESCRIPTION_MAX.saturating_sub(written + SEPARATOR.len()));
        typed::bounded(typed, 0, room).map_err(|reason| Refusal::field("addition", reason))
    }

    /// The description with all that was added to it.
    #[must_use]
    pub fn appended(description: &str, additions: &[Self]) -> String {
        let parts = std::iter::once(description).chain(additions.iter().map(|addition| &*addition.text));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(SEPARATOR)
    }
}

impl Auction {
    /// Whether everything may still be changed.
    ///
    /// # Errors
    /// `ended`, `has_bids`.
    pub fn editable_at(&self, now: Instant) -> Result<(), Refusal> {
        match self.status {
            Status::Live(leading) if now < self.schedule.ends_at => {
                leading.map_or(Ok(()), |_| Err(Refusal::HasBids))
            }
            _ => Err(Refusal::Ended),
        }
    }

    /// The auction as `opening` says it anew. Nobody has bid, so nothing is held and nobody was promised
    /// anything.
    ///
    /// # Errors
    /// `ended`, `has_bids`.
    pub fn edit(self, opening: &Opening, now: Instant) -> Result<Self, Refusal> {
        self.editable_at(now)?;
        let (starts_at, ends_at) = (opening.starts_at, opening.ends_at);
        let schedule = Schedule { starts_at, ends_at, first_end: ends_at };
        Ok(Self { terms: opening.terms.clone(), schedule, ..self })
    }
}
