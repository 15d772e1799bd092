//! A folded act of one button: what it does is read first, then it is done.

use leptos::prelude::*;

/// A `<details>` with the explanation and, as its child, the form.
#[component]
pub fn Fold(
    /// What opens it.
    #[prop(into)]
    summary: String,
    /// The opener's class beside `btn`.
    #[prop(default = "btn btn-ghost btn-block")]
    class: &'static str,
    /// What the act does.
    #[prop(into)]
    explained: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold">
            <summary class=class>{summary}</summary>
            <div class="confirm">
                <p>{explained}</p>
                {children()}
            </div>
        </details>
    }
}
