//! To whom, and when the money comes.

use leptos::prelude::*;
use market::opening::Reach;

use super::{
    choices::{Card, OptionCards},
    filling::Filling,
};

/// Reach and settlement.
#[component]
pub fn ReachAndSettlement(filling: Filling) -> impl IntoView {
    let (check, draft) = (filling.check, filling.first.get_value());
    view! {
        <section class="form-section">
            <h2>{tr!(sell.reach.heading)}</h2>
            <div class="form-stack">
                <ReachChoice filling />
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

/// What is national stays so.
#[component]
fn ReachChoice(filling: Filling) -> impl IntoView {
    let national = filling.opened.is_some_and(|opened| opened.reach == Reach::National);
    if national {
        return view! {
            <div class="field">
                <p class="label">{tr!(sell.reach.legend)}</p>
                <p>{tr!(sell.reach.stays_national)}</p>
                <input type="hidden" name="reach" value=Reach::National.as_str() />
            </div>
        }
        .into_any();
    }
    view! {
        <OptionCards
            name="reach"
            legend=tr!(sell.reach.legend)
            chosen=filling.first.get_value().reach
            cards=reaches()
            fault=filling.check.fault("reach")
        />
    }
    .into_any()
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
