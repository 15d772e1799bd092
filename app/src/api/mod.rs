//! The server functions: who calls, parse, one call, return. Endpoints are fixed, `/api/<name>`; readers are
//! GET, what changes state is POST. Amounts and ids arrive as text and are parsed in the body, so that a bad one
//! is refused with its reason.
#![allow(missing_docs, reason = "the fields of the generated types repeat the arguments")]

mod bids;
mod catalogue;
mod error;
mod preferences;
mod selling;
mod sessions;
mod wallets;

pub use bids::*;
pub use catalogue::*;
pub use error::ApiError;
pub use preferences::*;
pub use selling::*;
pub use sessions::*;
pub use wallets::*;

use market::{AuctionId, Money, Refusal};

/// An id as it stands in a URL or a form; what is none is not found.
fn auction_id(text: &str) -> Result<AuctionId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// An amount as typed.
fn amount(text: &str) -> Result<Money, Refusal> {
    Money::parse(text).ok_or(Refusal::InvalidAmount)
}

/// A form's key; a form without one is not ours.
fn key(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    let sound = (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { Ok(text) } else { Err(Refusal::Malformed) }
}

/// A checkbox, a radio button or a script's boolean.
fn is_on(text: &str) -> bool {
    matches!(text.trim(), "true" | "on" | "1" | "yes")
}
