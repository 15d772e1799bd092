//! What the address asks for besides the auction itself: an older piece of its bids or of its questions. So
//! the lists can be read to their ends without scripts.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::{QuestionId, live::ListedBid, view::Questions};

use crate::api::{self, ApiError};

/// The name of the number before which bids are shown.
const BIDS: &str = "bids";
/// The name of the id before which questions are shown.
const QUESTIONS: &str = "questions";
/// Where the list of bids stands on the page.
pub const BIDS_AT: &str = "bids";
/// Where the questions stand on the page; notices lead there.
pub const QUESTIONS_AT: &str = "questions";

/// The older pieces, if the address asks for them.
#[derive(Clone, Copy)]
pub struct Older {
    /// Of the bids.
    pub bids: Resource<Result<Option<Vec<ListedBid>>, ApiError>>,
    /// Of the questions.
    pub questions: Resource<Result<Option<Questions>, ApiError>>,
}

impl Older {
    /// Must be made by the page itself, before anything asynchronous.
    #[must_use]
    pub fn new(auction: Memo<String>) -> Self {
        let (bids, questions) = (asked_for::<i32>(BIDS), asked_for::<i64>(QUESTIONS));
        Self {
            bids: Resource::new_blocking(
                move || (auction.get(), bids.get()),
                |(auction, before)| async move {
                    let Some(before) = before else { return Ok(None) };
                    api::bids_before(auction, before).await.map(Some)
                },
            ),
            questions: Resource::new_blocking(
                move || (auction.get(), questions.get()),
                |(auction, before)| async move {
                    let Some(before) = before else { return Ok(None) };
                    api::questions_before(auction, before).await.map(Some)
                },
            ),
        }
    }
}

/// The number of that name in the address; what is none asks for nothing (defect S1).
fn asked_for<T: FromStr>(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name)).filter(|number| number.parse::<T>().is_ok()))
}

/// The address of the bids before a number.
#[must_use]
pub fn bids_before(page: &str, number: i32) -> String {
    format!("{page}?{BIDS}={number}#{BIDS_AT}")
}

/// The address of the questions before one of them.
#[must_use]
pub fn questions_before(page: &str, id: QuestionId) -> String {
    format!("{page}?{QUESTIONS}={id}#{QUESTIONS_AT}")
}
