//! What programs sign in with, as its owner sees it.

use serde::{Deserialize, Serialize};

use crate::{AccessId, Instant, access::Scope};

/// A token that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// Which, to take it back.
    pub id: AccessId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Since when.
    pub since: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// The last day (UTC) on which it was used: `2026-11-23`.
    pub used_on: Option<String>,
}

/// A token was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccess {
    /// What the program shows, once; nothing when the same form was sent before. (`ok` is what a form without
    /// scripts is told.)
    pub ok: Option<String>,
}
