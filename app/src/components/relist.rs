//! Listing an auction again that is over: in one tap, or with changes.

use leptos::{form::ActionForm, prelude::*};
use market::AuctionId;

use super::{FailureNotice, Icon};
use crate::{
    api::Relist,
    key::{FormKey, KeyField},
    paths,
    reply::{Reply, reply_to},
};

/// The two ways, for the seller of an auction that is over. The answer leads to the new auction.
#[component]
pub fn RelistForm(
    /// Which auction.
    auction: AuctionId,
    /// The class of the one-tap button.
    #[prop(default = "btn btn-soft")]
    class: &'static str,
) -> impl IntoView {
    let (relist, key) = (ServerAction::<Relist>::new(), FormKey::new());
    let ours = reply_to("relist").filter(|reply| reply.field("auction_id") == Some(auction.to_string()));
    let plain = ours.as_ref().and_then(Reply::error);
    Effect::new(move |_| {
        // The key stays after a failure: what was listed, but never answered, is not listed twice.
        if matches!(relist.value().get(), Some(Ok(_))) {
            key.renew();
        }
    });
    let error = move || relist.value().get().map_or_else(|| plain.clone(), Result::err);
    view! {
        {move || error().map(|error| view! { <FailureNotice error /> })}
        <div class="btn-row relist">
            <ActionForm action=relist>
                <input type="hidden" name="auction_id" value=auction.to_string() />
                <KeyField key />
                <button class=class disabled=move || relist.pending().get()>
                    <Icon name="gavel" />
                    {tr!(sell.relist.again)}
                </button>
            </ActionForm>
            <a class="btn btn-ghost" href=paths::sell_again(auction)>
                {tr!(sell.relist.with_changes)}
            </a>
        </div>
    }
}
