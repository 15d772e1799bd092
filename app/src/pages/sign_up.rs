//! Signing up. A plain form: the whole page is another one afterwards.

mod form;
mod side;

pub use side::{AuthSide, LeaveIfSignedIn, next_page};

use leptos::prelude::*;

use self::form::SignUpForm;
use crate::{
    components::{
        PageTitle,
        region_picker::{RegionSearch, RegionSearchForm},
    },
    paths,
};

/// The page.
#[component]
pub fn SignUp() -> impl IntoView {
    let next = next_page();
    let search = RegionSearch::of_page();
    view! {
        <PageTitle text=tr!(common.sign_up) />
        <LeaveIfSignedIn next />
        <main id="main" class="page wrap">
            <RegionSearchForm
                action=paths::SIGN_UP
                next=Signal::derive(move || Some(next.get()))
            />
            <div class="auth">
                <AuthSide />
                <SignUpForm next search />
            </div>
        </main>
    }
}
