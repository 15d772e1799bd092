//! A text typed into a field: cleaned, and no shorter or longer than it may be.

use crate::{Refusal, refusal::Reason, text::clean};

/// A text of `min` to `max` characters, cleaned.
///
/// # Errors
/// What is wrong with its length.
pub(crate) fn bounded(typed: &str, min: usize, max: usize) -> Result<String, Reason> {
    let text = clean(typed);
    match text.chars().count() {
        0 if min > 0 => Err(Reason::Required),
        length if length < min => Err(Reason::TooShort),
        length if length > max => Err(Reason::TooLong),
        _ => Ok(text),
    }
}

/// The text of the field of that name, which must say something, in at most `max` characters.
///
/// # Errors
/// `fields`: nothing was said, or too much.
pub(crate) fn written(field: &str, typed: &str, max: usize) -> Result<String, Refusal> {
    bounded(typed, 1, max).map_err(|reason| Refusal::field(field, reason))
}
