//! The head of the auction's page.

use leptos::prelude::*;
use market::{
    Money,
    opening::{Condition, Draft, Opened, Shipping},
    text::day_time,
};

use super::{Cover, title_of};
use crate::{
    components::{
        MoneyText,
        goods_words::{condition_name, shipping_name},
        picture::BESIDE,
    },
    language::won,
    pages::sell::{draft::start_price, filling::Filling},
};

/// Picture, title, badges, and the figures of the panel.
#[component]
pub fn HeadPreview(filling: Filling) -> impl IntoView {
    let check = filling.check;
    let title = check.part(title_of);
    let condition = check.part(|draft| Condition::from_name(&draft.condition));
    let shipping = check.part(|draft| Shipping::from_name(&draft.shipping));
    let description = check.part(|draft| draft.description.trim().to_owned());
    let badge =
        move || condition.get().map(|known| view! { <span class="badge">{condition_name(known)}</span> });
    view! {
        <div class="box head-preview">
            <div class="head-preview-media">
                <Cover filling sizes=BESIDE />
            </div>
            <div class="auction-badges">{badge}</div>
            <p class="head-preview-title">{title}</p>
            <p class="auction-meta">{move || shipping.get().map(shipping_name)}</p>
            <Figures filling />
            <p class="prose whitespace-pre-line head-preview-text">{description}</p>
        </div>
    }
}

/// What stands in the panel before the first bid.
#[component]
fn Figures(filling: Filling) -> impl IntoView {
    let Filling { check, opened, now, .. } = filling;
    let price = check.part(start_price);
    let facts = check.part(move |draft| facts(draft, now, opened));
    let row = |(name, value): (&'static str, String)| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    };
    view! {
        <p class="figure">
            <span class="figure-label">{tr!(common.start_price)}</span>
            {move || price.get().map(|amount| view! { <MoneyText amount size="is-l" /> })}
        </p>
        <dl class="facts">{move || facts.get().into_iter().map(row).collect_view()}</dl>
    }
}

/// The end, the second bid, the purchase: as far as they can be read.
fn facts(draft: &Draft, now: market::Instant, opened: Option<Opened>) -> Vec<(&'static str, String)> {
    let schedule = draft.schedule(now, opened);
    let start = schedule.map(|(start, _)| start).filter(|start| *start > now);
    let step = draft.increment().zip(start_price(draft)).map(|(increment, price)| increment.step(price));
    let buy_now = Money::parse(&draft.buy_now).filter(|price| price.is_positive());
    [
        (tr!(sell.times.start), start.map(day_time)),
        (tr!(sell.times.end), schedule.map(|(_, end)| day_time(end))),
        (tr!(sell.price.increment), step.map(won)),
        (tr!(sell.price.buy_now), buy_now.map(won)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}
