//! Signing up, in and out; who I am.

use leptos::prelude::*;
pub use market::view::SignedIn;

use super::ApiError;

/// Who I am; `None` for visitors.
#[server(endpoint = "me", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn who_am_i() -> Result<Option<SignedIn>, ApiError> {
    use crate::server_side::{answer, market, viewer};
    let Some(me) = viewer() else { return Ok(None) };
    let state = answer(market().my_state(me.id).await)?;
    let alarm = if me.is_staff { answer(market().audit_alarm().await)? } else { None };
    Ok(Some(SignedIn { me, state, alarm }))
}

/// Signs up and in, and leads to where the person came from.
#[server(endpoint = "sign_up", prefix = "/api")]
pub async fn sign_up(
    #[server(default)] username: String,
    #[server(default)] nickname: String,
    #[server(default)] email: String,
    #[server(default)] region: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, refuse, user_agent};
    let form = market::people::SignUp { username, nickname, email, region, password };
    let person = form.check().map_err(refuse)?;
    let (_, token) = answer(market().sign_up(&person, &user_agent()).await)?;
    cookies::set_session(&token);
    leptos_axum::redirect(crate::paths::local(&next));
    Ok(())
}

/// Signs in, and leads to where the person came from.
#[server(endpoint = "sign_in", prefix = "/api")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, token, user_agent};
    let (_, fresh) = answer(market().sign_in(username.trim(), &password, &user_agent()).await)?;
    if let Some(old) = token() {
        answer(market().sign_out(&old).await)?;
    }
    cookies::set_session(&fresh);
    leptos_axum::redirect(crate::paths::local(&next));
    Ok(())
}

/// Signs out.
#[server(endpoint = "sign_out", prefix = "/api")]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, token};
    if let Some(token) = token() {
        answer(market().sign_out(&token).await)?;
    }
    cookies::clear_session();
    leptos_axum::redirect(crate::paths::HOME);
    Ok(())
}

/// Ends one of my sessions, in another browser or here.
#[server(endpoint = "end_session", prefix = "/api")]
pub async fn end_session(#[server(default)] session_id: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    leptos_axum::redirect(&crate::paths::settings(crate::paths::DEVICES));
    let user = signed_in()?;
    let session = parse::session_id(&session_id).map_err(refuse)?;
    answer(market().end_session(user, session).await)
}

/// Ends all my sessions, this one too.
#[server(endpoint = "sign_out_everywhere", prefix = "/api")]
pub async fn sign_out_everywhere() -> Result<(), ApiError> {
    use crate::server_side::{answer, cookies, market, signed_in};
    answer(market().sign_out_everywhere(signed_in()?).await)?;
    cookies::clear_session();
    leptos_axum::redirect(crate::paths::SIGN_IN);
    Ok(())
}
