//! For how much.

use leptos::prelude::*;
use market::{Increment, Money, increment::OFFERED_UNITS, opening::Draft};

use super::{choices::opener, filling::Filling, inputs::MoneyInput, ladder::Steps};
use crate::{
    components::{Field, field::described},
    language::won,
};

/// As the form calls the offered ladder.
const LADDER: &str = "ladder";

/// Start price, increment, buy-now price, reserve.
#[component]
pub fn Price(filling: Filling) -> impl IntoView {
    let (check, draft) = (filling.check, filling.first.get_value());
    view! {
        <section class="form-section">
            <h2>{tr!(sell.price.heading)}</h2>
            <div class="form-stack">
                <MoneyInput
                    name="start_price"
                    label=tr!(sell.price.start)
                    hint=tr!(sell.price.start_hint)
                    value=draft.start_price
                    check
                />
                <div class="choice-more">
                    <IncrementSelect chosen=draft.increment fault=check.fault("increment") />
                    <div class="choice-rest">
                        <Steps increment=check.part(Draft::increment) />
                    </div>
                </div>
                <div class="field-grid">
                    <MoneyInput
                        name="buy_now"
                        label=tr!(sell.price.buy_now)
                        hint=tr!(sell.price.buy_now_hint)
                        value=draft.buy_now
                        check
                        optional=true
                    />
                    <MoneyInput
                        name="reserve"
                        label=tr!(sell.price.reserve)
                        hint=tr!(sell.price.reserve_hint)
                        value=draft.reserve
                        check
                        optional=true
                    />
                </div>
            </div>
        </section>
    }
}

/// The offered units and the ladder; what an auction that is edited has besides is there too.
#[component]
fn IncrementSelect(chosen: String, fault: Signal<Option<&'static str>>) -> impl IntoView {
    let offered = OFFERED_UNITS.map(|unit| (unit.to_string(), won(Money::won(unit))));
    let other = other(&chosen, offered.iter().any(|(value, _)| *value == chosen));
    let units = offered.into_iter().chain(other).map(|(value, words)| {
        let (selected, class) = (value == chosen, value.contains(':').then_some("opens"));
        view! {
            <option class=class value=value selected=selected>
                {words}
            </option>
        }
    });
    let units = units.collect_view();
    view! {
        <Field id="increment" label=tr!(sell.price.increment) hint=tr!(sell.price.increment_hint) fault>
            <select
                class="select"
                id="increment"
                name="increment"
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described("increment", true, fault)
            >
                {units}
                <option class=opener(LADDER, LADDER) value=LADDER selected=chosen == LADDER>
                    {tr!(sell.price.ladder)}
                </option>
            </select>
        </Field>
    }
}

/// What is chosen and not offered, if it is an increment at all.
fn other(chosen: &str, offered: bool) -> Option<(String, String)> {
    if offered || chosen.is_empty() || chosen == LADDER {
        return None;
    }
    let draft = Draft { increment: chosen.to_owned(), ..Draft::default() };
    match draft.increment()? {
        Increment::Fixed { unit } => Some((chosen.to_owned(), won(unit))),
        Increment::Ladder { .. } => Some((chosen.to_owned(), tr!(sell.price.own_ladder).to_owned())),
    }
}
