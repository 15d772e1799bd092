//! A picture beside words: it is uploaded when it is chosen, and its name goes with the form. Without scripts
//! there are the words alone.

use leptos::{ev, prelude::*};
use market::PictureId;

use super::super::{
    Icon, error_text,
    picture::Photo,
    upload::{ACCEPTED, picked, upload},
};
use crate::api::ApiError;

/// How wide the chosen picture is shown.
const CHOSEN: &str = "96px";

/// What was chosen, and what came of it.
#[derive(Clone, Copy)]
pub struct Chosen {
    picture: RwSignal<Option<PictureId>>,
    uploading: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Chosen {
    /// Nothing yet.
    #[must_use]
    pub fn nothing() -> Self {
        Self { picture: RwSignal::new(None), uploading: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Takes it back, or forgets what was sent.
    pub fn clear(self) {
        self.picture.try_set(None);
        self.error.try_set(None);
    }

    /// It is on its way: the form waits for it.
    #[must_use]
    pub fn pending(self) -> bool {
        self.uploading.get()
    }

    fn take(self, file: web_sys::File) {
        self.uploading.set(true);
        self.error.set(None);
        leptos::task::spawn_local(async move {
            let uploaded = upload(file).await;
            self.uploading.try_set(false);
            match uploaded {
                Ok(picture) => self.picture.try_set(Some(picture)).is_none(),
                Err(error) => self.error.try_set(Some(error)).is_none(),
            };
        });
    }
}

/// The field `picture` of a form.
#[component]
pub fn PictureField(
    /// Its state.
    chosen: Chosen,
) -> impl IntoView {
    let choose = move |event: ev::Event| {
        if let Some(file) = picked(&event) {
            chosen.take(file);
        }
    };
    let name = move || chosen.picture.get().map(String::from).unwrap_or_default();
    view! {
        <div class="picture-field">
            <input type="hidden" name="picture" prop:value=name value="" />
            {move || chosen.picture.get().map(|picture| view! { <Shown chosen picture /> })}
            <label class="btn btn-ghost btn-s" class:is-busy=move || chosen.pending()>
                <Icon name="camera" size="is-s" />
                <span>{tr!(trade.picture.add)}</span>
                <input
                    class="sr-only"
                    type="file"
                    accept=ACCEPTED
                    disabled=move || chosen.pending()
                    on:change=choose
                />
            </label>
            <span class="dim" role="status">
                {move || chosen.pending().then_some(tr!(trade.picture.uploading))}
            </span>
            <div class="contents" role="alert">
                {move || {
                    chosen
                        .error
                        .get()
                        .map(|error| {
                            view! {
                                <p class="field-error">
                                    <Icon name="alert" size="is-s" />
                                    {error_text(&error)}
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// What will be sent, and the way to take it back.
#[component]
fn Shown(chosen: Chosen, picture: PictureId) -> impl IntoView {
    view! {
        <div class="picture-chosen">
            <Photo picture alt=tr!(trade.picture.chosen) sizes=CHOSEN />
            <button
                class="btn-icon"
                type="button"
                aria-label=tr!(trade.picture.remove)
                on:click=move |_| chosen.clear()
            >
                <Icon name="close" />
            </button>
        </div>
    }
}
