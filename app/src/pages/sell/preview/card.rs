//! The card in the lists.

use leptos::prelude::*;
use market::{
    Instant,
    opening::{Draft, Opened, Reach},
    text::{day_time, left_short},
};

use super::{Cover, title_of};
use crate::{
    components::{Icon, MoneyText, picture::ON_A_CARD},
    i18n::bids_and_watchers,
    language::language,
    pages::sell::{draft::start_price, filling::Filling},
};

/// The card, as `components::card` draws it.
#[component]
pub fn CardPreview(filling: Filling) -> impl IntoView {
    let Filling { check, opened, now, .. } = filling;
    let title = check.part(title_of);
    let left = check.part(move |draft| time_left(draft, now, opened));
    let price = check.part(start_price);
    view! {
        <div class="card">
            <div class="card-media">
                <Cover filling sizes=ON_A_CARD />
                <Badge filling />
                {move || left.get().map(|left| view! { <span class="card-left">{left}</span> })}
            </div>
            <p class="card-title">{title}</p>
            <p class="card-price">
                {move || price.get().map(|amount| view! { <MoneyText amount size="is-m" /> })}
                <span class="dim">{tr!(common.start_price)}</span>
            </p>
            <p class="card-meta">{bids_and_watchers(0, 0)}</p>
        </div>
    }
}

/// How long it will run; of one that starts later, when.
fn time_left(draft: &Draft, now: Instant, opened: Option<Opened>) -> Option<String> {
    let (start, end) = draft.schedule(now, opened)?;
    if start > now {
        return Some(tr!(home.card.starts, time = day_time(start)).to_string());
    }
    (end > now).then(|| left_short(end - now, language()))
}

#[component]
fn Badge(filling: Filling) -> impl IntoView {
    let (check, home) = (filling.check, filling.home);
    let national = check.part(|draft| draft.reach == Reach::National.as_str());
    let place = check.part(move |draft| {
        let home = home.try_get_value().flatten();
        let at_home = home.filter(|home| draft.region.is_empty() || draft.region == home.code);
        at_home.map_or_else(|| tr!(common.neighbourhood).to_owned(), |home| home.name)
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
