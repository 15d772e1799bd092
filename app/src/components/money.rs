//! Amounts, in tabular figures.

use leptos::{html, prelude::*};
use market::{
    Money,
    text::{self, Language},
};

use crate::language::language;

/// `1,294,000원`, the unit smaller. Sizes: `is-s`, `is-m`, `is-l`, `is-xl`; `is-plus` for money that came in.
#[component]
pub fn MoneyText(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// More classes.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    figures(amount, classes(size), NodeRef::new())
}

/// A price that moves: a new one slides in and tints once. Who asked for less motion sees it change, no more.
#[component]
pub fn PriceText(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// More classes.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    Effect::new(move |before: Option<Money>| {
        let now = amount.get();
        if before.is_some_and(|before| before != now)
            && let Some(span) = node.get_untracked()
        {
            span.set_class_name(&classes(size));
            // Asking for the width makes the browser see the class gone; set again, it plays again.
            let _ = span.offset_width();
            span.set_class_name(&format!("{} price-flash", classes(size)));
        }
        now
    });
    figures(amount, classes(size), node)
}

fn classes(size: &str) -> String {
    if size.is_empty() { "money".to_owned() } else { format!("money {size}") }
}

fn figures(amount: Signal<Money>, class: String, node: NodeRef<html::Span>) -> AnyView {
    let digits = move || text::digits(amount.get());
    match language() {
        Language::Ko => {
            view! { <span node_ref=node class=class>{digits}<small>"원"</small></span> }.into_any()
        }
        Language::En => {
            view! { <span node_ref=node class=class><small>"₩"</small>{digits}</span> }.into_any()
        }
    }
}
