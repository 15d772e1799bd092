//! Opening auctions, and what their seller may do.

use leptos::prelude::*;
use market::{
    AuctionId, Instant,
    auction::StatusCode,
    opening::Draft,
    view::{Category, Region},
};
use serde::{Deserialize, Serialize};

use super::ApiError;

/// What the form of selling starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SellBasis {
    /// Where the seller lives.
    pub region: Option<Region>,
    /// All of them.
    pub categories: Vec<Category>,
    /// The server's time, which the form's own times count from.
    pub now: Instant,
}

/// What the form of selling starts from; `None` for visitors, who cannot sell.
#[server(endpoint = "sell_form", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn sell_form() -> Result<Option<SellBasis>, ApiError> {
    use crate::server_side::{answer, market, viewer};
    let Some(me) = viewer() else { return Ok(None) };
    let categories = answer(market().categories().await)?;
    let now = answer(market().now().await)?;
    Ok(Some(SellBasis { region: me.region, categories, now }))
}

/// Opens an auction, and leads to its page.
#[server(endpoint = "open_auction", prefix = "/api")]
pub async fn open_auction(
    #[server(flatten)]
    #[server(default)]
    draft: Draft,
    #[server(default)] key: String,
) -> Result<AuctionId, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let opening = draft.check(answer(market().now().await)?).map_err(refuse)?;
    let id = answer(market().open_auction(seller, key, &opening).await)?;
    leptos_axum::redirect(&crate::paths::auction(id));
    Ok(id)
}

/// The seller calls last bids.
#[server(endpoint = "call_last_bids", prefix = "/api")]
pub async fn call_last_bids(#[server(default)] auction_id: String) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().call_last_bids(signed_in()?, id).await)
}

/// The seller takes an auction back that has no bids.
#[server(endpoint = "cancel_auction", prefix = "/api")]
pub async fn cancel_auction(#[server(default)] auction_id: String) -> Result<StatusCode, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().cancel(signed_in()?, id).await)
}

/// The seller shows a neighbourhood auction to the whole country.
#[server(endpoint = "make_national", prefix = "/api")]
pub async fn make_national(#[server(default)] auction_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().make_national(signed_in()?, id).await)
}
