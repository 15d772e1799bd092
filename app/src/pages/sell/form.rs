//! The form of opening as a whole: judged by `Draft::check` here and on the server, kept as typed.

use leptos::{form::ActionForm, prelude::*};
use market::view::SellPage;

use super::{
    draft,
    filling::{Filling, Sections},
    foot::Foot,
    keep::{KeepButton, Keeper},
    preview::Preview,
};
use crate::{
    api::OpenAuction,
    components::region_picker::RegionSearch,
    key::{FormKey, KeyField},
    language::won,
    reply::{Reply, reply_to},
};

/// The form and, beside it, what it will look like.
#[component]
pub fn OpeningForm(page: SellPage, search: RegionSearch, key: FormKey) -> impl IntoView {
    let reply = reply_to("open_auction");
    let refused = reply.as_ref().and_then(Reply::error);
    let filling = Filling::new(draft::first(page, reply.as_ref()), search);
    let check = filling.check;
    if let Some(error) = &refused {
        check.refuse(error);
    }
    let action = ServerAction::<OpenAuction>::new();
    let keeper = Keeper::new(check, key, filling.now);
    follow_answers(action, filling, keeper, key);
    let start_price = check.part(draft::start_price);
    let label = Signal::derive(move || match start_price.get() {
        Some(price) => tr!(sell.open_from, price = won(price)).to_string(),
        None => tr!(sell.open).to_owned(),
    });
    let error = Signal::derive(move || action.value().get().map_or_else(|| refused.clone(), Result::err));
    view! {
        <div class="with-aside">
            <div on:submit:capture=move |event| check.on_submit(&event)>
                <ActionForm action node_ref=check.form()>
                    <div
                        on:input=move |event| check.on_input(&event)
                        on:change=move |event| check.on_change(&event)
                    >
                        <Sections filling />
                        <KeyField key />
                        <Foot label error tray=filling.tray pending=action.pending()>
                            <KeepButton keeper />
                        </Foot>
                    </div>
                </ActionForm>
            </div>
            <Preview filling />
        </div>
    }
}

/// After a refusal its faults are shown; the key stays, so that an auction whose answer was lost on the way
/// is not opened twice. After success the answer leads on, and nothing is kept any more.
fn follow_answers(action: ServerAction<OpenAuction>, filling: Filling, keeper: Keeper, key: FormKey) {
    let check = filling.check;
    Effect::new(move |_| match action.value().get() {
        Some(Ok(_)) => {
            keeper.stop();
            key.renew();
        }
        Some(Err(error)) => {
            check.refuse(&error);
            check.focus_first();
        }
        None => {}
    });
}
