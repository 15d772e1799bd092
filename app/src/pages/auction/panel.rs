//! The bid panel: how I stand, price and time, what I can do. On the phone it is a sheet.

use leptos::prelude::*;
use market::live::Phase;

use super::{
    answer::AnswerNotice,
    bid_form::{BidForm, MaximumForm},
    bidding::Bidding,
    buy_now::BuyNowForm,
    facts::Seller,
    figures::{Figures, Notices},
    here::Here,
    over::{Buyer, Ended, Sold},
    seller::SellerTools,
    sheet::{CLOSE, Sheet},
    stand::Stand,
    standing::StateLine,
};
use crate::{components::Icon, language::won, paths};

/// What the panel offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To sign in, and then to bid.
    SignIn,
    /// To bid.
    Bid,
    /// To change my maximum: the leader never bids against himself.
    Maximum,
    /// What a seller may do.
    Sell,
    /// Nothing yet.
    Wait,
    /// Nothing any more: it is being closed.
    Closing,
    /// What is next for the buyer.
    Buyer,
    /// What is next for the seller.
    Sold,
    /// Other auctions.
    Ended,
}

/// What the panel offers to one who stands so in an auction that stands so.
#[must_use]
pub fn offer(phase: Phase, stand: Stand) -> Offer {
    match (phase, stand) {
        (Phase::Over(_), Stand::Won { .. }) => Offer::Buyer,
        (Phase::Over(_), Stand::Seller) => Offer::Sold,
        (Phase::Over(_), _) => Offer::Ended,
        (Phase::Closing, _) => Offer::Closing,
        (_, Stand::Seller) => Offer::Sell,
        (Phase::Scheduled, _) => Offer::Wait,
        (Phase::Running, Stand::Visitor) => Offer::SignIn,
        (Phase::Running, Stand::Leading { .. }) => Offer::Maximum,
        (Phase::Running, _) => Offer::Bid,
    }
}

/// The panel, and the seller below it.
#[component]
pub fn Side(here: Here, bidding: Bidding, sheet: Sheet) -> impl IntoView {
    let seller = here.about.with_value(|about| about.seller.clone());
    view! {
        <aside class="auction-side">
            <div class="auction-stick">
                <Panel here bidding sheet />
                <Seller seller />
            </div>
        </aside>
    }
}

#[component]
fn Panel(here: Here, bidding: Bidding, sheet: Sheet) -> impl IntoView {
    let offered = Memo::new(move |_| offer(here.phase.get(), here.stand.get()));
    let stand = here.stand;
    let close = if sheet.served_open { here.path() } else { CLOSE.to_owned() };
    view! {
        <section
            class="panel sheet"
            id="bid"
            aria-label=tr!(auction.panel.title)
            tabindex="-1"
            node_ref=sheet.panel
            class:is-leading=move || offered.get() == Offer::Maximum
            class:is-outbid=move || offered.get() == Offer::Bid && stand.get() == Stand::Outbid
            class:is-won=move || offered.get() == Offer::Buyer
            class:is-over=move || matches!(offered.get(), Offer::Ended | Offer::Sold)
            class:is-stale=move || here.stale()
            class:is-open=move || sheet.open.get()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    sheet.close();
                }
            }
        >
            <a
                class="sheet-close"
                href=close.clone()
                aria-label=tr!(auction.panel.close)
                on:click=move |event| sheet.hide(&event)
            >
                <Icon name="close" size="is-l" />
            </a>
            <StateLine here />
            <Figures here />
            <Notices here />
            <AnswerNotice bidding />
            {move || offered_view(offered.get(), here, bidding)}
        </section>
        <a
            class="sheet-scrim"
            href=close
            tabindex="-1"
            aria-hidden="true"
            on:click=move |event| sheet.hide(&event)
        ></a>
    }
}

fn offered_view(offered: Offer, here: Here, bidding: Bidding) -> AnyView {
    match offered {
        Offer::SignIn => view! { <SignInFirst here /> }.into_any(),
        Offer::Bid => view! {
            <BidForm bidding />
            <BuyNowForm bidding />
        }
        .into_any(),
        Offer::Maximum => view! {
            <MaximumForm bidding />
            <BuyNowForm bidding />
        }
        .into_any(),
        Offer::Sell => view! { <SellerTools here /> }.into_any(),
        Offer::Wait => view! { <p class="panel-note">{tr!(auction.panel.wait)}</p> }.into_any(),
        Offer::Closing => view! { <p class="panel-note">{tr!(auction.panel.closing)}</p> }.into_any(),
        Offer::Buyer => view! { <Buyer here /> }.into_any(),
        Offer::Sold => view! { <Sold here /> }.into_any(),
        Offer::Ended => view! { <Ended here /> }.into_any(),
    }
}

/// Looking is free, bidding needs a wallet.
#[component]
fn SignInFirst(here: Here) -> impl IntoView {
    let words = move || tr!(auction.panel.sign_in, amount = won(here.next_bid.get())).to_string();
    view! {
        <div class="panel-form">
            <a class="btn btn-primary btn-xl btn-block" href=paths::sign_in_then(&here.path())>
                {words}
            </a>
            <p class="panel-note">{tr!(auction.panel.sign_in_note)}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use market::auction::StatusCode;

    use super::*;

    #[test]
    fn a_leader_is_never_offered_a_bid() {
        let leading = Stand::Leading { maximum: None };
        assert_eq!(offer(Phase::Running, leading), Offer::Maximum);
        assert_eq!(offer(Phase::Closing, leading), Offer::Closing);
        assert_eq!(offer(Phase::Running, Stand::Outbid), Offer::Bid);
        assert_eq!(offer(Phase::Scheduled, Stand::Aside), Offer::Wait);
        assert_eq!(offer(Phase::Over(StatusCode::Settled), Stand::Lost), Offer::Ended);
        assert_eq!(offer(Phase::Running, Stand::Seller), Offer::Sell);
    }
}
