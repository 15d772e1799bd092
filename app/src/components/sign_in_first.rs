//! Pages that are mine alone: who is not signed in is led to signing in, and back.

use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};
use market::Refusal;

use super::FailureNotice;
use crate::{api::ApiError, paths};

/// In place of a page that could not be read: without a session the way to sign in (on the server a
/// redirect), else the reason.
#[component]
pub fn SignInFirst(
    /// What the page was answered.
    error: ApiError,
) -> impl IntoView {
    let location = use_location();
    if error.refusal() != Some(&Refusal::NoSession) {
        return view! { <FailureNotice error /> }.into_any();
    }
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let here = if search.is_empty() { path } else { format!("{path}?{search}") };
    view! { <Redirect path=paths::sign_in_then(&here) /> }.into_any()
}
