//! A folded act of one button: what it does is read first, then it is done.

use leptos::prelude::*;

use crate::{api::ApiError, components::FailureNotice, reply::reply_to};

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

/// What went wrong with an act: the script's answer, else the plain form's.
pub fn failure<T: Clone + Send + Sync + 'static>(
    form: &str,
    value: impl Fn() -> Option<Result<T, ApiError>> + Send + Sync + 'static,
) -> Signal<Option<ApiError>> {
    let plain = reply_to(form).and_then(|reply| reply.error());
    Signal::derive(move || match value() {
        Some(answer) => answer.err(),
        None => plain.clone(),
    })
}

/// Shows it.
#[component]
pub fn Failed(
    /// See [`failure`].
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    move || error.get().map(|error| view! { <FailureNotice error /> })
}
