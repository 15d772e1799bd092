//! My page.

use leptos::prelude::*;
use market::view::MyPage;

use super::ApiError;

/// My auctions, one shelf of them, and what has happened. Without a shelf, the most urgent one.
#[server(endpoint = "mine", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn mine(
    #[server(default)] shelf: String,
    #[server(default)] after: String,
) -> Result<MyPage, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    use market::view::{Cursor, Shelf};
    let (shelf, after) = (Shelf::from_name(shelf.trim()), Cursor::decode(after.trim()));
    answer(market().my_page(signed_in()?, shelf, after).await)
}
