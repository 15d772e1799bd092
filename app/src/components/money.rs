//! Amounts, in tabular figures.

use leptos::prelude::*;
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
    let class = if size.is_empty() { "money".to_owned() } else { format!("money {size}") };
    let digits = move || text::digits(amount.get());
    match language() {
        Language::Ko => view! { <span class=class>{digits}<small>"원"</small></span> }.into_any(),
        Language::En => view! { <span class=class><small>"₩"</small>{digits}</span> }.into_any(),
    }
}
