//! The books do not add up: staff see it on every page, until they do again.

use leptos::prelude::*;
use market::{text, view::AuditAlarm};

use super::ledger::invariant_name;
use crate::{app::session, components::Icon, paths};

/// Below the header; nothing while all is well, and nothing for who is not of the staff.
#[component]
pub fn AuditBanner() -> impl IntoView {
    let session = session();
    view! {
        <Transition>
            {move || session.me().and_then(|me| me.alarm).map(|alarm| view! { <Alarm alarm /> })}
        </Transition>
    }
}

#[component]
fn Alarm(alarm: AuditAlarm) -> impl IntoView {
    let more = tr!(
        figures.alarm.more,
        count = alarm.violations,
        invariant = invariant_name(alarm.invariant),
        since = text::day_time(alarm.since)
    )
    .to_string();
    let reference = tr!(figures.alarm.reference, reference = alarm.reference).to_string();
    view! {
        <section class="wrap audit-alarm" aria-label=tr!(figures.alarm.label)>
            <div class="notice is-bad" role="alert">
                <Icon name="alert" />
                <p>
                    <b>{tr!(figures.alarm.title)}</b>
                    " "
                    {more}
                    " "
                    <a class="text-link" href=paths::ADMIN_LEDGER>
                        {tr!(figures.alarm.look)}
                    </a>
                    " "
                    <span class="num">{reference}</span>
                </p>
            </div>
        </section>
    }
}
