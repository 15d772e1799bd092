//! A field with its label, hint and fault.

use leptos::prelude::*;

use super::Icon;

/// What surrounds an input. The input itself is the child; it carries `id` and, when wrong, `aria-invalid` and
/// `aria-describedby`.
#[component]
pub fn Field(
    /// The input's id.
    id: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(into, optional)]
    hint: String,
    /// What is wrong with it.
    #[prop(into, optional)]
    fault: Signal<Option<&'static str>>,
    /// It may be left empty.
    #[prop(optional)]
    optional: bool,
    /// The input.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:is-wrong=move || fault.get().is_some()>
            <label class="label" for=id>
                {label}
                {optional.then(|| view! { <em>{tr!(common.optional)}</em> })}
            </label>
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            <FieldFault id fault />
        </div>
    }
}

/// What is wrong, below the input; it is there in a live region so that it is read when it comes.
#[component]
pub fn FieldFault(
    /// The input's id.
    id: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    view! {
        <div id=format!("{id}-fault") aria-live="polite">
            {move || {
                fault
                    .get()
                    .map(|fault| {
                        view! {
                            <p class="field-error">
                                <Icon name="alert" size="is-s" />
                                {fault}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// A field of one line with everything around it.
#[component]
pub fn TextInput(
    /// Its name in the form, and its id.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// `text`, `password`, `email`, `datetime-local`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What it starts with.
    #[prop(into, optional)]
    value: String,
    /// What helps to fill it.
    #[prop(into, optional)]
    hint: String,
    /// What is wrong with it.
    #[prop(into, optional)]
    fault: Signal<Option<&'static str>>,
    /// It may be left empty.
    #[prop(optional)]
    optional: bool,
    /// For the browser's own filling in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The longest text, in characters.
    #[prop(default = 200)]
    maxlength: u32,
) -> impl IntoView {
    let described = move || fault.get().map(|_| format!("{name}-fault"));
    view! {
        <Field id=name label=label hint=hint fault=fault optional=optional>
            <input
                class="input"
                type=kind
                id=name
                name=name
                value=value
                required=!optional
                maxlength=maxlength
                autocomplete=autocomplete
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described
            />
        </Field>
    }
}
