//! What the two of a sale do after it.

use leptos::prelude::*;
use market::auction::StatusCode;

use super::ApiError;

/// The seller has handed it over or sent it.
#[server(endpoint = "hand_over", prefix = "/api")]
pub async fn hand_over(
    #[server(default)] auction_id: String,
    #[server(default)] note: String,
    #[server(default)] key: String,
) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let note = market::trade::note(&note).map_err(refuse)?;
    answer(market().hand_over(seller, id, note.as_deref(), key).await)
}

/// The buyer has the thing.
#[server(endpoint = "confirm_handover", prefix = "/api")]
pub async fn confirm_handover(#[server(default)] auction_id: String) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().confirm_handover(signed_in()?, id).await)
}

/// The buyer disputes the sale, for one of the reasons and in his own words.
#[server(endpoint = "dispute", prefix = "/api")]
pub async fn dispute(
    #[server(default)] auction_id: String,
    #[server(default)] complaint: String,
    #[server(default)] text: String,
    #[server(default)] picture: String,
    #[server(default)] key: String,
) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let buyer = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let (complaint, said) = market::trade::claim(&complaint, &text, &picture).map_err(refuse)?;
    answer(market().dispute(buyer, id, complaint, &said, key).await)
}

/// The buyer, the seller or staff say something in a dispute.
#[server(endpoint = "write_in_dispute", prefix = "/api")]
pub async fn write_in_dispute(
    #[server(default)] auction_id: String,
    #[server(default)] text: String,
    #[server(default)] picture: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let writer = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let said = market::trade::Statement::read(&text, &picture).map_err(refuse)?;
    answer(market().write_in_dispute(writer, id, &said, key).await)
}
