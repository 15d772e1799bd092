//! To whom, and when the money comes.

use leptos::prelude::*;
use market::opening::{Draft, Reach};

use super::choices::{Card, OptionCards};
use crate::components::form_check::FormCheck;

/// Reach and settlement.
#[component]
pub fn ReachAndSettlement(check: FormCheck<Draft>, first: StoredValue<Draft>) -> impl IntoView {
    let draft = first.get_value();
    view! {
        <section class="form-section">
            <h2>{tr!(sell.reach.heading)}</h2>
            <div class="form-stack">
                <OptionCards
                    name="reach"
                    legend=tr!(sell.reach.legend)
                    chosen=draft.reach
                    cards=reaches()
                    fault=check.fault("reach")
                />
                <OptionCards
                    name="settlement"
                    legend=tr!(sell.settlement.legend)
                    chosen=draft.settlement
                    cards=settlements()
                    fault=check.fault("settlement")
                />
            </div>
        </section>
    }
}

fn reaches() -> Vec<Card> {
    vec![
        Card {
            value: Reach::National.as_str(),
            title: tr!(common.national_live),
            text: tr!(sell.reach.national_text),
        },
        Card {
            value: Reach::Neighbourhood.as_str(),
            title: tr!(common.neighbourhood),
            text: tr!(sell.reach.neighbourhood_text),
        },
    ]
}

fn settlements() -> Vec<Card> {
    vec![
        Card {
            value: "on_close",
            title: tr!(sell.settlement.on_close),
            text: tr!(sell.settlement.on_close_text),
        },
        Card {
            value: "on_handover",
            title: tr!(sell.settlement.on_handover),
            text: tr!(sell.settlement.on_handover_text),
        },
    ]
}
