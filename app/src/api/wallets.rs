//! The wallet, and money in and out.

use leptos::prelude::*;
use market::{
    view::{StatementQuery, WalletPage},
    wallet::Wallet,
};

use super::ApiError;

/// My wallet, with one page of the statement.
#[server(endpoint = "wallet", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn my_wallet(#[server(default)] query: StatementQuery) -> Result<WalletPage, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().wallet_page(signed_in()?, &market::view::StatementFilter::read(&query)).await)
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
