//! One picture of the tray.

use leptos::prelude::*;

use super::{
    ADD,
    events::focus_one_of,
    tray::{Photo, Standing, Tray},
};
use crate::{components::Icon, paths};

/// The picture, or how far it is; its place can be changed by dragging, and by buttons for thumbs and keys.
#[component]
pub fn Item(tray: Tray, photo: Photo) -> impl IntoView {
    let number = photo.number;
    let place = Memo::new(move |_| tray.place(number).unwrap_or_default());
    let label = move || tr!(sell.photos.name, number = place.get() + 1).to_string();
    view! {
        <li
            class="photo"
            class:is-dragged=move || tray.dragged.get() == Some(number)
            draggable="true"
            on:dragstart=move |event| tray.pick_up(&event, number)
            on:dragend=move |_| tray.dragged.set(None)
            on:dragenter=move |_| tray.drag_onto(number)
        >
            <Picture photo place />
            {move || (place.get() == 0).then(|| view! { <span class="tag">{tr!(sell.photos.cover)}</span> })}
            <button
                class="photo-remove if-script"
                type="button"
                aria-label=move || tr!(sell.photos.remove, name = label()).to_string()
                on:click=move |_| {
                    tray.remove(number);
                    focus_one_of(vec![ADD.to_owned()]);
                }
            >
                <Icon name="close" />
            </button>
            <Moves tray number place />
        </li>
    }
}

#[component]
fn Picture(photo: Photo, place: Memo<usize>) -> impl IntoView {
    let Photo { standing, name, .. } = photo;
    move || match standing.get() {
        Standing::Ready(picture) => {
            let alt = move || tr!(sell.photos.name, number = place.get() + 1).to_string();
            let source = paths::picture(picture.as_str(), 320);
            view! { <img src=source alt=alt width="320" height="320" decoding="async" draggable="false" /> }
                .into_any()
        }
        Standing::Sending(percent) => {
            let label = tr!(sell.photos.sending, name = name.clone()).to_string();
            view! {
                <span class="photo-name">{name.clone()}</span>
                <progress max="100" value=percent.to_string() aria-label=label></progress>
            }
            .into_any()
        }
        Standing::Failed(why) => view! {
            <p class="photo-fault" role="alert">
                <Icon name="alert" size="is-s" />
                <span>{why}</span>
            </p>
        }
        .into_any(),
    }
}

/// To the front and to the back.
#[component]
fn Moves(tray: Tray, number: u32, place: Memo<usize>) -> impl IntoView {
    let name = move || tr!(sell.photos.name, number = place.get() + 1).to_string();
    let ids = move |forward: bool| {
        let button = |forward| format!("photo-{number}-{}", if forward { "forward" } else { "back" });
        vec![button(forward), button(!forward)]
    };
    let shift = move |forward: bool| {
        tray.shift(number, forward);
        focus_one_of(ids(forward));
    };
    let last = Memo::new(move |_| place.get() + 1 >= tray.photos.with(Vec::len));
    view! {
        <div class="photo-moves if-script">
            <button
                type="button"
                id=ids(true).remove(0)
                aria-label=move || tr!(sell.photos.forward, name = name()).to_string()
                disabled=move || place.get() == 0
                on:click=move |_| shift(true)
            >
                <Icon name="left" />
            </button>
            <button
                type="button"
                id=ids(false).remove(0)
                aria-label=move || tr!(sell.photos.back, name = name()).to_string()
                disabled=move || last.get()
                on:click=move |_| shift(false)
            >
                <Icon name="right" />
            </button>
        </div>
    }
}
