//! Reading: lists, auctions, regions, my things.

use leptos::prelude::*;
use market::{
    live::ListedBid,
    view::{self, AuctionPage, Category, ListPage, ListQuery, Region},
};

use super::ApiError;

/// One page of the list. Without a region in the URL, the 시/군/구 of the signed-in person is shown.
#[server(endpoint = "list", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn list(#[server(default)] query: ListQuery) -> Result<ListPage, ApiError> {
    use crate::server_side::{answer, list_filter, market, viewer_id};
    answer(market().list(&list_filter(&query), viewer_id()).await)
}

/// The auction that stands large on the first page.
#[server(endpoint = "featured", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn featured() -> Result<Option<view::Featured>, ApiError> {
    use crate::server_side::{answer, market, viewer_id};
    answer(market().featured(viewer_id()).await)
}

/// All categories.
#[server(endpoint = "categories", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn categories() -> Result<Vec<Category>, ApiError> {
    use crate::server_side::{answer, market};
    answer(market().categories().await)
}

/// Everything on an auction's page.
#[server(endpoint = "auction", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn auction(#[server(default)] id: String) -> Result<AuctionPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, viewer_id};
    let id = parse::auction_id(&id).map_err(refuse)?;
    answer(market().auction_page(id, viewer_id()).await)
}

/// The listed bids before the one with that number.
#[server(endpoint = "bids_before", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn bids_before(
    #[server(default)] auction_id: String,
    #[server(default)] number: String,
) -> Result<Vec<ListedBid>, ApiError> {
    use crate::server_side::{answer, market, parse, refuse};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let number = number.trim().parse().map_err(|_| refuse(market::Refusal::Malformed))?;
    answer(market().bids_before(id, number).await)
}

/// Regions that match what was typed.
#[server(endpoint = "find_regions", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn find_regions(#[server(default)] typed: String) -> Result<Vec<Region>, ApiError> {
    use crate::server_side::{answer, market};
    answer(market().find_regions(&typed).await)
}

/// Starts or stops watching an auction; whether I watch it now.
#[server(endpoint = "toggle_watch", prefix = "/api")]
pub async fn toggle_watch(
    #[server(default)] auction_id: String,
    #[server(default)] watching: String,
) -> Result<bool, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().watch(signed_in()?, id, parse::is_on(&watching)).await)
}
