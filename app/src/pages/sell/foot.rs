//! The end of the form: its one action, and what came of it.

use leptos::prelude::*;
use market::Refusal;

use super::photos::Tray;
use crate::{
    api::ApiError,
    components::{Icon, error_text},
};

/// The one action of the page. It waits for pictures that are on their way: without them the form would say
/// less than the person sees.
#[component]
pub fn Foot(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// Why it was refused, if it was.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
    /// The form's pictures.
    tray: Tray,
    /// The form is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// What stands before the button.
    children: Children,
) -> impl IntoView {
    let busy = tray.busy();
    let label = move || if busy.get() { tr!(sell.photos.wait).to_owned() } else { label.get() };
    let notice = move |error: ApiError| {
        view! {
            <div class="notice is-bad">
                <Icon name="alert" />
                <p>{what_is_wrong(&error)}</p>
            </div>
        }
    };
    view! {
        <div role="alert">{move || error.get().map(notice)}</div>
        <div class="form-foot">
            {children()}
            <button
                class="btn btn-primary btn-l"
                class:is-busy=move || pending.get()
                disabled=move || pending.get() || busy.get()
            >
                {label}
            </button>
        </div>
    }
}

/// The faults themselves stand beside their fields.
fn what_is_wrong(error: &ApiError) -> String {
    match error.refusal() {
        Some(Refusal::Fields { .. }) => tr!(common.refused.fields).to_owned(),
        _ => error_text(error),
    }
}
