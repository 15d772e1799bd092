//! A shelf with nothing on it: what would be there, and a way on.

use leptos::prelude::*;
use market::view::Shelf;

use crate::{components::Empty, paths};

/// The empty shelf.
#[component]
pub fn EmptyShelf(
    /// Which.
    shelf: Shelf,
) -> impl IntoView {
    let (title, text) = words(shelf);
    let (href, way_on) = match shelf {
        Shelf::Selling | Shelf::Sold => (paths::SELL, tr!(mine.empty.to_sell)),
        _ => (paths::HOME, tr!(mine.empty.to_market)),
    };
    view! {
        <Empty title text>
            <a class="btn btn-primary" href=href>
                {way_on}
            </a>
        </Empty>
    }
}

fn words(shelf: Shelf) -> (&'static str, &'static str) {
    match shelf {
        Shelf::Leading => (tr!(mine.empty.leading_title), tr!(mine.empty.leading_text)),
        Shelf::Outbid => (tr!(mine.empty.outbid_title), tr!(mine.empty.outbid_text)),
        Shelf::Won => (tr!(mine.empty.won_title), tr!(mine.empty.won_text)),
        Shelf::Lost => (tr!(mine.empty.lost_title), tr!(mine.empty.lost_text)),
        Shelf::Watching => (tr!(mine.empty.watching_title), tr!(mine.empty.watching_text)),
        Shelf::Selling => (tr!(mine.empty.selling_title), tr!(mine.empty.selling_text)),
        Shelf::Sold => (tr!(mine.empty.sold_title), tr!(mine.empty.sold_text)),
    }
}
