//! Opening auctions, and what their seller may do.

use leptos::prelude::*;
use market::{AuctionId, auction::StatusCode, opening::Draft};

use super::ApiError;

/// Opens an auction, and leads to its page.
#[server(endpoint = "open_auction", prefix = "/api")]
pub async fn open_auction(
    #[server(flatten)]
    #[server(default)]
    draft: Draft,
    #[server(default)] key: String,
) -> Result<AuctionId, ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let seller = signed_in()?;
    let key = super::key(&key).map_err(refuse)?;
    let opening = draft.check(answer(market().now().await)?).map_err(refuse)?;
    let id = answer(market().open_auction(seller, key, &opening).await)?;
    leptos_axum::redirect(&crate::paths::auction(id));
    Ok(id)
}

/// The seller calls last bids.
#[server(endpoint = "call_last_bids", prefix = "/api")]
pub async fn call_last_bids(#[server(default)] auction_id: String) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let id = super::auction_id(&auction_id).map_err(refuse)?;
    answer(market().call_last_bids(signed_in()?, id).await)
}

/// The seller takes an auction back that has no bids.
#[server(endpoint = "cancel_auction", prefix = "/api")]
pub async fn cancel_auction(#[server(default)] auction_id: String) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let id = super::auction_id(&auction_id).map_err(refuse)?;
    answer(market().cancel(signed_in()?, id).await)
}

/// The seller shows a neighbourhood auction to the whole country.
#[server(endpoint = "make_national", prefix = "/api")]
pub async fn make_national(#[server(default)] auction_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let id = super::auction_id(&auction_id).map_err(refuse)?;
    answer(market().make_national(signed_in()?, id).await)
}
