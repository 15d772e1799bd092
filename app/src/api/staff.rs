//! What only staff see; each operation asks who is of the staff. What they do: `staff_acts`.

use leptos::prelude::*;
use market::{
    auction::StatusCode,
    view::{
        AuctionFacts, AuctionRows, DisputeList, DisputePage, LogPage, PeoplePage, PersonPage, QuestionRows,
        ReportQueue, StaffAuctionQuery, StaffCategory, StaffHome,
    },
};

use super::ApiError;

/// What waits, and what was done last.
#[server(endpoint = "staff_index", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_index() -> Result<StaffHome, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().staff_home(signed_in()?).await)
}

/// The disputes.
#[server(endpoint = "disputes", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn disputes() -> Result<DisputeList, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().disputes(signed_in()?).await)
}

/// A dispute with everything that staff need to know before they decide.
#[server(endpoint = "staff_dispute", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_dispute(#[server(default)] id: String) -> Result<DisputePage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::auction_id(&id).map_err(refuse)?;
    answer(market().dispute_page(staff, id).await)
}

/// Staff decide who gets the money of a sale.
#[server(endpoint = "decide_sale", prefix = "/api")]
pub async fn decide_sale(
    #[server(default)] auction_id: String,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let (decision, reason) = market::trade::verdict(&decision, &reason).map_err(refuse)?;
    answer(market().decide_sale(staff, id, decision, &reason, key).await)
}

/// People: those whose names have `q` in them, or all; those who are suspended, or all.
#[server(endpoint = "staff_people", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_people(
    #[server(default)] q: String,
    #[server(default)] suspended: String,
    #[server(default)] after: String,
) -> Result<PeoplePage, ApiError> {
    use crate::server_side::{answer, market, parse, signed_in};
    let (q, suspended) = (market::text::clean(&q), parse::is_on(&suspended));
    answer(market().staff_people(signed_in()?, &q, suspended, parse::after(&after)).await)
}

/// Somebody, with everything that staff need to know before they act.
#[server(endpoint = "staff_person", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_person(#[server(default)] id: String) -> Result<PersonPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::user_id(&id).map_err(refuse)?;
    answer(market().staff_person(staff, id).await)
}

/// Auctions, as staff look for them.
#[server(endpoint = "staff_auctions", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_auctions(#[server(default)] query: StaffAuctionQuery) -> Result<AuctionRows, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    let query = StaffAuctionQuery { q: market::text::clean(&query.q), ..query };
    answer(market().staff_auctions(signed_in()?, &query).await)
}

/// An auction, with what staff have done about it.
#[server(endpoint = "staff_auction", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_auction(#[server(default)] id: String) -> Result<AuctionFacts, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let staff = signed_in()?;
    let id = parse::auction_id(&id).map_err(refuse)?;
    answer(market().staff_auction(staff, id).await)
}

/// Questions of all auctions: those that are hidden, or all.
#[server(endpoint = "staff_questions", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_questions(
    #[server(default)] hidden: String,
    #[server(default)] after: String,
) -> Result<QuestionRows, ApiError> {
    use crate::server_side::{answer, market, parse, signed_in};
    answer(market().staff_questions(signed_in()?, parse::is_on(&hidden), parse::after(&after)).await)
}

/// The reports that wait.
#[server(endpoint = "staff_reports", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_reports(#[server(default)] after: String) -> Result<ReportQueue, ApiError> {
    use crate::server_side::{answer, market, parse, signed_in};
    answer(market().open_reports(signed_in()?, parse::after(&after)).await)
}

/// All categories.
#[server(endpoint = "staff_categories", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_categories() -> Result<Vec<StaffCategory>, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().staff_categories(signed_in()?).await)
}

/// The log: acts of one sort, or all.
#[server(endpoint = "staff_log", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_log(
    #[server(default)] act: String,
    #[server(default)] after: String,
) -> Result<LogPage, ApiError> {
    use crate::server_side::{answer, market, parse, signed_in};
    let act = market::staff::ActKind::from_name(act.trim());
    answer(market().staff_log(signed_in()?, act, parse::after(&after)).await)
}
