//! What staff do: each act for a reason, once per key, and logged. Each operation asks who is of the staff.

use leptos::prelude::*;
use market::auction::StatusCode;

use super::ApiError;

/// Staff suspend somebody.
#[server(endpoint = "suspend_user", prefix = "/api")]
pub async fn suspend_user(
    #[server(default)] user_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let user = parse::user_id(&user_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().suspend(staff, user, &reason, key).await)
}

/// Staff take a suspension back.
#[server(endpoint = "unsuspend_user", prefix = "/api")]
pub async fn unsuspend_user(
    #[server(default)] user_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let user = parse::user_id(&user_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().unsuspend(staff, user, &reason, key).await)
}

/// Staff sign somebody out everywhere.
#[server(endpoint = "reset_devices", prefix = "/api")]
pub async fn reset_devices(
    #[server(default)] user_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let user = parse::user_id(&user_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().reset_devices(staff, user, &reason, key).await)
}

/// Staff take an auction back; whoever leads has his money again.
#[server(endpoint = "staff_cancel", prefix = "/api")]
pub async fn staff_cancel(
    #[server(default)] auction_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().cancel_by_staff(staff, id, &reason, key).await)
}

/// Staff take a question off its page.
#[server(endpoint = "hide_question", prefix = "/api")]
pub async fn hide_question(
    #[server(default)] question_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::question_id(&question_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().hide_question(staff, id, &reason, key).await)
}

/// Staff put a question back on its page.
#[server(endpoint = "show_question", prefix = "/api")]
pub async fn show_question(
    #[server(default)] question_id: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::question_id(&question_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().show_question(staff, id, &reason, key).await)
}

/// Staff decide a report.
#[server(endpoint = "resolve_report", prefix = "/api")]
pub async fn resolve_report(
    #[server(default)] report_id: String,
    #[server(default)] outcome: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::report_id(&report_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let outcome = parse::report_outcome(&outcome).map_err(refuse)?;
    answer(market().resolve_report(staff, id, outcome, &reason, key).await)
}

/// Staff add a category.
#[server(endpoint = "add_category", prefix = "/api")]
pub async fn add_category(
    #[server(default)] name_ko: String,
    #[server(default)] name_en: String,
    #[server(default)] art: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let names = market::staff::CategoryNames::check(&name_ko, &name_en).map_err(refuse)?;
    let change = market::staff::CategoryAct::Add(names, art);
    answer(market().change_category(staff, &change, &reason, key).await)
}

/// Staff call a category otherwise.
#[server(endpoint = "rename_category", prefix = "/api")]
pub async fn rename_category(
    #[server(default)] category_id: String,
    #[server(default)] name_ko: String,
    #[server(default)] name_en: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::category_id(&category_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let names = market::staff::CategoryNames::check(&name_ko, &name_en).map_err(refuse)?;
    let change = market::staff::CategoryAct::Rename(id, names);
    answer(market().change_category(staff, &change, &reason, key).await)
}

/// Staff move a category one place up or down, take it out of opening or put it back.
#[server(endpoint = "change_category", prefix = "/api")]
pub async fn change_category(
    #[server(default)] category_id: String,
    #[server(default)] change: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::category_id(&category_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let change = market::staff::CategoryAct::of(id, &change).map_err(refuse)?;
    answer(market().change_category(staff, &change, &reason, key).await)
}
