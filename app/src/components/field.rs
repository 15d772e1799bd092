//! A field with its label, hint and fault.

use leptos::prelude::*;

use super::Icon;

/// What surrounds an input. The input itself is the child; it carries `id` and, when wrong, `aria-invalid`
/// and `aria-describedby` (see [`described`]).
#[component]
pub fn Field(
    /// The input's id.
    #[prop(into)]
    id: String,
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
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        <div class="field" class:is-wrong=move || fault.get().is_some()>
            <label class="label" for=id.clone()>
                {label}
                {optional.then(|| view! { <em>{tr!(common.optional)}</em> })}
            </label>
            {children()}
            {hint}
            <FieldFault id fault />
        </div>
    }
}

/// What is wrong, below the input; the live region is there before, so that the fault is read when it
/// comes. It is `contents`: empty, it leaves no gap.
#[component]
pub fn FieldFault(
    /// The input's id.
    #[prop(into)]
    id: String,
    /// What is wrong with it.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    view! {
        <div class="contents" id=format!("{id}-fault") aria-live="polite">
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

/// The ids of what describes an input: its hint if it has one, its fault while it has one.
pub fn described(
    id: impl Into<String>,
    has_hint: bool,
    fault: Signal<Option<&'static str>>,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + 'static {
    let id = id.into();
    move || match (has_hint, fault.get().is_some()) {
        (true, true) => Some(format!("{id}-hint {id}-fault")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-fault")),
        (false, false) => None,
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
    let described = described(name, !hint.is_empty(), fault);
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
