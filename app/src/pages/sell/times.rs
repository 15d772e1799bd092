//! From when and until when.

use leptos::prelude::*;
use market::{
    opening::{Draft, OFFERED_MINUTES},
    text::day_time,
};

use super::{choices::Pills, filling::Filling, inputs::TimeInput, soft_close::SoftClose};

/// As the form calls a start to come.
const SCHEDULED: &str = "scheduled";
/// As the form calls an end of its own.
const EXACT: &str = "exact";

/// Start, end, and what a late bid does.
#[component]
pub fn Times(filling: Filling) -> impl IntoView {
    view! {
        <section class="form-section">
            <h2>{tr!(sell.times.heading)}</h2>
            <div class="form-stack">
                <Start filling />
                <End filling />
                <SoftClose filling />
            </div>
        </section>
    }
}

/// Now or later; a start in the past stays.
#[component]
fn Start(filling: Filling) -> impl IntoView {
    let (check, draft) = (filling.check, filling.first.get_value());
    if let Some(opened) = filling.opened.filter(|_| filling.has_started()) {
        let since = tr!(sell.times.started, time = day_time(opened.starts_at)).to_string();
        return view! {
            <div class="field">
                <p class="label">{tr!(sell.times.start)}</p>
                <p>{since}</p>
            </div>
        }
        .into_any();
    }
    let chosen = if draft.start.is_empty() { "now".to_owned() } else { draft.start };
    let options =
        vec![("now".to_owned(), tr!(sell.times.now)), (SCHEDULED.to_owned(), tr!(sell.times.scheduled))];
    view! {
        <div class="choice-more">
            <Pills
                name="start"
                legend=tr!(sell.times.start)
                chosen
                options
                opens=SCHEDULED
                fault=check.fault("start")
            />
            <div class="choice-rest">
                <TimeInput
                    name="starts_at"
                    label=tr!(sell.times.starts_at)
                    hint=tr!(sell.times.zone)
                    value=draft.starts_at
                    fault=check.fault("starts_at")
                />
            </div>
        </div>
    }
    .into_any()
}

/// A length, or an exact end; what it comes to.
#[component]
fn End(filling: Filling) -> impl IntoView {
    let (check, draft) = (filling.check, filling.first.get_value());
    let (opened, now) = (filling.opened, filling.now);
    let ends_at = check.part(move |draft: &Draft| draft.schedule(now, opened).map(|(_, end)| end));
    let comes_to =
        move || ends_at.get().map(|end| tr!(sell.times.comes_to, time = day_time(end)).to_string());
    let chosen = if draft.duration.is_empty() { EXACT.to_owned() } else { draft.duration };
    view! {
        <div class="choice-more">
            <Pills
                name="duration"
                legend=tr!(sell.times.duration)
                chosen
                options=lengths()
                opens=EXACT
                fault=check.fault("duration")
            />
            <div class="choice-rest">
                <TimeInput
                    name="ends_at"
                    label=tr!(sell.times.end)
                    hint=tr!(sell.times.end_hint)
                    value=draft.ends_at
                    fault=check.fault("ends_at")
                />
            </div>
            <p class="hint" aria-live="polite">
                {comes_to}
            </p>
        </div>
    }
}

fn lengths() -> Vec<(String, &'static str)> {
    let words = [
        tr!(sell.times.hour),
        tr!(sell.times.day),
        tr!(sell.times.three_days),
        tr!(sell.times.week),
        tr!(sell.times.fortnight),
    ];
    let offered = OFFERED_MINUTES.iter().map(ToString::to_string).zip(words);
    offered.chain([(EXACT.to_owned(), tr!(sell.times.exact))]).collect()
}
