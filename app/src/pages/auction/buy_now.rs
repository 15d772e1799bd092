//! Buying at the buy-now price: folded, with what it means, then one button.

use leptos::{form::ActionForm, prelude::*};
use market::Money;

use super::bidding::Bidding;
use crate::{key::KeyField, language::won};

/// The form, where there is a buy-now price.
#[component]
pub fn BuyNowForm(bidding: Bidding) -> impl IntoView {
    let price = bidding.here.about.with_value(|about| about.buy_now);
    price.map(|price| {
        view! {
            <hr class="panel-rule" />
            <details class="fold">
                <summary class="btn btn-ghost btn-block">
                    {tr!(auction.buy.open, amount = won(price)).to_string()}
                </summary>
                <Purchase bidding price />
            </details>
        }
    })
}

#[component]
fn Purchase(bidding: Bidding, price: Money) -> impl IntoView {
    view! {
        <div class="confirm">
            <h2>{tr!(auction.buy.title, amount = won(price)).to_string()}</h2>
            <p>{tr!(auction.buy.explained)}</p>
            <dl class="facts confirm-sum">
                <dt class="is-total">{tr!(auction.buy.paid)}</dt>
                <dd class="is-total">{won(price)}</dd>
            </dl>
            <ActionForm action=bidding.buy attr:class="panel-form">
                <input type="hidden" name="auction_id" value=bidding.here.id.to_string() />
                <input type="hidden" name="price" value=price.to_string() />
                <KeyField key=bidding.buy_key />
                <button class="btn btn-soft btn-l btn-block" disabled=move || bidding.pending()>
                    {tr!(auction.buy.submit, amount = won(price)).to_string()}
                </button>
                <p class="panel-note">{tr!(auction.buy.note)}</p>
            </ActionForm>
        </div>
    }
}
