//! The heart: watching an auction.

use leptos::{form::ActionForm, prelude::*};
use market::AuctionId;

use super::Icon;
use crate::{api::ToggleWatch, paths};

/// A form of one button; works as a plain post too. Pressed, it shows the answer before it comes, and goes
/// back if there is none.
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
    let answered = RwSignal::new(watching);
    Effect::new(move |_| {
        if let Some(Ok(now)) = toggle.value().get() {
            answered.set(now);
        }
    });
    let watched = Memo::new(move |_| match toggle.input().get() {
        Some(sent) => sent.watching == "true",
        None => answered.get(),
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

/// The heart as visitors see it: signing in comes first, and then the auction.
#[component]
pub fn WatchInvite(
    /// Which auction.
    id: AuctionId,
    /// For the link's name.
    title: String,
    /// The link's class.
    #[prop(default = "card-heart")]
    class: &'static str,
) -> impl IntoView {
    let label = tr!(home.card.watch_after_sign_in, title = title).to_string();
    view! {
        <a class=class href=paths::sign_in_then(&paths::auction(id)) aria-label=label>
            <Icon name="heart" />
        </a>
    }
}
