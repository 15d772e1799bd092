//! Bidding and buying.

use leptos::prelude::*;
use market::view::BidReceipt;

use super::ApiError;

/// Places a bid; `automatic` makes the amount a maximum.
#[server(endpoint = "place_bid", prefix = "/api")]
pub async fn place_bid(
    #[server(default)] auction_id: String,
    #[server(default)] amount: String,
    #[server(default)] automatic: String,
    #[server(default)] accept_buy_now: String,
    #[server(default)] key: String,
) -> Result<BidReceipt, ApiError> {
    use crate::server_side::{answer, arrival, market, parse, refuse, signed_in};
    use market::bidding::{Bid, Request};
    let user = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let (automatic, accept_buy_now) = (parse::is_on(&automatic), parse::is_on(&accept_buy_now));
    let amount = parse::amount(&amount).map_err(refuse)?;
    let request = Request::Bid(Bid { amount, automatic, accept_buy_now });
    answer(market().request(arrival(), user, id, request, Some(key)).await)
}

/// Buys at the buy-now price; `price` is the one that was seen, and the most to be paid (our pages send it
/// always).
#[server(endpoint = "buy_now", prefix = "/api")]
pub async fn buy_now(
    #[server(default)] auction_id: String,
    #[server(default)] price: String,
    #[server(default)] key: String,
) -> Result<BidReceipt, ApiError> {
    use crate::server_side::{answer, arrival, market, parse, refuse, signed_in};
    use market::bidding::Request;
    let user = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let at_most = parse::optional_amount(&price).map_err(refuse)?;
    answer(market().request(arrival(), user, id, Request::BuyNow { at_most }, Some(key)).await)
}
