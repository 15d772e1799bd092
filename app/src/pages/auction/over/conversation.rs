//! The dispute on the auction's page, for the two of the sale and for staff.

use leptos::prelude::*;
use market::trade::Side;

use super::{Here, follow::follow, sale};
use crate::{components::trade::DisputeTalk, paths};

/// What is said in it, once there is one.
#[component]
pub fn Conversation(here: Here) -> impl IntoView {
    follow(here);
    let trade = sale(here);
    let disputed =
        Memo::new(move |_| trade.with(|trade| trade.as_ref().is_some_and(|trade| trade.dispute.is_some())));
    let talk = move || {
        let first = trade.get_untracked()?;
        let is_staff = first.side == Side::Staff;
        let trade = Signal::derive(move || trade.get().unwrap_or_else(|| first.clone()));
        let said = Callback::new(move |()| here.reread());
        Some(view! {
            <DisputeTalk trade said />
            {is_staff.then(|| view! { <StaffLink here /> })}
        })
    };
    move || disputed.get().then(talk)
}

/// Where staff decide it.
#[component]
fn StaffLink(here: Here) -> impl IntoView {
    view! {
        <p class="more">
            <a class="btn btn-soft" href=paths::staff_dispute(here.id)>
                {tr!(trade.talk.staff_page)}
            </a>
        </p>
    }
}
