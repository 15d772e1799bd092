//! What programs sign in with.

use leptos::prelude::*;
use market::view::NewAccess;

use super::ApiError;

/// Makes a token; it takes the password, and shows its secret once.
#[server(endpoint = "create_access", prefix = "/api")]
pub async fn create_access(
    #[server(default)] name: String,
    #[server(default)] scopes: Vec<String>,
    #[server(default)] days: String,
    #[server(default)] password: String,
    #[server(default)] key: String,
) -> Result<NewAccess, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::TOKENS));
    let user = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let wanted = market::access::Wanted::check(&name, &scopes, &days).map_err(refuse)?;
    answer(market().create_access(user, &password, &wanted, key).await)
}

/// Takes a token back.
#[server(endpoint = "revoke_access", prefix = "/api")]
pub async fn revoke_access(#[server(default)] token_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::TOKENS));
    let user = signed_in()?;
    let token = parse::access_id(&token_id).map_err(refuse)?;
    answer(market().revoke_access(user, token).await)
}
