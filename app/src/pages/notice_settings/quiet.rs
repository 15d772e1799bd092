//! Hours in which nothing is sent.

use leptos::prelude::*;
use market::notice::Quiet;

use crate::{
    api::ApiError,
    components::{Field, failure::fault_of, field::described},
    reply::Reply,
};

/// Whether there are any, from when to when.
#[component]
pub fn QuietHours(
    /// As chosen.
    quiet: Option<Quiet>,
    /// What was sent and refused; it stands there again.
    typed: Option<Reply>,
    /// Why it was refused.
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let (from, to) = quiet.unwrap_or(Quiet::NIGHT).words();
    let typed_or = |name: &str, chosen: String| {
        typed.as_ref().map_or(chosen, |typed| typed.field(name).unwrap_or_default())
    };
    let (from, to) = (typed_or("quiet_from", from), typed_or("quiet_to", to));
    let checked = typed.as_ref().map_or(quiet.is_some(), |typed| typed.field("quiet").is_some());
    view! {
        <fieldset class="field">
            <legend class="label">{tr!(notices.quiet.title)}</legend>
            <label class="check">
                <input
                    type="checkbox"
                    name="quiet"
                    value="true"
                    checked=checked
                    aria-describedby="quiet-hint"
                />
                <span>{tr!(notices.quiet.on)}</span>
            </label>
            <div class="field-grid is-pair">
                <Time id="quiet_from" label=tr!(notices.quiet.from) value=from error />
                <Time id="quiet_to" label=tr!(notices.quiet.to) value=to error />
            </div>
            <p class="hint" id="quiet-hint">
                {tr!(notices.quiet.hint)}
            </p>
        </fieldset>
    }
}

#[component]
fn Time(
    id: &'static str,
    label: &'static str,
    value: String,
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let fault = Signal::derive(move || error.with(|error| fault_of(error.as_ref(), id)));
    view! {
        <Field id label fault>
            <input
                class="input num"
                type="time"
                id=id
                name=id
                value=value
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described(id, false, fault)
            />
        </Field>
    }
}
