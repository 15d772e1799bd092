//! What forms and URLs carry as text, read.

use market::{AuctionId, Money, Refusal};

/// An id as it stands in a URL or a form; what is none is not found.
///
/// # Errors
/// `not_found`.
pub fn auction_id(text: &str) -> Result<AuctionId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// An amount as typed.
///
/// # Errors
/// `invalid_amount`.
pub fn amount(text: &str) -> Result<Money, Refusal> {
    Money::parse(text).ok_or(Refusal::InvalidAmount)
}

/// A form's key; a form without one is not ours.
///
/// # Errors
/// `malformed`.
pub fn key(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    let sound = (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { Ok(text) } else { Err(Refusal::Malformed) }
}

/// A checkbox, a radio button or a script's boolean.
#[must_use]
pub fn is_on(text: &str) -> bool {
    matches!(text.trim(), "true" | "on" | "1" | "yes")
}
