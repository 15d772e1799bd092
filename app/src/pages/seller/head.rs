//! Who it is, and how far to trust him.

use leptos::prelude::*;
use market::{
    review::{BEST, Ratings, Stars},
    text::day,
    view::{ReportSubject, SellerPage},
};

use crate::{
    components::{BlockForm, Icon, ReportForm, review::name_of},
    paths,
};

/// Name, place and time; for who is signed in the way to report or to block, for himself to the settings.
#[component]
pub fn Head(page: SellerPage) -> impl IntoView {
    let name = name_of(&page.person);
    let initial: String = name.chars().take(1).collect();
    let since = tr!(reviews.since, day = day(page.since)).to_string();
    let place = if page.person.has_left { since } else { format!("{} · {since}", page.region.full_name) };
    let (mine, left) = (page.is_mine(), page.person.has_left);
    let may_act = page.viewer.is_some() && !mine && !left;
    view! {
        <div class="page-head">
            <div class="person">
                <span class="avatar is-l" aria-hidden="true">
                    {initial}
                </span>
                <div>
                    <h1>{name.clone()}</h1>
                    <p class="person-meta">{place}</p>
                </div>
            </div>
            {may_act
                .then(|| {
                    view! {
                        <div class="btn-row">
                            <ReportForm subject=ReportSubject::User(page.person.id) />
                            <BlockForm person=page.person.id nickname=name blocked=page.is_blocked />
                        </div>
                    }
                })}
            {mine
                .then(|| {
                    view! {
                        <a class="btn btn-ghost" href=paths::SETTINGS>
                            <Icon name="gear" />
                            {tr!(reviews.edit)}
                        </a>
                    }
                })}
        </div>
        {mine.then(|| view! { <p class="notice is-page">{tr!(reviews.me)}</p> })}
    }
}

/// The score as a seller, and how it came about. Who has no review yet is new, and has not 0.
#[component]
pub fn Trust(ratings: Ratings) -> impl IntoView {
    let count = ratings.count();
    let Some(score) = ratings.score() else {
        return view! {
            <section class="box" aria-labelledby="h-trust">
                <h2 id="h-trust">{tr!(reviews.fresh)}</h2>
                <p class="hint">{tr!(reviews.fresh_more)}</p>
            </section>
        }
        .into_any();
    };
    let line = move |number: u8| {
        let of = Stars::new(number).map_or(0, |stars| ratings.of(stars));
        let label = tr!(reviews.spread_count, stars = number, count = of).to_string();
        view! {
            <span class="dim" aria-hidden="true">
                {tr!(reviews.spread, stars = number).to_string()}
            </span>
            <progress max=count.to_string() value=of.to_string() aria-label=label></progress>
            <span class="num" aria-hidden="true">
                {of}
            </span>
        }
    };
    view! {
        <section class="box trust" aria-labelledby="h-trust">
            <div class="trust-score">
                <h2 class="dim" id="h-trust">
                    {tr!(reviews.score_of)}
                </h2>
                <b class="num">{score}</b>
                <span class="dim">{tr!(reviews.count, count = count).to_string()}</span>
            </div>
            <div class="score is-counted">{(1..=BEST).rev().map(line).collect_view()}</div>
            <p class="hint">{tr!(reviews.score_hint)}</p>
        </section>
    }
    .into_any()
}
