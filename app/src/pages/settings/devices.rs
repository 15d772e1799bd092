//! Where I am signed in, each with the way out; and out of all at once.

use leptos::prelude::*;
use market::{device::Device, text::day_time, view::SessionRow};

use super::section::{Outcome, Section, Told};
use crate::{components::Icon, paths};

/// The browsers, this one first.
#[component]
pub fn Devices(sessions: Vec<SessionRow>) -> impl IntoView {
    let outcome = Outcome::of("end_session");
    view! {
        <Section id=paths::DEVICES title=tr!(settings.devices.title) hint=tr!(settings.devices.hint)>
            <Told outcome done=tr!(settings.devices.ended) />
            <ul class="devices">
                {sessions.into_iter().map(|session| view! { <Row session /> }).collect_view()}
            </ul>
            <form class="btn-row" method="post" action="/api/sign_out_everywhere">
                <button class="btn btn-ghost" aria-describedby="everywhere-hint">
                    <Icon name="exit" />
                    {tr!(settings.devices.everywhere)}
                </button>
                <p class="hint" id="everywhere-hint">
                    {tr!(settings.devices.everywhere_hint)}
                </p>
            </form>
        </Section>
    }
}

/// `Firefox · Windows`, as far as the browser says so.
fn name(device: Device) -> String {
    match (device.browser, device.system) {
        (Some(browser), Some(system)) => {
            tr!(settings.devices.name, browser = browser, system = system).to_string()
        }
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => tr!(settings.devices.unknown).to_owned(),
    }
}

#[component]
fn Row(session: SessionRow) -> impl IntoView {
    let device = Device::of(&session.agent);
    let name = name(device);
    let icon = if device.is_phone { "phone" } else { "monitor" };
    let since = day_time(session.since);
    let end = (!session.is_this).then(|| {
        let label = tr!(settings.devices.end_of, device = name.clone(), at = since.clone()).to_string();
        view! {
            <form method="post" action="/api/end_session">
                <input type="hidden" name="session_id" value=session.id.to_string() />
                <button class="btn btn-ghost btn-s" aria-label=label>
                    {tr!(settings.devices.end)}
                </button>
            </form>
        }
    });
    let here = session.is_this.then(|| {
        view! {
            <span class="tag is-good">
                <Icon name="check" />
                {tr!(settings.devices.this)}
            </span>
        }
    });
    let seen = tr!(settings.devices.seen, at = day_time(session.seen_at)).to_string();
    let since = tr!(settings.devices.since, at = since).to_string();
    view! {
        <li>
            <Icon name=icon />
            <div>
                <p>
                    <b>{name}</b>
                </p>
                <p class="dim">{format!("{seen} · {since}")}</p>
            </div>
            {end}
            {here}
        </li>
    }
}
