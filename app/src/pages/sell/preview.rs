//! The card as buyers will see it, while it is being filled in.

use leptos::prelude::*;
use market::{
    Instant, Money,
    opening::{Draft, Reach},
    text,
    view::{Category, Region},
};

use crate::{
    components::{Art, Icon, MoneyText, form_check::FormCheck},
    language::language,
};

/// What is pictured until a category is chosen.
const NO_CATEGORY: &str = "misc";

/// The preview.
#[component]
pub fn Preview(
    check: FormCheck<Draft>,
    categories: StoredValue<Vec<Category>>,
    /// The seller's neighbourhood.
    home: Option<Region>,
    /// The page's time.
    now: Instant,
) -> impl IntoView {
    let art = check.part(move |draft| art_of(categories, &draft.category));
    let title = check.part(|draft| draft.title.trim().to_owned());
    let left = check.part(move |draft| time_left(draft, now));
    view! {
        <aside class="aside" aria-label=tr!(sell.preview.heading)>
            <p class="label">{tr!(sell.preview.heading)}</p>
            <div class="card">
                <div class="card-media">
                    {move || view! { <Art name=art.get() first=true /> }}
                    <Badge check home />
                    {move || left.get().map(|left| view! { <span class="card-left">{left}</span> })}
                </div>
                <p class="card-title">
                    {move || title.with(|title| if title.is_empty() { untitled() } else { title.clone() })}
                </p>
                <Price check />
                <p class="card-meta">{tr!(common.bids_and_watchers, bids = 0, watchers = 0).to_string()}</p>
            </div>
            <div class="notice">
                <Icon name="info" />
                <p>{tr!(sell.preview.no_fee)} " " {tr!(sell.preview.cancel)}</p>
            </div>
        </aside>
    }
}

fn untitled() -> String {
    tr!(sell.preview.untitled).to_owned()
}

/// The category's illustration stands for the thing.
fn art_of(categories: StoredValue<Vec<Category>>, slug: &str) -> String {
    let art = categories.try_with_value(|categories| {
        categories.iter().find(|category| category.slug == slug).map(|category| category.art.clone())
    });
    art.flatten().unwrap_or_else(|| NO_CATEGORY.to_owned())
}

/// How long it will run.
fn time_left(draft: &Draft, now: Instant) -> Option<String> {
    let start = text::parse_local(&draft.starts_at).unwrap_or(now).max(now);
    let end = text::parse_local(&draft.ends_at).filter(|end| *end > start)?;
    Some(text::left_short(end - start, language()))
}

#[component]
fn Badge(check: FormCheck<Draft>, home: Option<Region>) -> impl IntoView {
    let national = check.part(|draft| draft.reach == Reach::National.as_str());
    let place = check.part(move |draft| match &home {
        Some(home) if draft.region.is_empty() || draft.region == home.code => home.name.clone(),
        _ => tr!(common.neighbourhood).to_owned(),
    });
    move || {
        if national.get() {
            view! {
                <span class="badge">
                    <i class="live-dot"></i>
                    <span>{tr!(common.national_live)}</span>
                </span>
            }
            .into_any()
        } else {
            view! {
                <span class="badge">
                    <Icon name="pin" />
                    <span>{place.get()}</span>
                </span>
            }
            .into_any()
        }
    }
}

#[component]
fn Price(check: FormCheck<Draft>) -> impl IntoView {
    let price = check.part(|draft| Money::parse(&draft.start_price).filter(|price| price.is_positive()));
    view! {
        <p class="card-price">
            {move || price.get().map(|amount| view! { <MoneyText amount size="is-m" /> })}
            <span class="dim">{tr!(common.start_price)}</span>
        </p>
    }
}
