//! Numbers with their unit, and times.

use leptos::{html, prelude::*};
use market::{Money, opening::Draft, refusal::FieldFault, text};

use crate::{
    components::{
        Field,
        field::described,
        form_check::{FormCheck, alive},
    },
    language::won,
};

/// An amount; grouped by thousands as soon as it is left. One off the grid is told with those around it.
#[component]
pub fn MoneyInput(
    /// The field.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it.
    #[prop(optional)]
    hint: &'static str,
    /// What it starts with.
    value: String,
    /// The form.
    check: FormCheck<Draft>,
    /// It may be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let (fault, node) = (check.fault(name), NodeRef::<html::Input>::new());
    view! {
        <div class="field-near">
            <Field id=name label=label hint=hint fault optional>
                <div class="input-group">
                    <input
                        id=name
                        name=name
                        node_ref=node
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength="24"
                        required=!optional
                        value=value
                        aria-invalid=move || fault.get().map(|_| "true")
                        aria-describedby=described(name, !hint.is_empty(), fault)
                        on:change:target=move |event| {
                            let amount = Money::parse(&event.target().value());
                            if let Some(amount) = amount.filter(|amount| amount.is_positive()) {
                                event.target().set_value(&text::digits(amount));
                            }
                        }
                    />
                    <span class="unit">{tr!(sell.price.unit)}</span>
                </div>
            </Field>
            <Neighbours name check node />
        </div>
    }
}

/// The amounts that would fit in place of one off the grid: to be taken by a tap, or to be read.
#[component]
fn Neighbours(name: &'static str, check: FormCheck<Draft>, node: NodeRef<html::Input>) -> impl IntoView {
    let (shown, alive) = (check.shown(name), alive());
    let take = move |amount: Money| {
        if let Some(field) = node.get_untracked() {
            field.set_value(&text::digits(amount));
            check.touch(name);
        }
    };
    let button = move |amount: Money| {
        view! {
            <button class="btn btn-s btn-soft" type="button" on:click=move |_| take(amount)>
                {won(amount)}
            </button>
        }
    };
    move || {
        let amounts = shown.get().map(around).filter(|amounts| !amounts.is_empty())?;
        Some(if alive.get() {
            let buttons = amounts.into_iter().map(button).collect_view();
            view! { <div class="btn-row">{buttons}</div> }.into_any()
        } else {
            let amounts = amounts.into_iter().map(won).collect::<Vec<_>>().join(" · ");
            view! { <p class="hint">{tr!(sell.price.near, amounts = amounts).to_string()}</p> }.into_any()
        })
    }
}

fn around(fault: FieldFault) -> Vec<Money> {
    fault.lower.into_iter().chain(fault.upper).collect()
}

/// So many seconds.
#[component]
pub fn SecondsInput(
    /// The field.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it.
    hint: &'static str,
    /// What it starts with.
    value: String,
    /// What is wrong with it.
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    view! {
        <Field id=name label=label hint=hint fault>
            <div class="input-group">
                <input
                    id=name
                    name=name
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="6"
                    value=value
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=described(name, true, fault)
                />
                <span class="unit">{tr!(sell.times.seconds)}</span>
            </div>
        </Field>
    }
}

/// A time in Seoul. Whether it must be filled in depends on another field: the browser does not ask for it.
#[component]
pub fn TimeInput(
    /// The field.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it.
    hint: &'static str,
    /// What it starts with.
    value: String,
    /// What is wrong with it.
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    view! {
        <Field id=name label=label hint=hint fault>
            <input
                class="input"
                type="datetime-local"
                id=name
                name=name
                value=value
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described(name, true, fault)
            />
        </Field>
    }
}
