//! What only staff see and do; each operation asks who is of the staff.

use leptos::prelude::*;
use market::{
    auction::StatusCode,
    view::{DisputeList, DisputePage},
};

use super::ApiError;

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
