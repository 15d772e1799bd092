//! The way to report something to staff. The form is a page of its own: so it costs nothing where many things
//! can be reported, and works without scripts.

use leptos::prelude::*;
use market::view::ReportSubject;

use super::Icon;
use crate::paths;

/// Leads to the form of a report. Not for one's own things.
#[component]
pub fn ReportForm(
    /// What is reported.
    subject: ReportSubject,
) -> impl IntoView {
    view! {
        <a class="btn btn-quiet btn-s" href=paths::report(subject) rel="nofollow">
            <Icon name="flag" size="is-s" />
            {tr!(talk.report.open)}
        </a>
    }
}
