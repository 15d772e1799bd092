//! An auction's picture, or the illustration that stands in for it.

use leptos::prelude::*;
use market::{PictureId, view::PICTURE_WIDTHS};

use super::Art;
use crate::paths;

/// How wide a picture on a card is shown: half a phone's screen, a quarter of the page.
pub const ON_A_CARD: &str = "(max-width: 799px) 50vw, (max-width: 1099px) 33vw, 285px";
/// How wide a picture in a row is shown.
pub const IN_A_ROW: &str = "96px";
/// How wide a picture in a conversation is shown.
const IN_A_BUBBLE: &str = "240px";
/// As wide as the screen.
pub const FULL: &str = "100vw";
/// How wide a large picture is shown beside words.
pub const BESIDE: &str = "(max-width: 799px) 100vw, 736px";

/// The picture in the width that suits the screen, or the illustration. The box around it has its own shape,
/// so nothing jumps when it comes.
#[component]
pub fn Thumb(
    /// The picture, if there is one.
    cover: Option<PictureId>,
    /// The illustration that stands in, by its name in `public/art`.
    #[prop(into)]
    art: String,
    /// What is on the picture: the auction's title. The illustration says nothing, so it needs no words.
    #[prop(into)]
    alt: String,
    /// How wide it is shown, as the attribute `sizes` says it.
    sizes: &'static str,
    /// Large pictures at the top are loaded first, those further down when they come near.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    match cover {
        Some(picture) => view! { <Photo picture alt sizes first /> }.into_any(),
        None => view! { <Art name=art first /> }.into_any(),
    }
}

/// A picture in the width that suits the screen.
#[component]
pub fn Photo(
    /// Which.
    picture: PictureId,
    /// What is on it.
    #[prop(into)]
    alt: String,
    /// How wide it is shown, as the attribute `sizes` says it.
    sizes: &'static str,
    /// Large pictures at the top are loaded first, those further down when they come near.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let loading = if first { "eager" } else { "lazy" };
    let [small, middle, _] = PICTURE_WIDTHS;
    // A narrow picture is stored smaller than its name says; `sizes` decides how wide it is drawn.
    let sources = PICTURE_WIDTHS.map(|width| format!("{} {width}w", paths::picture(picture.as_str(), width)));
    let fallback = paths::picture(picture.as_str(), if sizes == IN_A_ROW { small } else { middle });
    view! {
        <img
            src=fallback
            srcset=sources.join(", ")
            sizes=sizes
            alt=alt
            width="800"
            height="700"
            loading=loading
            fetchpriority=first.then_some("high")
            decoding="async"
        />
    }
}

/// A picture that was said in a conversation: small; a press shows it large.
#[component]
pub fn BubblePicture(
    /// Which.
    picture: PictureId,
    /// Whose it is.
    alt: String,
) -> impl IntoView {
    let [.., large] = PICTURE_WIDTHS;
    let href = paths::picture(picture.as_str(), large);
    view! {
        <a class="bubble-picture" href=href rel="external">
            <Photo picture alt sizes=IN_A_BUBBLE />
        </a>
    }
}
