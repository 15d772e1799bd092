//! For who lost and for everybody else: it is over, and nobody is congratulated who has not won (defect V7).

use leptos::prelude::*;
use market::{auction::StatusCode, view::ListQuery};

use super::{super::stand::Stand, Here, PRIMARY, status};
use crate::{language::won, paths};

/// What came of it, where my money is, and where there is more of the kind.
#[component]
pub fn Ended(here: Here) -> impl IntoView {
    let (slug, seller) = here.about.with_value(|about| (about.category.slug.clone(), about.seller.id));
    let similar = paths::list(&ListQuery { category: slug, ..ListQuery::default() });
    let ghost = super::GHOST;
    view! {
        <p class="panel-note">{move || came_of_it(here)}</p>
        {move || {
            (here.stand.get() == Stand::Lost)
                .then(|| view! { <p class="panel-note">{my_money(here)}</p> })
        }}
        <div class="panel-foot">
            <a class=PRIMARY href=similar>
                {tr!(trade.public.similar)}
            </a>
            <a class=ghost href=paths::seller(seller)>
                {tr!(trade.public.seller)}
            </a>
        </div>
    }
}

fn came_of_it(here: Here) -> &'static str {
    match (status(here), here.stand.get()) {
        (Some(StatusCode::Cancelled), _) => tr!(trade.public.cancelled),
        (Some(StatusCode::Unsold), _) => tr!(trade.public.unsold),
        (Some(StatusCode::Refunded), _) => tr!(trade.public.refunded),
        (_, Stand::Lost) if was_bought(here) => tr!(trade.public.bought),
        (_, Stand::Lost) => tr!(trade.public.lost),
        _ => tr!(trade.public.ended),
    }
}

/// Only a purchase reaches the buy-now price.
fn was_bought(here: Here) -> bool {
    here.about.with_value(|about| about.buy_now.is_some_and(|price| here.price() >= price))
}

/// Nothing is held here any more; how much came back last.
fn my_money(here: Here) -> String {
    match here.after.with(|after| after.returned) {
        Some(amount) => tr!(trade.public.back, amount = won(amount)).to_string(),
        None => tr!(trade.public.nothing_held).to_owned(),
    }
}
