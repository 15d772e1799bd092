//! A field of several lines. The one place where the raw element is used: server rendering does not escape
//! its children, so they are escaped here (defect S10); a tidy test forbids it elsewhere.

use leptos::{html, prelude::*};

use super::field::described;

/// As the text of an element; a browser drops one line break after the opening tag, so there is one to drop.
fn escaped(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// The field. What a person has typed is read through `node`.
#[component]
pub fn TextArea(
    /// The field's name in the form.
    name: &'static str,
    /// For its label.
    #[prop(into)]
    id: String,
    /// What it starts with; may come from people.
    #[prop(into, optional)]
    value: String,
    /// The longest text, in characters.
    maxlength: usize,
    /// Lines shown.
    #[prop(default = 6)]
    rows: u32,
    /// The `Field` around it has a hint.
    #[prop(optional)]
    hinted: bool,
    /// What is wrong with it; said by the `Field` around it.
    #[prop(into, optional)]
    fault: Signal<Option<&'static str>>,
    /// Told at each keystroke.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Reads the field.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    let first = value.clone();
    Effect::new(move |_| {
        // In an element that a script makes, nothing drops the line break that stands first for a parser.
        if let Some(area) = node.get().filter(|area| area.value() == format!("\n{first}")) {
            area.set_value(&first);
        }
    });
    view! {
        <textarea
            class="textarea"
            node_ref=node
            name=name
            id=id.clone()
            rows=rows
            maxlength=maxlength
            aria-invalid=move || fault.get().map(|_| "true")
            aria-describedby=described(id, hinted, fault)
            on:input:target=move |event| {
                if let Some(told) = on_input {
                    told.run(event.target().value());
                }
            }
            inner_html=escaped(&value)
        ></textarea>
    }
}
