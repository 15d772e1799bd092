//! The pictures of an auction: one large, the others to swipe to; all of them as large as the screen.
//!
//! Served, it is a strip that snaps, with links: to each picture in the strip, and from each to its file.
//! With scripts the arrow keys move too, and the file opens in a dialog over the page.

mod strip;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod viewer;

use leptos::{ev, prelude::*};
use market::PictureId;

use self::{strip::Strip, viewer::Viewer};
use super::{
    Art,
    picture::{BESIDE, IN_A_ROW, Photo},
};
use crate::paths;

/// All pictures; without any, the illustration.
#[component]
pub fn PictureGallery(
    /// In the seller's order.
    pictures: Vec<PictureId>,
    /// The illustration that stands in, by its name in `public/art`.
    #[prop(into)]
    art: String,
    /// The auction's title.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    if pictures.is_empty() {
        return view! {
            <div class="gallery">
                <div class="gallery-strip">
                    <div>
                        <Art name=art first=true />
                    </div>
                </div>
            </div>
        }
        .into_any();
    }
    let strip = Strip::new(pictures.len());
    let opened = RwSignal::new(None::<usize>);
    let title = StoredValue::new(title);
    let label = tr!(common.pictures.group, count = strip.count).to_string();
    let slides = pictures.iter().enumerate().map(|(index, picture)| {
        view! { <Slide picture=picture.clone() index title strip opened /> }
    });
    let slides = slides.collect_view();
    view! {
        <div class="gallery" role="group" aria-label=label on:keydown=move |event| strip.press(&event)>
            <div class="gallery-strip" node_ref=strip.node on:scroll=move |_| strip.moved()>
                {slides}
            </div>
            <p class="sr-only" role="status">
                {move || {
                    tr!(common.pictures.now, number = strip.at.get() + 1, count = strip.count).to_string()
                }}
            </p>
        </div>
        {(strip.count > 1).then(|| view! { <Thumbs pictures=pictures.clone() strip /> })}
        <Viewer pictures title opened strip />
    }
    .into_any()
}

/// The anchor of a picture in the strip.
fn anchor(index: usize) -> String {
    format!("picture-{}", index + 1)
}

/// One picture of the strip. It leads to its file, and says which of how many it is: without scripts nobody
/// else could.
#[component]
fn Slide(
    picture: PictureId,
    index: usize,
    title: StoredValue<String>,
    strip: Strip,
    opened: RwSignal<Option<usize>>,
) -> impl IntoView {
    let [_, _, widest] = market::view::PICTURE_WIDTHS;
    let file = paths::picture(picture.as_str(), widest);
    let (number, count) = (index + 1, strip.count);
    let label =
        title.with_value(|title| tr!(common.pictures.enlarge, title = title, number = number).to_string());
    let open = move |event: ev::MouseEvent| {
        let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if event.button() == 0 && !elsewhere {
            event.prevent_default();
            opened.set(Some(index));
        }
    };
    view! {
        <div id=anchor(index)>
            // A file, not a page: the router has nothing to do with it.
            <a href=file rel="external" aria-label=label on:click=open>
                <Photo picture alt=alt(title, index) sizes=BESIDE first=index == 0 />
            </a>
            {(count > 1)
                .then(|| view! { <span class="gallery-count">{format!("{number} / {count}")}</span> })}
        </div>
    }
}

/// What is on a picture, as far as anybody knows.
fn alt(title: StoredValue<String>, index: usize) -> String {
    title.with_value(|title| tr!(common.pictures.alt, title = title, number = index + 1).to_string())
}

/// All pictures, small, each a link to where it stands in the strip.
#[component]
fn Thumbs(pictures: Vec<PictureId>, strip: Strip) -> impl IntoView {
    let links = pictures.into_iter().enumerate().map(|(index, picture)| {
        let label = tr!(common.pictures.show, number = index + 1).to_string();
        let show = move |event: ev::MouseEvent| {
            event.prevent_default();
            strip.show(index);
        };
        view! {
            <a
                href=format!("#{}", anchor(index))
                aria-label=label
                aria-current=move || (strip.at.get() == index).then_some("true")
                on:click=show
            >
                <Photo picture alt="" sizes=IN_A_ROW />
            </a>
        }
    });
    view! {
        <nav class="thumbs" aria-label=tr!(common.pictures.choose)>
            {links.collect_view()}
        </nav>
    }
}
