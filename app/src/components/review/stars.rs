//! Stars: five of them, so many filled.

use leptos::prelude::*;
use market::review::{self, BEST};

use crate::components::{Icon, field::FieldFault};

/// What a number of stars says.
#[must_use]
pub fn word(stars: u8) -> &'static str {
    match stars {
        1 => tr!(reviews.word.bad),
        2 => tr!(reviews.word.poor),
        3 => tr!(reviews.word.fair),
        4 => tr!(reviews.word.good),
        _ => tr!(reviews.word.best),
    }
}

/// So many stars, read out as a number.
#[component]
pub fn Stars(
    /// How many.
    stars: review::Stars,
) -> impl IntoView {
    let label = tr!(reviews.of_five, best = BEST, stars = stars.get()).to_string();
    let star = |number: u8| {
        let size = if number <= stars.get() { "" } else { "is-off" };
        view! { <Icon name="star" size=size /> }
    };
    view! {
        <span class="stars" role="img" aria-label=label>
            {(1..=BEST).map(star).collect_view()}
        </span>
    }
}

/// Giving stars: radio buttons that look like stars, by pointer and by keys, without scripts too. The form
/// gets `stars`.
#[component]
pub fn StarInput(
    /// What is chosen at first.
    chosen: Option<review::Stars>,
    /// What is wrong with it.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    let choice = move |number: u8| {
        let label = tr!(reviews.choice, stars = number, word = word(number)).to_string();
        let checked = chosen.is_some_and(|chosen| chosen.get() == number);
        view! {
            <label>
                <input
                    type="radio"
                    name="stars"
                    value=number.to_string()
                    checked=checked
                    required
                    aria-label=label
                    aria-describedby=move || fault.get().map(|_| "stars-fault")
                />
                <Icon name="star" size="is-l" />
            </label>
        }
    };
    view! {
        <fieldset class="field" class:is-wrong=move || fault.get().is_some()>
            <legend class="label">{tr!(reviews.stars)}</legend>
            <div class="star-input">
                {(1..=BEST).map(choice).collect_view()}
                <p aria-hidden="true">
                    {(1..=BEST).map(|number| view! { <span>{word(number)}</span> }).collect_view()}
                </p>
            </div>
            <FieldFault id="stars" fault />
        </fieldset>
    }
}
