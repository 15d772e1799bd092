//! Until when.

use leptos::prelude::*;
use market::opening::Draft;

use super::choices::{Card, OptionCards};
use crate::components::{TextInput, form_check::FormCheck};

/// Start, end, and what a late bid does.
#[component]
pub fn Times(check: FormCheck<Draft>, first: StoredValue<Draft>) -> impl IntoView {
    let draft = first.get_value();
    view! {
        <section class="form-section">
            <h2>{tr!(sell.times.heading)}</h2>
            <div class="form-stack">
                <div class="field-grid">
                    <TextInput
                        name="starts_at"
                        kind="datetime-local"
                        label=tr!(sell.times.start)
                        hint=tr!(sell.times.start_hint)
                        value=draft.starts_at
                        fault=check.fault("starts_at")
                        optional=true
                    />
                    <TextInput
                        name="ends_at"
                        kind="datetime-local"
                        label=tr!(sell.times.end)
                        hint=tr!(sell.times.end_hint)
                        value=draft.ends_at
                        fault=check.fault("ends_at")
                    />
                </div>
                <OptionCards
                    name="soft_close"
                    legend=tr!(sell.times.soft_close)
                    chosen=draft.soft_close
                    cards=soft_closes()
                    fault=check.fault("soft_close")
                />
            </div>
        </section>
    }
}

fn soft_closes() -> Vec<Card> {
    vec![
        Card { value: "usual", title: tr!(sell.times.usual), text: tr!(sell.times.usual_text) },
        Card { value: "live_show", title: tr!(sell.times.live_show), text: tr!(sell.times.live_show_text) },
        Card { value: "none", title: tr!(sell.times.none), text: tr!(sell.times.none_text) },
    ]
}
