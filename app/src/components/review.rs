//! Reviews: stars to see and to give, one that somebody received, and what a trade's parties do with them.

mod panel;
mod received;
mod stars;

pub use panel::{ReviewPanel, Reviewing};
pub use received::ReceivedItem;
pub use stars::{StarInput, Stars};

use market::view::Neighbour;

/// How others call a person; who has left has no name any more.
#[must_use]
pub fn name_of(person: &Neighbour) -> String {
    if person.has_left { tr!(reviews.gone).to_owned() } else { person.nickname.clone() }
}
