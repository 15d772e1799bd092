//! Pictures without scripts: a form of their own, which adds them to the auction at once.

use leptos::prelude::*;
use market::{AuctionId, view::MOST_PICTURES};

use crate::{
    components::{FailureNotice, Icon, upload::ACCEPTED},
    paths,
    reply::reply_to,
};

/// The form. With scripts the form of the page sends its pictures itself, and this one is not there.
#[component]
pub fn PlainPictures(
    /// To which auction.
    id: AuctionId,
    /// How many it shows.
    shown: usize,
) -> impl IntoView {
    let reply = reply_to("add_picture");
    let error = reply.as_ref().and_then(crate::reply::Reply::error);
    let added = reply.is_some() && error.is_none();
    let done = added.then(|| {
        view! {
            <div class="notice is-good" role="status">
                <Icon name="check" />
                <p>{tr!(sell.photos.added)}</p>
            </div>
        }
    });
    view! {
        {done}
        {error.map(|error| view! { <FailureNotice error /> })}
        <form class="box plain-only" method="post" action=paths::ADD_PICTURE enctype="multipart/form-data">
            <div class="field">
                <label class="label" for="plain-picture">
                    {tr!(sell.photos.files)}
                </label>
                <input
                    class="input"
                    id="plain-picture"
                    type="file"
                    name="picture"
                    accept=ACCEPTED
                    multiple
                    required
                />
                <p class="hint">
                    {tr!(sell.photos.count, count = shown, most = MOST_PICTURES).to_string()} " · "
                    {tr!(sell.photos.hint)}
                </p>
            </div>
            <input type="hidden" name="auction_id" value=id.to_string() />
            <button class="btn btn-soft">{tr!(sell.photos.send)}</button>
        </form>
    }
}
