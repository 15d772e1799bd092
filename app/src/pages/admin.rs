//! What staff see and do. Whoever is not of the staff finds nothing here.

mod act_form;
mod auction;
mod auctions;
mod banner;
mod bars;
mod categories;
mod charts;
mod decide;
mod dispute;
mod disputes;
mod facts;
mod frame;
mod home;
mod ledger;
mod log;
mod people;
mod person;
mod questions;
mod reports;
mod words;

pub use auction::StaffAuction;
pub use auctions::StaffAuctions;
pub use banner::AuditBanner;
pub use categories::StaffCategories;
pub use charts::StaffCharts;
pub use dispute::StaffDispute;
pub use disputes::StaffDisputes;
pub use home::Admin;
pub use ledger::StaffLedger;
pub use log::StaffLog;
pub use people::StaffPeople;
pub use person::StaffPerson;
pub use questions::StaffQuestions;
pub use reports::StaffReports;

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
