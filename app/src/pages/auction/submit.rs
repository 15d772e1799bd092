//! A bid of a given amount on one button: beside a refusal, and as the second yes.

use leptos::{form::ActionForm, prelude::*};
use market::Money;

use super::bidding::Bidding;
use crate::{key::KeyField, language::won};

/// The button and its form.
#[component]
pub fn SubmitBid(
    /// The panel's state.
    bidding: Bidding,
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// Whether it is a maximum.
    #[prop(into)]
    automatic: Signal<bool>,
    /// Whether it is meant as the purchase that it is.
    #[prop(optional)]
    purchase: bool,
    /// The button's class.
    class: &'static str,
    /// The button's words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <ActionForm action=bidding.bid>
            <input type="hidden" name="auction_id" value=bidding.here.id.to_string() />
            <input type="hidden" name="amount" value=move || amount.get().to_string() />
            <input type="hidden" name="automatic" value=move || automatic.get().to_string() />
            <input type="hidden" name="accept_buy_now" value=purchase.to_string() />
            <KeyField key=bidding.bid_key />
            <button class=class disabled=move || bidding.pending()>
                {label}
            </button>
        </ActionForm>
    }
}

/// `1,290,000원 입찰하기`, as the concrete thing that it does.
#[must_use]
pub fn bid_label(amount: Money, automatic: bool, leads: bool) -> String {
    let amount = won(amount);
    if leads {
        tr!(auction.form.change_to, amount = amount).to_string()
    } else if automatic {
        tr!(auction.form.bid_up_to, amount = amount).to_string()
    } else {
        tr!(auction.form.bid, amount = amount).to_string()
    }
}
