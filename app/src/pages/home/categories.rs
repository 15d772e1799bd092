//! The categories: one tap to another part of the market, with the other filters kept.

use leptos::prelude::*;
use market::view::{Category, ListQuery};

use super::query::Narrowing;
use crate::{
    components::{chips::chosen_in_sight, goods_words::category_name},
    paths,
};

/// The row of chips.
#[component]
pub fn Categories(
    /// All of them.
    categories: Vec<Category>,
    /// What is shown.
    query: ListQuery,
) -> impl IntoView {
    let row = chosen_in_sight();
    let link = |slug: &str, name: String| {
        let current = (query.category == slug).then_some("page");
        let address = paths::list(&Narrowing::Category.to(&query, slug));
        view! {
            <li>
                <a class="chip" href=address aria-current=current>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav class="section" aria-label=tr!(home.categories.label)>
            <ul class="chips" node_ref=row>
                {link("", tr!(home.categories.all).to_owned())}
                {categories
                    .iter()
                    .map(|category| link(&category.slug, category_name(category).to_owned()))
                    .collect_view()}
            </ul>
        </nav>
    }
}
