//! What else the seller has running.

use leptos::prelude::*;
use market::{Instant, UserId, view::Card};

use crate::{components::AuctionCard, paths};

/// The seller's other auctions; nothing when there are none.
#[component]
pub fn Others(
    /// What ends first comes first.
    cards: Vec<Card>,
    /// Who sells.
    seller: UserId,
    /// The page's time.
    now: Instant,
    /// Whether hearts can be pressed.
    signed_in: bool,
) -> impl IntoView {
    (!cards.is_empty()).then(|| {
        let cards = cards.into_iter().map(|card| view! { <AuctionCard card now signed_in /> });
        view! {
            <section class="section" aria-labelledby="h-others">
                <div class="section-head">
                    <h2 id="h-others">{tr!(auction.others.title)}</h2>
                    <a class="quiet-link" href=paths::seller(seller)>
                        {tr!(auction.others.all)}
                    </a>
                </div>
                <ul class="cards is-three">{cards.collect_view()}</ul>
            </section>
        }
    })
}
