//! What the browser tells of files and of dragging.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, File, FileList, HtmlInputElement};

use super::tray::Tray;

impl Tray {
    /// Files were chosen or taken with the camera; the same ones can be chosen again.
    pub fn take_from(self, input: &HtmlInputElement) {
        self.take(listed(input.files()));
        input.set_value("");
    }

    /// Something is dragged over the tray: files may be dropped.
    pub fn drag_over(self, event: &DragEvent) {
        let ours = self.dragged.get_untracked().is_some();
        if ours || event.data_transfer().is_some_and(|data| carries(&data, "Files")) {
            event.prevent_default();
            self.over.set(!ours);
        }
    }

    /// Files were dropped.
    pub fn drop_files(self, event: &DragEvent) {
        event.prevent_default();
        self.over.set(false);
        if self.dragged.get_untracked().is_none() {
            self.take(listed(event.data_transfer().and_then(|data| data.files())));
        }
    }

    /// A picture of the tray is picked up.
    pub fn pick_up(self, event: &DragEvent, number: u32) {
        if let Some(data) = event.data_transfer() {
            // Without any data Firefox drags nothing.
            let _ = data.set_data("text/plain", "");
            data.set_effect_allowed("move");
        }
        self.dragged.set(Some(number));
    }

    /// A picture of the tray is dragged over another one, and takes its place.
    pub fn drag_onto(self, number: u32) {
        let Some(dragged) = self.dragged.get_untracked().filter(|dragged| *dragged != number) else { return };
        if let Some(target) = untrack(|| self.place(number)) {
            self.put(dragged, target);
        }
    }
}

/// Pasted pictures go into the tray, wherever on the page they are pasted; words go where they belong.
pub fn paste_into(tray: Tray) {
    Effect::new(move |_| {
        let pasted = window_event_listener_untyped("paste", move |event| {
            let data = event.dyn_into::<ClipboardEvent>().ok().and_then(|event| event.clipboard_data());
            // Words out of an office program come with a drawing of themselves.
            if let Some(data) = data.filter(|data| !carries(data, "text/plain")) {
                tray.take(listed(data.files()));
            }
        });
        on_cleanup(move || pasted.remove());
    });
}

/// Gives the focus to the first of `ids` that takes it, once the page has changed: what had it was moved or
/// is gone.
pub fn focus_one_of(ids: Vec<String>) {
    request_animation_frame(move || {
        let usable =
            |id: &String| document().query_selector(&format!("#{id}:not([disabled])")).ok().flatten();
        let target = ids.iter().find_map(usable);
        if let Some(target) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) {
            // One that cannot take it leaves the focus to the page.
            let _ = target.focus();
        }
    });
}

fn carries(data: &DataTransfer, kind: &str) -> bool {
    data.types().iter().any(|known| known.as_string().as_deref() == Some(kind))
}

fn listed(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}
