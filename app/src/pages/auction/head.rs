//! What is sold: picture, badges, title, words; sharing and watching it.

use leptos::prelude::*;
use market::{
    live::Phase,
    opening::Reach,
    view::{Category, ListQuery},
};

use super::{here::Here, share::ShareButton, stand::Stand};
use crate::{
    components::{
        Additions, Icon, PictureGallery,
        goods_words::{category_name, condition_name, shipping_name},
        watch::WatchHeart,
    },
    paths,
};

/// Where one is: the market, the category.
#[component]
pub fn Crumbs(category: Category) -> impl IntoView {
    let name = category_name(&category).to_owned();
    let list = paths::list(&ListQuery { category: category.slug, ..ListQuery::default() });
    view! {
        <nav aria-label=tr!(auction.head.crumbs)>
            <ol class="crumbs">
                <li>
                    <a href=paths::HOME>{tr!(auction.head.home)}</a>
                </li>
                <li>
                    <a href=list>{name}</a>
                </li>
            </ol>
        </nav>
    }
}

/// Picture, head and description.
#[component]
pub fn Lead(here: Here) -> impl IntoView {
    let about = here.about.get_value();
    let shipping = shipping_name(about.shipping);
    let region = about.region.full_name;
    let watchers = move || tr!(auction.head.watchers, number = here.watchers.get()).to_string();
    view! {
        <div class="auction-lead">
            <PictureGallery pictures=about.pictures art=about.art title=about.title.clone() />
            <div class="auction-head">
                <div>
                    <div class="auction-badges">
                        <ReachBadge here region=about.region.name />
                        <span class="badge">{condition_name(about.condition)}</span>
                    </div>
                    <h1>{about.title.clone()}</h1>
                    <ul class="auction-meta dotted">
                        <li>{shipping}</li>
                        <li>{region}</li>
                        <li>{watchers}</li>
                    </ul>
                </div>
                <div>
                    <ShareButton title=about.title.clone() />
                    <Heart here title=about.title />
                </div>
            </div>
            <div class="prose whitespace-pre-line">{about.description}</div>
            <Additions auction=here.id />
        </div>
    }
}

/// Where it is shown, or how it stands when it does not run.
#[component]
fn ReachBadge(here: Here, region: String) -> impl IntoView {
    let national = here.reach == Reach::National;
    move || match here.phase.get() {
        Phase::Scheduled => view! {
            <span class="badge">
                <Icon name="clock" />
                {tr!(common.standing.scheduled)}
            </span>
        }
        .into_any(),
        Phase::Over(_) => view! { <span class="badge">{tr!(common.standing.over)}</span> }.into_any(),
        Phase::Running | Phase::Closing if national => view! {
            <span class="badge is-live">
                <i class="live-dot"></i>
                {tr!(common.national_live)}
            </span>
        }
        .into_any(),
        Phase::Running | Phase::Closing => view! {
            <span class="badge">
                <Icon name="pin" />
                {format!("{} · {region}", tr!(common.neighbourhood))}
            </span>
        }
        .into_any(),
    }
}

/// Watching needs somebody who watches.
#[component]
fn Heart(here: Here, title: String) -> impl IntoView {
    if here.stand.get_untracked() == Stand::Visitor {
        let label = tr!(common.watch_auction, title = title).to_string();
        view! {
            <a class="btn-icon" href=paths::sign_in_then(&here.path()) aria-label=label>
                <Icon name="heart" size="is-l" />
            </a>
        }
        .into_any()
    } else {
        let watching = here.watching();
        view! { <WatchHeart id=here.id title watching class="btn-icon" /> }.into_any()
    }
}
