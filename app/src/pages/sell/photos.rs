//! The pictures of a form: dropped, pasted, chosen or taken, several at once; ordered, removed, and sent by
//! themselves. The form carries their names.

mod events;
mod item;
mod tray;
mod upload;

use leptos::{html, prelude::*};
use market::view::MOST_PICTURES;

use self::{events::paste_into, item::Item};
use crate::components::{Icon, field::FieldFault, upload::ACCEPTED};

pub use self::tray::Tray;

/// The id of what takes more.
const ADD: &str = "photo-add";

/// The pictures and what adds to them. Without scripts those that are there are shown and stay.
#[component]
pub fn Photos(
    /// Where they lie.
    tray: Tray,
    /// What is wrong with them.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
    /// Told when the names have changed that the form carries.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let names = NodeRef::<html::Input>::new();
    let first = untrack(|| tray.names());
    Effect::new(move |_| {
        let sent = tray.names();
        if let Some(field) = names.get().filter(|field| field.value() != sent) {
            field.set_value(&sent);
            on_change.run(());
        }
    });
    paste_into(tray);
    view! {
        <div
            class="photo-drop"
            class:is-over=move || tray.over.get()
            role="group"
            aria-label=tr!(sell.photos.heading)
            on:dragover=move |event| tray.drag_over(&event)
            on:dragleave=move |_| tray.over.set(false)
            on:drop=move |event| tray.drop_files(&event)
        >
            <ul class="photos">
                <For each=move || tray.photos.get() key=|photo| photo.number let:photo>
                    <Item tray photo />
                </For>
                <AddTile tray />
            </ul>
            <input type="hidden" name="pictures" node_ref=names value=first />
            <p class="hint if-script">{tr!(sell.photos.ways)}</p>
            <p class="hint plain-only">{tr!(sell.photos.plain)}</p>
            <FieldFault id="pictures" fault />
            <p class="sr-only" role="status">
                {move || tray.said.get()}
            </p>
        </div>
    }
}

/// The tile that takes more, and on phones the camera.
#[component]
fn AddTile(tray: Tray) -> impl IntoView {
    let full = Memo::new(move |_| tray.photos.with(Vec::len) >= tray.most);
    let count =
        move || tr!(sell.photos.count, count = tray.photos.with(Vec::len), most = MOST_PICTURES).to_string();
    view! {
        <li class="if-script" class:hidden=move || full.get()>
            <label class="photo-add">
                <Icon name="plus" size="is-l" />
                <span>{tr!(sell.photos.add)}</span>
                <span class="num">{count}</span>
                <input
                    id=ADD
                    type="file"
                    accept=ACCEPTED
                    multiple
                    on:change:target=move |event| tray.take_from(&event.target())
                />
            </label>
        </li>
        <li class="if-script photo-camera" class:hidden=move || full.get()>
            <label class="photo-add">
                <Icon name="camera" size="is-l" />
                <span>{tr!(sell.photos.camera)}</span>
                <input
                    type="file"
                    accept="image/*"
                    capture="environment"
                    on:change:target=move |event| tray.take_from(&event.target())
                />
            </label>
        </li>
    }
}
