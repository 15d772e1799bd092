//! My notices, and how I am told of them.

use leptos::prelude::*;
use market::view::{InboxPage, NoticeChoices};
use serde::{Deserialize, Serialize};

use super::ApiError;

/// What the settings of notices start from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeBasis {
    /// What I have chosen.
    pub choices: NoticeChoices,
    /// Whether letters can be sent.
    pub mail: bool,
    /// What a browser needs to let itself be woken, if pushes can be sent.
    pub push_key: Option<String>,
}

/// The page of my notices behind the number `after`: of a group, or of all.
#[server(endpoint = "inbox", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn inbox(
    #[server(default)] group: String,
    #[server(default)] after: String,
) -> Result<InboxPage, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    let group = market::notice::Group::from_name(group.trim());
    answer(market().inbox(signed_in()?, group, after.trim().parse().ok()).await)
}

/// I have seen my notices up to the inbox's number `up_to`.
#[server(endpoint = "read_notices", prefix = "/api")]
pub async fn read_notices(#[server(default)] up_to: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in};
    let up_to = up_to.trim().parse().map_err(|_| refuse(market::Refusal::Malformed))?;
    answer(market().read_notices(signed_in()?, up_to).await)
}

/// I have seen the notices with these numbers, which stand between commas.
#[server(endpoint = "see_notices", prefix = "/api")]
pub async fn see_notices(#[server(default)] numbers: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let numbers = parse::numbers(&numbers).map_err(refuse)?;
    answer(market().see_notices(signed_in()?, &numbers).await)
}

/// What I have chosen, and what there is to choose from.
#[server(endpoint = "notice_settings", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn notice_settings() -> Result<NoticeBasis, ApiError> {
    use crate::server_side::{AppContext, answer, signed_in};
    let context = expect_context::<AppContext>();
    let choices = answer(context.market.notice_choices(signed_in()?).await)?;
    Ok(NoticeBasis { choices, mail: context.mail_configured, push_key: context.push_key })
}

/// Chooses: the switches that are on, and the quiet hours if `quiet` is.
#[server(endpoint = "save_notice_settings", prefix = "/api")]
pub async fn save_notice_settings(
    #[server(default)] on: Vec<String>,
    #[server(default)] quiet: String,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_to: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let quiet = parse::is_on(&quiet).then_some((quiet_from.as_str(), quiet_to.as_str()));
    let settings = market::notice::NoticeSettings::check(&on, quiet).map_err(refuse)?;
    answer(market().choose_notices(user, &settings).await)
}

/// This browser lets itself be woken.
#[server(endpoint = "add_device", prefix = "/api")]
pub async fn add_device(
    #[server(default)] endpoint: String,
    #[server(default)] public_key: String,
    #[server(default)] secret: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, refuse, signed_in_with};
    let (me, session) = signed_in_with()?;
    let device = market::notice::Keys::check(&endpoint, &public_key, &secret).map_err(refuse)?;
    answer(market().add_device(me.id, &session, &device).await)
}

/// The browser with that address sleeps on.
#[server(endpoint = "remove_device", prefix = "/api")]
pub async fn remove_device(#[server(default)] endpoint: String) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().remove_device(signed_in()?, &endpoint).await)
}

/// Whether this browser is woken for me at that address. POST: the address is a secret and belongs in no log.
#[server(endpoint = "has_device", prefix = "/api")]
pub async fn has_device(#[server(default)] endpoint: String) -> Result<bool, ApiError> {
    use crate::server_side::{answer, market, signed_in_with};
    let (me, session) = signed_in_with()?;
    answer(market().has_device(me.id, &session, &endpoint).await)
}
