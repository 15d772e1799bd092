//! Where one writes: a text, or a picture.

use leptos::{ev, form::ActionForm, prelude::*};
use market::talk::MESSAGE_MAX;
use wasm_bindgen::JsCast;

use super::{here::Here, sending::Sending};
use crate::{
    api::ApiError,
    components::{
        Icon, TextArea, error_text,
        upload::{ACCEPTED, picked, upload},
    },
    key::KeyField,
    live::{Connection, live},
    paths,
    reply::reply_to,
};

/// The lower edge of the conversation.
#[component]
pub fn Composer(here: Here, sending: Sending) -> impl IntoView {
    sending.follow(here);
    let live = live();
    let is_lost = move || live.connection.get() == Connection::Lost;
    view! {
        <div class="composer">
            {move || {
                is_lost()
                    .then(|| {
                        view! {
                            <p class="stale-mark" role="status">
                                <Icon name="offline" size="is-s" />
                                {tr!(talk.lost)}
                            </p>
                        }
                    })
            }}
            <Wrong here sending />
            <Plain here />
            <Show
                when=move || !here.blocked.get()
                fallback=|| view! { <p class="notice">{tr!(talk.cannot_write)}</p> }
            >
                <Words here sending />
            </Show>
        </div>
    }
}

/// Why the last try failed, and for a picture the way to try again.
#[component]
fn Wrong(here: Here, sending: Sending) -> impl IntoView {
    let words = |error: ApiError| match error {
        ApiError::Offline { .. } => tr!(talk.offline).to_owned(),
        error => error_text(&error),
    };
    view! {
        <div role="alert">
            {move || {
                sending
                    .error
                    .get()
                    .filter(|_| !here.blocked.get())
                    .map(|error| {
                        view! {
                            <div class="refusal">
                                <p>
                                    <Icon name="alert" />
                                    <span>{words(error)}</span>
                                </p>
                                {move || sending.has_picked().then(|| view! { <Again here sending /> })}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Again(here: Here, sending: Sending) -> impl IntoView {
    view! {
        <div class="btn-row">
            <button class="btn btn-s" type="button" on:click=move |_| sending.send_picked(here)>
                {tr!(talk.again)}
            </button>
        </div>
    }
}

/// What stands here without scripts: that nothing moves by itself, and how it is read.
#[component]
fn Plain(here: Here) -> impl IntoView {
    let last = here.thread.with_untracked(super::thread::Thread::last_number);
    view! {
        <div class="if-plain">
            <p class="hint">{tr!(talk.no_script)}</p>
            <form class="btn-row" method="post" action="/api/read_chat">
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <input type="hidden" name="up_to" value=last.to_string() />
                <button class="btn btn-ghost btn-s">{tr!(talk.mark_read)}</button>
                <a class="btn btn-ghost btn-s" href=paths::chat(here.id)>
                    {tr!(talk.refresh)}
                </a>
            </form>
        </div>
    }
}

/// The form. Enter sends where there is a keyboard; on a phone it begins a new line.
#[component]
fn Words(here: Here, sending: Sending) -> impl IntoView {
    let typed = reply_to("send_message").filter(|reply| reply.status >= 400);
    let typed = typed.and_then(|reply| reply.field("text")).unwrap_or_default();
    view! {
        <div on:keydown=move |event| send_on_enter(&event, sending)>
            <ActionForm action=sending.words attr:class="composer-form">
                <input type="hidden" name="auction_id" value=here.id.to_string() />
                <KeyField key=sending.key />
                <PictureButton here sending />
                <label class="sr-only" for="text">
                    {tr!(talk.write)}
                </label>
                <TextArea
                    name="text"
                    id="text"
                    value=typed
                    maxlength=MESSAGE_MAX
                    rows=1
                    node=sending.field
                    on_input=Callback::new(move |text: String| sending.typed(&text))
                />
                <button class="btn btn-primary" disabled=move || sending.pending()>
                    {tr!(talk.send)}
                </button>
            </ActionForm>
        </div>
        <p class="hint composer-keys">{tr!(talk.keys)}</p>
    }
}

fn send_on_enter(event: &ev::KeyboardEvent, sending: Sending) {
    // While a syllable is being put together Enter finishes it, and nothing else.
    if event.key() != "Enter" || event.shift_key() || event.is_composing() || !has_keyboard() {
        return;
    }
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    if let Some(form) = field.and_then(|field| field.form()) {
        event.prevent_default();
        if untrack(|| sending.pending()) {
            return;
        }
        // Refused only for a button that is not the form's own; none is named.
        let _ = form.request_submit();
    }
}

/// Whether the pointer is fine: then there is a keyboard with a Shift key, too.
fn has_keyboard() -> bool {
    let fine = window().match_media("(hover: hover) and (pointer: fine)");
    fine.ok().flatten().is_some_and(|query| query.matches())
}

/// A picture is uploaded, and sent as soon as it is there.
#[component]
fn PictureButton(here: Here, sending: Sending) -> impl IntoView {
    let choose = move |event: ev::Event| {
        if let Some(file) = picked(&event) {
            send_file(here, sending, file);
        }
    };
    view! {
        <label class="btn-icon if-script" class:is-busy=move || sending.pending()>
            <Icon name="camera" />
            <span class="sr-only">{tr!(talk.add_picture)}</span>
            <input
                class="sr-only"
                type="file"
                accept=ACCEPTED
                disabled=move || sending.pending()
                on:change=choose
            />
        </label>
        <span class="sr-only" role="status">
            {move || sending.uploading.get().then_some(tr!(talk.uploading))}
        </span>
    }
}

fn send_file(here: Here, sending: Sending, file: web_sys::File) {
    sending.uploading.set(true);
    sending.error.set(None);
    leptos::task::spawn_local(async move {
        let uploaded = upload(file).await;
        if sending.uploading.try_set(false).is_some() {
            // Who has left the page sends nothing any more.
            return;
        }
        match uploaded {
            Ok(picture) => sending.send_picture(here, picture),
            Err(error) => sending.error.set(Some(error)),
        }
    });
}
