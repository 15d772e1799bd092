//! What the forms of selling start from.

use serde::{Deserialize, Serialize};

use super::{Category, Region};
use crate::{
    Instant,
    auction::StatusCode,
    opening::{Addition, Draft, Opened},
};

/// A form that is filled in already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prefill {
    /// What stands in it.
    pub draft: Draft,
    /// The region that the draft names.
    pub region: Option<Region>,
    /// When it was typed.
    pub at: Instant,
}

/// The page of opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SellPage {
    /// Where the seller lives.
    pub home: Option<Region>,
    /// All of them.
    pub categories: Vec<Category>,
    /// What was typed before and not opened.
    pub saved: Option<Prefill>,
    /// The auction that is to be listed again, as the form says it.
    pub again: Option<Prefill>,
    /// The server's time, which the form's own times count from.
    pub now: Instant,
}

/// The page of editing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditPage {
    /// The auction as the form says it, its hidden reserve too.
    pub form: Prefill,
    /// What of it stays.
    pub opened: Opened,
    /// How it stands.
    pub status: StatusCode,
    /// Somebody has bid: from now on one may only add.
    pub has_bids: bool,
    /// What was added.
    pub additions: Vec<Addition>,
    /// All of them.
    pub categories: Vec<Category>,
    /// The server's time.
    pub now: Instant,
}
