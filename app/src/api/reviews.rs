//! Reviews of a trade, and people as others see them.

use leptos::prelude::*;
use market::view::{SellerPage, TradeReviews};

use super::ApiError;

/// The reviews of a trade as I see them; `None` for whoever is not in it.
#[server(endpoint = "trade_reviews", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn reviews_of_trade(
    #[server(default)] auction_id: String,
) -> Result<Option<TradeReviews>, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, viewer_id};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    answer(market().trade_reviews(id, viewer_id()).await)
}

/// Says what I think of the other party of a trade, once.
#[server(endpoint = "review", prefix = "/api")]
pub async fn write_review(
    #[server(default)] auction_id: String,
    #[server(default)] stars: String,
    #[server(default)] text: String,
    #[server(default)] key: String,
) -> Result<TradeReviews, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let review = market::review::ReviewDraft { stars, text }.check().map_err(refuse)?;
    answer(market().review(user, id, &review, key).await)
}

/// A person as others see him: one shelf of his things, from behind the row `after`.
#[server(endpoint = "seller", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn person_page(
    #[server(default)] id: String,
    #[server(default)] shelf: String,
    #[server(default)] after: String,
) -> Result<SellerPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, viewer_id};
    let id = parse::user_id(&id).map_err(refuse)?;
    let shelf = market::view::SellerShelf::from_name(shelf.trim());
    answer(market().seller_page(id, shelf, after.trim().parse().ok(), viewer_id()).await)
}
