//! Opening and changing auctions, and what their seller may do.

use leptos::prelude::*;
use market::{
    AuctionId,
    auction::StatusCode,
    opening::{Addition, Draft},
    view::{EditPage, SellPage},
};

use super::ApiError;

/// What the form of selling starts from; with `from`, one of my auctions, listing that again.
#[server(endpoint = "sell_form", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn sell_form(#[server(default)] from: String) -> Result<SellPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let from = Some(from).filter(|from| !from.is_empty());
    let from = from.map(|from| parse::auction_id(&from)).transpose().map_err(refuse)?;
    answer(market().sell_page(seller, from).await)
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
    let id = answer(market().open_draft(seller, key, &draft).await)?;
    leptos_axum::redirect(&crate::paths::auction(id));
    Ok(id)
}

/// Keeps what is typed until the next visit.
#[server(endpoint = "save_draft", prefix = "/api")]
pub async fn save_draft(
    #[server(flatten)]
    #[server(default)]
    draft: Draft,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().save_draft(seller, key, &draft).await)
}

/// Forgets what was kept.
#[server(endpoint = "drop_draft", prefix = "/api")]
pub async fn drop_draft() -> Result<(), ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().drop_draft(signed_in()?).await)
}

/// What the form of editing starts from; the seller's alone.
#[server(endpoint = "edit_form", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn edit_form(#[server(default)] auction_id: String) -> Result<EditPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().edit_page(seller, id).await)
}

/// Changes an auction that has no bids, and leads back to its page.
#[server(endpoint = "edit_auction", prefix = "/api")]
pub async fn edit_auction(
    #[server(default)] auction_id: String,
    #[server(flatten)]
    #[server(default)]
    draft: Draft,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().edit_auction(signed_in()?, id, &draft).await)?;
    leptos_axum::redirect(&crate::paths::auction(id));
    Ok(())
}

/// Adds a note, pictures or both to an auction, and leads back to its page.
#[server(endpoint = "add_to_auction", prefix = "/api")]
pub async fn add_to_auction(
    #[server(default)] auction_id: String,
    #[server(default)] addition: String,
    #[server(default)] pictures: String,
    #[server(default)] key: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let (seller, id) = (signed_in()?, parse::auction_id(&auction_id).map_err(refuse)?);
    let key = parse::key(&key).map_err(refuse)?;
    let pictures = parse::pictures(&pictures).map_err(refuse)?;
    answer(market().add_to_auction(seller, id, key, &addition, &pictures).await)?;
    leptos_axum::redirect(&crate::paths::auction(id));
    Ok(())
}

/// What the seller has added to an auction since somebody bid.
#[server(endpoint = "additions", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn additions(#[server(default)] auction_id: String) -> Result<Vec<Addition>, ApiError> {
    use crate::server_side::{answer, market, parse, refuse};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().additions(id).await)
}

/// Opens one of my auctions that is over once more, and leads to the new one.
#[server(endpoint = "relist", prefix = "/api")]
pub async fn relist(
    #[server(default)] auction_id: String,
    #[server(default)] key: String,
) -> Result<AuctionId, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let (seller, id) = (signed_in()?, parse::auction_id(&auction_id).map_err(refuse)?);
    let key = parse::key(&key).map_err(refuse)?;
    let again = answer(market().relist(seller, id, key).await)?;
    leptos_axum::redirect(&crate::paths::auction(again));
    Ok(again)
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
