//! Questions about an auction, in public, and the seller's answers.

use leptos::prelude::*;
use market::{QuestionId, view::Questions};

use super::ApiError;

/// Asks about an auction.
#[server(endpoint = "ask", prefix = "/api")]
pub async fn ask(
    #[server(default)] auction_id: String,
    #[server(default)] question: String,
    #[server(default)] key: String,
) -> Result<QuestionId, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, signed_in};
    let asker = signed_in()?;
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let key = parse::key(&key).map_err(refuse)?;
    answer(market().ask_question(asker, id, key, &question).await)
}

/// The seller answers a question. It has one answer, so it needs no key.
#[server(endpoint = "answer", prefix = "/api")]
pub async fn answer_question(
    #[server(default)] question_id: String,
    #[server(default)] answer: String,
) -> Result<(), ApiError> {
    use crate::server_side::{self, market, parse, refuse, signed_in};
    let seller = signed_in()?;
    let id = parse::question_id(&question_id).map_err(refuse)?;
    server_side::answer(market().answer_question(seller, id, &answer).await)
}

/// The questions asked before one of them.
#[server(endpoint = "questions_before", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn questions_before(
    #[server(default)] auction_id: String,
    #[server(default)] question_id: String,
) -> Result<Questions, ApiError> {
    use crate::server_side::{answer, market, parse, refuse, viewer_id};
    let id = parse::auction_id(&auction_id).map_err(refuse)?;
    let before = parse::question_id(&question_id).map_err(refuse)?;
    answer(market().questions_before(id, before, viewer_id()).await)
}
