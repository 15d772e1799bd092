//! One of a few: pills for words, cards for what needs a sentence. One of them may open what else it needs,
//! without scripts too.

use leptos::prelude::*;

use crate::components::field::{FieldFault, described};

/// A choice with its sentence.
pub struct Card {
    /// As it is sent.
    pub value: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// A set of radio buttons with its legend and fault.
#[component]
fn ChoiceSet(
    name: &'static str,
    legend: &'static str,
    #[prop(into)] fault: Signal<Option<&'static str>>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset
            class="field"
            class:is-wrong=move || fault.get().is_some()
            aria-describedby=described(name, false, fault)
        >
            <legend class="label">{legend}</legend>
            {children()}
            <FieldFault id=name fault />
        </fieldset>
    }
}

/// Short words.
#[component]
pub fn Pills(
    /// The field.
    name: &'static str,
    /// What is asked.
    legend: &'static str,
    /// What is chosen at first.
    chosen: String,
    /// Values and words.
    options: Vec<(String, &'static str)>,
    /// The value that opens the rest of its [`Choice`].
    #[prop(optional)]
    opens: &'static str,
    /// What is wrong.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    let options = options.into_iter().map(move |(value, words)| {
        let (checked, class) = (value == chosen, opener(&value, opens));
        view! {
            <label class="pill">
                <input type="radio" class=class name=name value=value checked=checked required />
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <ChoiceSet name legend fault>
            <div class="pills">{options.collect_view()}</div>
        </ChoiceSet>
    }
}

/// Whole sentences.
#[component]
pub fn OptionCards(
    /// The field.
    name: &'static str,
    /// What is asked.
    legend: &'static str,
    /// What is chosen at first.
    chosen: String,
    /// The cards.
    cards: Vec<Card>,
    /// The value that opens the rest of its [`Choice`].
    #[prop(optional)]
    opens: &'static str,
    /// What is wrong.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    let cards = cards.into_iter().map(move |card| {
        let (checked, class) = (card.value == chosen, opener(card.value, opens));
        view! {
            <label class="option-card">
                <input type="radio" class=class name=name value=card.value checked=checked required />
                <b>{card.title}</b>
                <small>{card.text}</small>
            </label>
        }
    });
    view! {
        <ChoiceSet name legend fault>
            <div class="option-cards">{cards.collect_view()}</div>
        </ChoiceSet>
    }
}

/// What the style sheet knows the opening choice by.
pub fn opener(value: &str, opens: &str) -> Option<&'static str> {
    (!opens.is_empty() && value == opens).then_some("opens")
}
