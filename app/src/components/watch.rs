//! The heart: watching an auction.

use leptos::{form::ActionForm, prelude::*};
use market::AuctionId;

use super::Icon;
use crate::api::ToggleWatch;

/// A form of one button; works as a plain post too.
#[component]
pub fn WatchHeart(
    /// Which auction.
    id: AuctionId,
    /// For the button's name.
    title: String,
    /// Whether I watch it.
    watching: bool,
    /// The button's class.
    #[prop(default = "card-heart")]
    class: &'static str,
) -> impl IntoView {
    let toggle = ServerAction::<ToggleWatch>::new();
    let watched = Memo::new(move |_| match toggle.value().get() {
        Some(Ok(now)) => now,
        _ => watching,
    });
    let label = tr!(common.watch_auction, title = title).to_string();
    view! {
        <ActionForm action=toggle>
            <input type="hidden" name="auction_id" value=id.to_string() />
            <input type="hidden" name="watching" value=move || (!watched.get()).to_string() />
            <button class=class aria-pressed=move || watched.get().to_string() aria-label=label>
                <Icon name="heart" />
            </button>
        </ActionForm>
    }
}
