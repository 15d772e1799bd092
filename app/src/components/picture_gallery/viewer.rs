//! The pictures as large as the screen, over the page.

use leptos::{html, prelude::*};
use market::PictureId;

use super::{super::Icon, alt, strip::Strip};
use crate::components::picture::{FULL, Photo};

/// The dialog. It holds nothing until it is opened, and ends where the page's own strip then stands.
#[component]
pub fn Viewer(
    /// In the seller's order.
    pictures: Vec<PictureId>,
    /// The auction's title.
    title: StoredValue<String>,
    /// From which picture on it is open.
    opened: RwSignal<Option<usize>>,
    /// The page's own strip.
    strip: Strip,
) -> impl IntoView {
    let pictures = StoredValue::new(pictures);
    let large = Strip::new(strip.count);
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(from), Some(dialog)) = (opened.get(), dialog.get()) else { return };
        // Fails for a dialog that is open already, which is as it should be.
        let _ = dialog.show_modal();
        large.at.set(from);
        // It has no width before it is laid out.
        request_animation_frame(move || large.show(from));
    });
    let closed = move |_| {
        strip.show(large.at.get_untracked());
        opened.set(None);
    };
    view! {
        <dialog
            class="viewer"
            aria-label=tr!(common.pictures.viewer)
            node_ref=dialog
            on:close=closed
            on:keydown=move |event| large.press(&event)
        >
            {move || opened.get().map(|from| view! { <Large pictures title strip=large from /> })}
        </dialog>
    }
}

#[component]
fn Large(
    pictures: StoredValue<Vec<PictureId>>,
    title: StoredValue<String>,
    strip: Strip,
    from: usize,
) -> impl IntoView {
    let slides = pictures.get_value().into_iter().enumerate().map(|(index, picture)| {
        view! {
            <div>
                <Photo picture alt=alt(title, index) sizes=FULL first=index == from />
            </div>
        }
    });
    view! {
        <div class="viewer-head">
            <p class="num" role="status">
                {move || format!("{} / {}", strip.at.get() + 1, strip.count)}
            </p>
            <form method="dialog">
                <button class="btn-icon" aria-label=tr!(common.pictures.close)>
                    <Icon name="close" size="is-l" />
                </button>
            </form>
        </div>
        <div class="gallery-strip" tabindex="0" node_ref=strip.node on:scroll=move |_| strip.moved()>
            {slides.collect_view()}
        </div>
        {(strip.count > 1).then(|| view! { <Steps strip /> })}
    }
}

/// For who has no finger to swipe with.
#[component]
fn Steps(strip: Strip) -> impl IntoView {
    let (first, last) = (move || strip.at.get() == 0, move || strip.at.get() + 1 == strip.count);
    view! {
        <button
            type="button"
            class="viewer-step"
            aria-label=tr!(common.pictures.previous)
            disabled=first
            on:click=move |_| strip.step(false)
        >
            <Icon name="left" size="is-l" />
        </button>
        <button
            type="button"
            class="viewer-step is-next"
            aria-label=tr!(common.pictures.next)
            disabled=last
            on:click=move |_| strip.step(true)
        >
            <Icon name="right" size="is-l" />
        </button>
    }
}
