//! What staff decide. Whoever is not of the staff finds nothing here.

mod decide;
mod dispute;
mod disputes;
mod facts;

pub use dispute::StaffDispute;
pub use disputes::StaffDisputes;

use leptos::prelude::*;
use market::Refusal;

use super::NotFound;
use crate::{api::ApiError, components::SignInFirst};

/// In place of a page that could not be read: there is no such page for who is not of the staff.
fn refused(error: ApiError) -> AnyView {
    match error.refusal() {
        Some(Refusal::NotYours | Refusal::NotFound) => view! { <NotFound /> }.into_any(),
        _ => view! {
            <main id="main" class="page wrap">
                <h1 class="sr-only">{tr!(staff.title)}</h1>
                <SignInFirst error />
            </main>
        }
        .into_any(),
    }
}
