//! A review that somebody received.

use leptos::prelude::*;
use market::{
    UserId,
    text::{day, machine},
    view::{ReceivedReview, ReportSubject},
};

use super::{Stars, name_of};
use crate::{components::ReportForm, paths};

/// Stars, words, who wrote it of which auction, and the way to report it.
#[component]
pub fn ReceivedItem(
    /// Which.
    received: ReceivedReview,
    /// Somebody else's words can be reported by who is signed in.
    viewer: Option<UserId>,
) -> impl IntoView {
    let ReceivedReview { review, author, auction, title } = received;
    let name = name_of(&author);
    let reportable = viewer.is_some_and(|viewer| viewer != author.id);
    let author = if author.has_left {
        view! { <span>{name}</span> }.into_any()
    } else {
        view! { <a href=paths::seller(author.id)>{name}</a> }.into_any()
    };
    let report = reportable.then(|| view! { <ReportForm subject=ReportSubject::Review(review.id.0) /> });
    view! {
        <li class="review">
            <div class="review-head">
                <Stars stars=review.stars />
                <time class="dim" datetime=machine(review.at)>
                    {day(review.at)}
                </time>
            </div>
            <ReviewText text=review.text />
            <p class="review-by">
                {author} <span aria-hidden="true">"·"</span> <a href=paths::auction(auction)>{title}</a>
                {report}
            </p>
        </li>
    }
}

/// What it says; stars alone say so.
#[component]
pub fn ReviewText(text: String) -> impl IntoView {
    if text.is_empty() {
        view! { <p class="dim">{tr!(reviews.no_text)}</p> }.into_any()
    } else {
        view! { <p class="review-text">{text}</p> }.into_any()
    }
}
