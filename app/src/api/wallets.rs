//! The wallet, and money in and out.

use leptos::prelude::*;
use market::{view::WalletPage, wallet::Wallet};

use super::ApiError;

/// My wallet, with the statement's page behind the row `after`.
#[server(endpoint = "wallet", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn my_wallet(#[server(default)] after: String) -> Result<WalletPage, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().wallet_page(signed_in()?, after.trim().parse().ok()).await)
}

/// Puts money in.
#[server(endpoint = "deposit", prefix = "/api")]
pub async fn deposit(
    #[server(default)] amount: String,
    #[server(default)] key: String,
) -> Result<Wallet, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let amount = parse::amount(&amount).map_err(refuse)?;
    answer(market().deposit(user, amount, key).await)
}

/// Takes money out.
#[server(endpoint = "withdraw", prefix = "/api")]
pub async fn withdraw(
    #[server(default)] amount: String,
    #[server(default)] key: String,
) -> Result<Wallet, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let key = parse::key(&key).map_err(refuse)?;
    let amount = parse::amount(&amount).map_err(refuse)?;
    answer(market().withdraw(user, amount, key).await)
}
