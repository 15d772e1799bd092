//! What I am told of, how and when: a switch for each kind and channel, quiet hours, and this browser.

mod quiet;
mod switches;
mod this_device;
mod waking;

use leptos::{form::ActionForm, prelude::*};
use market::notice::NoticeSettings;

use self::{quiet::QuietHours, switches::Switches, this_device::ThisDevice};
use crate::{
    api::{self, ApiError, NoticeBasis, SaveNoticeSettings},
    components::{FailureNotice, Icon, PageTitle, SignInFirst},
    paths,
    reply::{Reply, reply_to},
};

/// The settings of my notices.
#[component]
pub fn NoticeSettingsPage() -> impl IntoView {
    let basis = Resource::new_blocking(|| (), |()| api::notice_settings());
    view! {
        <PageTitle text=tr!(notices.choose.title).to_owned() />
        <main id="main" class="page wrap is-form">
            <ol class="crumbs">
                <li>
                    <a href=paths::SETTINGS>{tr!(notices.choose.back)}</a>
                </li>
                <li>
                    <a href=paths::NOTIFICATIONS>{tr!(notices.page.title)}</a>
                </li>
            </ol>
            <div class="page-head">
                <div>
                    <h1>{tr!(notices.choose.title)}</h1>
                    <p class="page-lead">{tr!(notices.choose.lead)}</p>
                </div>
            </div>
            <Transition>
                {move || {
                    basis
                        .get()
                        .map(|basis| match basis {
                            Ok(basis) => view! { <Parts basis /> }.into_any(),
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
        </main>
    }
}

#[component]
fn Parts(basis: NoticeBasis) -> impl IntoView {
    let (push_key, devices) = (basis.push_key.clone(), basis.choices.devices);
    view! {
        <NoticeSettingsForm basis />
        <ThisDevice push_key devices />
    }
}

/// The form, with what came of it.
#[component]
fn NoticeSettingsForm(basis: NoticeBasis) -> impl IntoView {
    let save = ServerAction::<SaveNoticeSettings>::new();
    let served = reply_to("save_notice_settings");
    let refused = served.as_ref().and_then(Reply::error);
    let done = served.is_some() && refused.is_none();
    let outcome: Signal<Option<Result<(), ApiError>>> =
        Signal::derive(move || save.value().get().or_else(|| refused.clone().map(Err)));
    let saved = Signal::derive(move || match outcome.get() {
        Some(outcome) => outcome.is_ok(),
        None => done,
    });
    let error = Signal::derive(move || outcome.get().and_then(Result::err));
    let NoticeSettings { quiet, .. } = basis.choices.settings;
    let typed = served.filter(|served| served.status >= 400);
    view! {
        <ActionForm action=save attr:class="box form-stack">
            <Ways basis=basis.clone() />
            <Switches settings=basis.choices.settings.clone() typed=typed.clone() />
            <QuietHours quiet typed error />
            <div class="btn-row">
                <button class="btn btn-primary" class:is-busy=move || save.pending().get()>
                    {tr!(notices.choose.save)}
                </button>
            </div>
            <div role="status">
                {move || {
                    saved
                        .get()
                        .then(|| {
                            view! {
                                <p class="notice is-good">
                                    <Icon name="check" />
                                    {tr!(notices.choose.saved)}
                                </p>
                            }
                        })
                }} {move || error.get().map(|error| view! { <FailureNotice error /> })}
            </div>
        </ActionForm>
    }
}

/// What the channels are, and what is missing for them.
#[component]
fn Ways(basis: NoticeBasis) -> impl IntoView {
    let has_address = basis.choices.address.is_some();
    let mail = match basis.choices.address {
        _ if !basis.mail => tr!(notices.choose.mail_off).to_owned(),
        Some(address) => tr!(notices.choose.mail_to, address = address).to_string(),
        None => tr!(notices.choose.mail_none).to_owned(),
    };
    let push =
        if basis.push_key.is_some() { tr!(notices.choose.push_hint) } else { tr!(notices.choose.push_off) };
    let add = (basis.mail && !has_address).then(|| {
        view! {
            " "
            <a class="text-link" href=paths::settings(paths::EMAIL)>
                {tr!(notices.choose.mail_add)}
            </a>
        }
    });
    view! {
        <h2 class="sr-only">{tr!(notices.choose.channels)}</h2>
        <ul class="hint notice-ways">
            <li>{tr!(notices.choose.toast_hint)}</li>
            <li>{mail} {add}</li>
            <li>{push}</li>
        </ul>
    }
}
