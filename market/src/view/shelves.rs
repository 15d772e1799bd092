//! What the first page shows before its list.

use serde::{Deserialize, Serialize};

use super::Card;
use crate::Instant;

/// The shelves of the first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrontShelves {
    /// National auctions that end next.
    pub ending: Vec<Card>,
    /// Running auctions that most people have begun to watch lately; none that stands on the other shelf.
    pub wanted: Vec<Card>,
    /// The server's time, in which cards count down.
    pub now: Instant,
}
