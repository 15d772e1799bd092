//! What a link to the page looks like where it is shared: title, price and picture (Open Graph).

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser as here;
#[cfg(feature = "ssr")]
use server as here;

use leptos::prelude::*;
use leptos_meta::Meta;
use market::{
    live::Phase,
    text,
    view::{About, AuctionPage},
};

use crate::{i18n::bids, language::won, paths};

/// The picture's width, in pixels.
const WIDTH: u32 = 800;

/// The lines in the document's head, as the page was read. Their text is escaped as attributes are.
#[component]
pub fn LinkPreview(page: AuctionPage) -> impl IntoView {
    let origin = here::origin();
    let words = words(&page);
    let image = format!("{origin}{}", image(&page.about));
    let address = format!("{origin}{}", paths::auction(page.state.id));
    let title = page.about.title;
    view! {
        <Meta name="description" content=words.clone() />
        <Meta property="og:type" content="website" />
        <Meta property="og:site_name" content=tr!(common.name) />
        <Meta property="og:url" content=address />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=words />
        <Meta property="og:image" content=image />
        <Meta name="twitter:card" content="summary_large_image" />
    }
}

/// The first picture, else the illustration.
fn image(about: &About) -> String {
    match about.pictures.first() {
        Some(picture) => paths::picture(picture.as_str(), WIDTH),
        None => paths::art(&about.art),
    }
}

/// `현재가 12,000원 · 입찰 3 · 11.22 20:44 마감`; never more than everybody sees.
fn words(page: &AuctionPage) -> String {
    let state = &page.state;
    let price = if state.price.is_zero() {
        tr!(auction.preview.start, amount = won(page.about.start_price)).to_string()
    } else if state.winner.is_some() {
        tr!(auction.preview.sold, amount = won(state.price)).to_string()
    } else {
        tr!(auction.preview.price, amount = won(state.price), bids = bids(state.bid_count)).to_string()
    };
    let end = match state.phase(page.now) {
        Phase::Over(_) => tr!(auction.preview.over).to_owned(),
        _ => tr!(auction.preview.ends, at = text::day_time(state.ends_at)).to_string(),
    };
    format!("{price} · {end}")
}
