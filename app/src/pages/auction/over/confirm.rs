//! The buyer has the thing: the seller is paid.

use leptos::{form::ActionForm, prelude::*};

use super::{super::act::Fold, Here};
use crate::{
    api::ConfirmHandover,
    components::{
        Icon,
        failure::{Failed, failure},
    },
    language::won,
};

/// Unfolds what it does before it is done.
#[component]
pub fn Confirm(here: Here, class: &'static str) -> impl IntoView {
    let confirm = ServerAction::<ConfirmHandover>::new();
    let error = failure("confirm_handover", move || confirm.value().get());
    Effect::new(move |_| {
        if confirm.value().get().is_some() {
            here.reread();
        }
    });
    let amount = won(here.state.with_untracked(|state| state.price));
    let (explained, yes) = (
        tr!(trade.confirm.explained, amount = amount.clone()).to_string(),
        tr!(trade.confirm.yes, amount = amount).to_string(),
    );
    view! {
        <Failed error />
        <Fold summary=tr!(trade.confirm.open) class explained>
            <ActionForm action=confirm>
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <button class="btn btn-soft btn-l btn-block" disabled=move || confirm.pending().get()>
                    <Icon name="check" />
                    {yes}
                </button>
            </ActionForm>
        </Fold>
    }
}
