//! What forms and URLs carry as text, read.

use market::{
    AccessId, AuctionId, CategoryId, Money, PictureId, QuestionId, Refusal, SearchId, SessionId, UserId,
    opening::Draft,
    refusal::Reason,
    view::{ReportOutcome, ReportSubject},
};

/// An id as it stands in a URL or a form; what is none is not found.
///
/// # Errors
/// `not_found`.
pub fn auction_id(text: &str) -> Result<AuctionId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// A person's id.
///
/// # Errors
/// `not_found`.
pub fn user_id(text: &str) -> Result<UserId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// The id of one of my sessions.
///
/// # Errors
/// `not_found`.
pub fn session_id(text: &str) -> Result<SessionId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// The id of one of my access tokens.
///
/// # Errors
/// `not_found`.
pub fn access_id(text: &str) -> Result<AccessId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// A question's id.
///
/// # Errors
/// `not_found`.
pub fn question_id(text: &str) -> Result<QuestionId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// A category's id.
///
/// # Errors
/// `not_found`.
pub fn category_id(text: &str) -> Result<CategoryId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// A report's id.
///
/// # Errors
/// `not_found`.
pub fn report_id(text: &str) -> Result<i64, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// How staff decide a report.
///
/// # Errors
/// `fields`: `outcome`.
pub fn report_outcome(text: &str) -> Result<ReportOutcome, Refusal> {
    let missing = || Refusal::field("outcome", Reason::Required);
    ReportOutcome::from_name(text.trim()).ok_or_else(missing)
}

/// The number behind which a page begins; what is none begins at the beginning.
#[must_use]
pub fn after(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// The id of a search that is kept.
///
/// # Errors
/// `not_found`.
pub fn search_id(text: &str) -> Result<SearchId, Refusal> {
    text.trim().parse().map_err(|_| Refusal::NotFound)
}

/// An amount as typed.
///
/// # Errors
/// `invalid_amount`.
pub fn amount(text: &str) -> Result<Money, Refusal> {
    Money::parse(text).ok_or(Refusal::InvalidAmount)
}

/// An amount as typed, or none.
///
/// # Errors
/// `invalid_amount`.
pub fn optional_amount(text: &str) -> Result<Option<Money>, Refusal> {
    if text.trim().is_empty() { Ok(None) } else { amount(text).map(Some) }
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

/// The name of a picture that was uploaded; empty when there is none.
///
/// # Errors
/// `not_found`.
pub fn picture(text: &str) -> Result<Option<PictureId>, Refusal> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// What a report is about: its kind and its id among those of that kind.
///
/// # Errors
/// `not_found`.
pub fn report_subject(kind: &str, id: &str) -> Result<ReportSubject, Refusal> {
    let id = id.trim().parse().map_err(|_| Refusal::NotFound)?;
    ReportSubject::of(kind.trim(), id).ok_or(Refusal::NotFound)
}

/// The names of pictures with commas between them.
///
/// # Errors
/// `fields`.
pub fn pictures(text: &str) -> Result<Vec<PictureId>, Refusal> {
    let named = Draft { pictures: text.to_owned(), ..Draft::default() };
    named.pictures().map_err(|reason| Refusal::field("pictures", reason))
}

/// Numbers between commas, at most a hundred.
///
/// # Errors
/// `malformed`.
pub fn numbers(text: &str) -> Result<Vec<i64>, Refusal> {
    let numbers: Result<Vec<i64>, _> = text.split(',').map(|number| number.trim().parse()).collect();
    numbers.ok().filter(|numbers| numbers.len() <= 100).ok_or(Refusal::Malformed)
}

/// A checkbox, a radio button or a script's boolean.
#[must_use]
pub fn is_on(text: &str) -> bool {
    matches!(text.trim(), "true" | "on" | "1" | "yes")
}
