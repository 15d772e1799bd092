//! Reading: lists, auctions, regions, my things.

use leptos::prelude::*;
use market::view::{AuctionPage, Category, ListPage, ListQuery, MyPage, Region};

use super::ApiError;

/// One page of the list. Without a region in the URL, the 시/군/구 of the signed-in person is shown.
#[server(endpoint = "list", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn list(#[server(default)] query: ListQuery) -> Result<ListPage, ApiError> {
    use crate::server_side::{answer, market, viewer};
    let me = viewer();
    let mut filter = market::view::Filter::read(&query);
    if query.region.trim().is_empty() {
        let home = me.as_ref().and_then(|me| me.region.as_ref());
        filter.region = home.map(|region| region.code.chars().take(5).collect());
    }
    answer(market().list(&filter, me.map(|me| me.id)).await)
}

/// The auction that stands large on the first page.
#[server(endpoint = "featured", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn featured() -> Result<Option<AuctionPage>, ApiError> {
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

/// My auctions and notices.
#[server(endpoint = "mine", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn mine() -> Result<MyPage, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().my_page(signed_in()?).await)
}

/// I have seen my notices up to the inbox's number `up_to`.
#[server(endpoint = "read_notices", prefix = "/api")]
pub async fn read_notices(#[server(default)] up_to: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let up_to = up_to.trim().parse().map_err(|_| refuse(market::Refusal::Malformed))?;
    answer(market().read_notices(signed_in()?, up_to).await)
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
