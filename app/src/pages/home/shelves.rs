//! What stands on the first page before its list: what ends next, and what many have an eye on.

use leptos::prelude::*;
use market::{
    Instant,
    view::{Card, FrontShelves},
};

use crate::components::AuctionCard;

/// The shelves that something stands on.
#[component]
pub fn Shelves(
    /// What stands on them.
    shelves: FrontShelves,
    /// Whether hearts can be pressed.
    signed_in: bool,
) -> impl IntoView {
    let FrontShelves { ending, wanted, now } = shelves;
    let note = Some(tr!(home.shelves.ending_note));
    view! {
        <OneShelf title=tr!(home.shelves.ending) note cards=ending now signed_in />
        <OneShelf title=tr!(home.shelves.wanted) note=None cards=wanted now signed_in />
    }
}

#[component]
fn OneShelf(
    title: &'static str,
    note: Option<&'static str>,
    cards: Vec<Card>,
    now: Instant,
    signed_in: bool,
) -> impl IntoView {
    (!cards.is_empty()).then(|| {
        let note = note.map(|note| view! { <span class="dim">{note}</span> });
        let cards = cards.into_iter().map(|card| view! { <AuctionCard card now signed_in /> });
        view! {
            <section class="section">
                <div class="section-head">
                    <h2>{title}</h2>
                    {note}
                </div>
                <ul class="cards">{cards.collect_view()}</ul>
            </section>
        }
    })
}
