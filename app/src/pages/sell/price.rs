//! For how much.

use leptos::prelude::*;
use market::{Money, increment::OFFERED_UNITS, opening::Draft, text};

use crate::{
    components::{Field, field::described, form_check::FormCheck},
    language::won,
};

/// Start price, increment, buy-now price, reserve.
#[component]
pub fn Price(check: FormCheck<Draft>, first: StoredValue<Draft>) -> impl IntoView {
    let draft = first.get_value();
    view! {
        <section class="form-section">
            <h2>{tr!(sell.price.heading)}</h2>
            <div class="form-stack">
                <div class="field-grid">
                    <MoneyInput
                        name="start_price"
                        label=tr!(sell.price.start)
                        value=draft.start_price
                        fault=check.fault("start_price")
                    />
                    <IncrementSelect chosen=draft.increment fault=check.fault("increment") />
                    <MoneyInput
                        name="buy_now"
                        label=tr!(sell.price.buy_now)
                        hint=tr!(sell.price.buy_now_hint)
                        value=draft.buy_now
                        fault=check.fault("buy_now")
                        optional=true
                    />
                    <MoneyInput
                        name="reserve"
                        label=tr!(sell.price.reserve)
                        hint=tr!(sell.price.reserve_hint)
                        value=draft.reserve
                        fault=check.fault("reserve")
                        optional=true
                    />
                </div>
            </div>
        </section>
    }
}

/// An amount; grouped by thousands as soon as it is left.
#[component]
fn MoneyInput(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: String,
    fault: Signal<Option<&'static str>>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    view! {
        <Field id=name label=label hint=hint fault optional>
            <div class="input-group">
                <input
                    id=name
                    name=name
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="24"
                    required=!optional
                    value=value
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=described(name, !hint.is_empty(), fault)
                    on:change:target=move |event| {
                        let amount = Money::parse(&event.target().value());
                        if let Some(amount) = amount.filter(|amount| amount.is_positive()) {
                            event.target().set_value(&text::digits(amount));
                        }
                    }
                />
                <span class="unit">{tr!(sell.price.unit)}</span>
            </div>
        </Field>
    }
}

#[component]
fn IncrementSelect(chosen: String, fault: Signal<Option<&'static str>>) -> impl IntoView {
    let units = OFFERED_UNITS.map(|unit| {
        let value = unit.to_string();
        let selected = value == chosen;
        view! { <option value=value selected=selected>{won(Money::won(unit))}</option> }
    });
    let ladder = chosen == "ladder";
    view! {
        <Field id="increment" label=tr!(sell.price.increment) hint=tr!(sell.price.increment_hint) fault>
            <select
                class="select"
                id="increment"
                name="increment"
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described("increment", true, fault)
            >
                {units.into_iter().collect_view()}
                <option value="ladder" selected=ladder>
                    {tr!(sell.price.ladder)}
                </option>
            </select>
        </Field>
    }
}
