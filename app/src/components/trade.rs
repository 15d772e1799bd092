//! A sale after its end, for its two and for staff: its steps, and what is said in a dispute.

mod picture_field;
mod steps;
mod talk;

pub use picture_field::{Chosen, PictureField};
pub use steps::TradeSteps;
pub use talk::DisputeTalk;

use leptos::prelude::*;
use market::{
    trade::{Complaint, Side, Turn},
    view::Neighbour,
};

use super::review::name_of;

/// What the buyer finds wrong, in words.
#[must_use]
pub fn complaint_text(complaint: Complaint) -> &'static str {
    match complaint {
        Complaint::NotReceived => tr!(trade.complaint.not_received),
        Complaint::NotAsDescribed => tr!(trade.complaint.not_as_described),
        Complaint::Damaged => tr!(trade.complaint.damaged),
        Complaint::Other => tr!(trade.complaint.other),
    }
}

/// Whose turn it is, as `side` reads it.
#[must_use]
pub fn turn_text(turn: Turn, side: Side) -> &'static str {
    match turn {
        turn if turn.is_of(side) => tr!(trade.turn.mine),
        Turn::Buyer => tr!(trade.turn.buyer),
        Turn::Seller => tr!(trade.turn.seller),
        Turn::Both => tr!(trade.turn.both),
        Turn::Staff => tr!(trade.turn.staff),
        Turn::Nobody => tr!(trade.turn.nobody),
    }
}

/// Whose turn it is, as a small word: honey when it is mine.
#[component]
pub fn TurnTag(
    /// Whose.
    turn: Turn,
    /// Who reads it.
    side: Side,
) -> impl IntoView {
    let class = if turn.is_of(side) { "tag is-moving" } else { "tag is-line" };
    view! { <span class=class>{turn_text(turn, side)}</span> }
}

/// Who speaks or pays, in words.
#[must_use]
pub fn side_text(side: Side, buyer: &Neighbour, seller: &Neighbour) -> String {
    match side {
        Side::Buyer => tr!(trade.talk.buyer, name = name_of(buyer)).to_string(),
        Side::Seller => tr!(trade.talk.seller, name = name_of(seller)).to_string(),
        Side::Staff => tr!(trade.talk.staff).to_owned(),
    }
}
