//! Searches that I keep, and the shelves of the first page.

use leptos::prelude::*;
use market::{
    SearchId,
    view::{FrontShelves, ListQuery, SavedSearch},
};

use super::ApiError;

/// Keeps the search of an address; who keeps it is told of what is opened from now on and fits.
#[server(endpoint = "save_search", prefix = "/api")]
pub async fn save_search(
    #[server(flatten)]
    #[server(default)]
    query: ListQuery,
    #[server(default)] key: String,
) -> Result<SearchId, ApiError> {
    use crate::server_side::{answer, list_filter, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().save_search(user, key, &list_filter(&query)).await)
}

/// Forgets a search of mine.
#[server(endpoint = "drop_search", prefix = "/api")]
pub async fn drop_search(#[server(default)] search_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let id = parse::search_id(&search_id).map_err(refuse)?;
    answer(market().drop_search(signed_in()?, id).await)
}

/// The searches that I keep; a visitor keeps none.
#[server(endpoint = "saved_searches", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn saved_searches() -> Result<Vec<SavedSearch>, ApiError> {
    use crate::server_side::{answer, market, viewer_id};
    match viewer_id() {
        Some(user) => answer(market().saved_searches(user).await),
        None => Ok(Vec::new()),
    }
}

/// The shelves of the first page.
#[server(endpoint = "shelves", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn shelves() -> Result<FrontShelves, ApiError> {
    use crate::server_side::{answer, list_filter, market, viewer_id};
    let region = list_filter(&ListQuery::default()).region;
    answer(market().shelves(region.as_deref(), viewer_id()).await)
}
