//! What protects people from each other: reports to staff, and blocks.

use leptos::prelude::*;
use market::view::{BlockedPerson, ReportView};

use super::ApiError;

/// What the form of a report shows.
#[server(endpoint = "report_form", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn report_form(
    #[server(default)] subject: String,
    #[server(default)] id: String,
) -> Result<ReportView, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let subject = parse::report_subject(&subject, &id).map_err(refuse)?;
    answer(market().report_view(user, subject).await)
}

/// Reports something to staff.
#[server(endpoint = "send_report", prefix = "/api")]
pub async fn send_report(
    #[server(default)] subject: String,
    #[server(default)] id: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let subject = parse::report_subject(&subject, &id).map_err(refuse)?;
    let report = market::talk::Report::check(subject, &reason, &text).map_err(refuse)?;
    answer(market().report(user, &report, key).await)
}

/// I want to hear no more from somebody.
#[server(endpoint = "block_person", prefix = "/api")]
pub async fn block_person(#[server(default)] person_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let other = parse::user_id(&person_id).map_err(refuse)?;
    answer(market().block(signed_in()?, other).await)
}

/// I take a block back.
#[server(endpoint = "unblock_person", prefix = "/api")]
pub async fn unblock_person(#[server(default)] person_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let other = parse::user_id(&person_id).map_err(refuse)?;
    answer(market().unblock(signed_in()?, other).await)
}

/// Whom I have blocked.
#[server(endpoint = "blocked_people", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn blocked_people() -> Result<Vec<BlockedPerson>, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().blocked_people(signed_in()?).await)
}
