//! My account: what the settings show and change, its end, and a forgotten password.

use leptos::prelude::*;
use market::view::Account;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// Everything on the page of settings.
#[server(endpoint = "account", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn my_account() -> Result<Account, ApiError> {
    use crate::server_side::{answer, market, signed_in_with};
    let (me, token) = signed_in_with()?;
    answer(market().account(me.id, &token).await)
}

/// Changes what others see of me.
#[server(endpoint = "save_profile", prefix = "/api")]
pub async fn save_profile(
    #[server(default)] nickname: String,
    #[server(default)] region: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::PROFILE));
    let user = signed_in()?;
    let profile = market::people::ProfileDraft { nickname, region }.check().map_err(refuse)?;
    answer(market().save_profile(user, &profile).await)
}

/// Sets where letters to me go.
#[server(endpoint = "save_email", prefix = "/api")]
pub async fn save_email(
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::EMAIL));
    let user = signed_in()?;
    let email = market::people::check_email(&email).map_err(refuse)?;
    answer(market().save_email(user, &password, email.as_deref()).await)
}

/// Changes my password; all other sessions end.
#[server(endpoint = "change_password", prefix = "/api")]
pub async fn change_password(
    #[server(default)] password: String,
    #[server(default)] new_password: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in_with};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::PASSWORD));
    let (me, token) = signed_in_with()?;
    market::people::check_new_password(&new_password, &me.username).map_err(refuse)?;
    answer(market().change_password(me.id, &token, &password, &new_password).await)
}

/// Closes my account.
#[server(endpoint = "close_account", prefix = "/api")]
pub async fn close_account(#[server(default)] password: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::CLOSE));
    answer(market().close_account(signed_in()?, &password).await)?;
    cookies::clear_session();
    leptos_axum::redirect(crate::paths::SIGN_IN);
    Ok(())
}

/// What the page for forgotten passwords can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetPage {
    /// Letters can be sent at all.
    pub mail: bool,
    /// The letter that led here still opens something; `None` without one.
    pub open: Option<bool>,
}

/// What the page for forgotten passwords can do, with the secret of a letter or without one.
#[server(endpoint = "reset_state", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn reset_state(#[server(default)] token: String) -> Result<ResetPage, ApiError> {
    use crate::server_side::{answer, mail_configured, market};
    let secret = market::store::resets::ResetToken::from_text(&token);
    let open = match &secret {
        Some(secret) => Some(answer(market().is_reset_open(secret).await)?),
        None => (!token.is_empty()).then_some(false),
    };
    Ok(ResetPage { mail: mail_configured(), open })
}

/// Asks for a letter that lets its reader set a new password. The answer is always the same.
#[server(endpoint = "forgot_password", prefix = "/api")]
pub async fn forgot_password(#[server(default)] who: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, letters, mail_configured, market, refuse};
    leptos_axum::redirect(crate::paths::RESET_PASSWORD);
    if !mail_configured() {
        return Err(refuse(market::Refusal::NotFound));
    }
    answer(market().forgotten_password(&market::text::clean(&who), letters::forgotten_password).await)
}

/// Sets a new password with the secret of a letter, and leads to signing in.
#[server(endpoint = "reset_password", prefix = "/api")]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] new_password: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse};
    leptos_axum::redirect(&crate::paths::reset_password(&token));
    let secret = market::store::resets::ResetToken::from_text(&token);
    let secret = secret.ok_or_else(|| refuse(market::Refusal::NotFound))?;
    answer(market().reset_password(&secret, &new_password).await)?;
    leptos_axum::redirect(crate::paths::SIGN_IN);
    Ok(())
}
