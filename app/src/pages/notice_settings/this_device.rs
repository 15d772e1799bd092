//! Whether this browser lets itself be woken. Only a script can ask it; without one the page says so.

use leptos::prelude::*;

use super::waking::{self, Waking};
use crate::components::Icon;

/// How this browser stands, and the button that changes it.
#[component]
pub fn ThisDevice(
    /// What the browser needs, if pushes can be sent.
    push_key: Option<String>,
    /// How many browsers are woken by now.
    devices: i64,
) -> impl IntoView {
    let Some(key) = push_key else { return ().into_any() };
    let (key, devices) = (StoredValue::new(key), RwSignal::new(devices));
    let state = RwSignal::new(None::<Waking>);
    let pending = RwSignal::new(false);
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let found = waking::state().await;
            state.try_set(Some(found));
        });
    });
    let turn = move |on: bool| {
        pending.set(true);
        leptos::task::spawn_local(async move {
            let turned = if on { waking::turn_on(key.get_value()).await } else { waking::turn_off().await };
            match turned {
                Waking::On => devices.try_update(|devices| *devices += 1),
                Waking::Off if !on => devices.try_update(|devices| *devices = (*devices - 1).max(0)),
                _ => None,
            };
            state.try_set(Some(turned));
            pending.try_set(false);
        });
    };
    let count = move || tr!(notices.push.devices, count = devices.get()).to_string();
    view! {
        <section class="box" aria-labelledby="this-device">
            <div class="box-head">
                <h2 id="this-device">{tr!(notices.push.title)}</h2>
                <span class="dim num">{count}</span>
            </div>
            <p class="hint">{tr!(notices.push.text)}</p>
            <p class="hint if-plain">{tr!(notices.push.needs_script)}</p>
            <div role="status" class="device-state">
                {move || state.get().map(|state| view! { <State state /> })}
            </div>
            <div class="btn-row">
                {move || state.get().and_then(switch).map(|on| view! { <Turn on turn pending /> })}
            </div>
        </section>
    }
    .into_any()
}

/// What the button does, if there is anything to do.
fn switch(state: Waking) -> Option<bool> {
    match state {
        Waking::On => Some(false),
        Waking::Off | Waking::Failed | Waking::Denied => Some(true),
        Waking::Unsupported => None,
    }
}

#[component]
fn Turn(
    /// On, or off.
    on: bool,
    /// Does it.
    turn: impl Fn(bool) + Copy + 'static,
    /// It is being done.
    pending: RwSignal<bool>,
) -> impl IntoView {
    let (class, words) = if on {
        ("btn btn-soft", tr!(notices.push.turn_on))
    } else {
        ("btn btn-ghost", tr!(notices.push.turn_off))
    };
    view! {
        <button
            type="button"
            class=class
            class:is-busy=move || pending.get()
            disabled=move || pending.get()
            on:click=move |_| turn(on)
        >
            <Icon name="bell" />
            {words}
        </button>
    }
}

#[component]
fn State(state: Waking) -> impl IntoView {
    let (class, icon, words) = match state {
        Waking::On => ("notice is-good", "check", tr!(notices.push.is_on)),
        Waking::Off => ("notice", "info", tr!(notices.push.is_off)),
        Waking::Denied => ("notice is-bad", "alert", tr!(notices.push.denied)),
        Waking::Unsupported => ("notice", "info", tr!(notices.push.unsupported)),
        Waking::Failed => ("notice is-bad", "alert", tr!(notices.push.failed)),
    };
    view! {
        <p class=class>
            <Icon name=icon />
            {words}
        </p>
    }
}
