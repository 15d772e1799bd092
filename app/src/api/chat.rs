//! Conversations between the seller and the winner of a sale.

use leptos::prelude::*;
use market::{
    live::ChatState,
    view::{ChatList, ChatPage},
};

use super::ApiError;

/// My conversations behind the cursor `after`.
#[server(endpoint = "chats", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn my_chats(#[server(default)] after: String) -> Result<ChatList, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().chats(signed_in()?, &after).await)
}

/// A conversation, with its newest messages or those before the number `before`.
#[server(endpoint = "chat", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn conversation(
    #[server(default)] id: String,
    #[server(default)] before: String,
) -> Result<ChatPage, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let id = parse::auction_id(&id).map_err(refuse)?;
    answer(market().chat_page(user, id, before.trim().parse().ok()).await)
}

/// Says something: a text, one of my pictures, or both.
#[server(endpoint = "send_message", prefix = "/api")]
pub async fn send_message(
    #[server(default)] auction_id: String,
    #[server(default)] text: String,
    #[server(default)] picture: String,
    #[server(default)] key: String,
) -> Result<ChatState, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    let picture = parse::picture(&picture).map_err(refuse)?;
    let say = market::talk::Say::check(&text, picture).map_err(refuse)?;
    answer(market().send_message(user, id, &say, key).await)
}

/// I have read up to the message of that number.
#[server(endpoint = "read_chat", prefix = "/api")]
pub async fn read_chat(
    #[server(default)] auction_id: String,
    #[server(default)] up_to: String,
) -> Result<(), ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let user = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let up_to = up_to.trim().parse().map_err(|_| refuse(market::Refusal::Malformed))?;
    answer(market().read_chat(user, id, up_to).await)
}
