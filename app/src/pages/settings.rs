//! My account: what others see of me, how I sign in and where, what is told me, my data, and the end of it.
//!
//! Plain forms: most of what they change stands on every page, so the whole page is another one afterwards.

mod close;
mod devices;
mod email;
mod password;
mod profile;
mod section;
mod tokens;

use leptos::prelude::*;
use market::{text::day, view::Account};

use self::{
    close::Close, devices::Devices, email::EmailAddress, password::ChangePassword, profile::Profile,
    section::Section, tokens::Tokens,
};
use crate::{
    api,
    components::{
        BlockedPeople, Icon, PageTitle, SignInFirst,
        preferences::{LanguageSwitch, ThemeSwitch, chosen_theme},
        region_picker::{RegionSearch, RegionSearchForm},
    },
    paths,
};

/// The settings.
#[component]
pub fn Settings() -> impl IntoView {
    let search = RegionSearch::of_page();
    let account = Resource::new_blocking(|| (), |()| api::my_account());
    view! {
        <PageTitle text=tr!(settings.title).to_owned() />
        <main id="main" class="page wrap is-form">
            <div class="page-head">
                <h1>{tr!(settings.title)}</h1>
            </div>
            <RegionSearchForm action=paths::SETTINGS />
            <Transition>
                {move || {
                    account
                        .get()
                        .map(|account| match account {
                            Ok(account) => view! { <Parts account search /> }.into_any(),
                            Err(error) => view! { <SignInFirst error /> }.into_any(),
                        })
                }}
            </Transition>
            // Reads for itself, so it stands outside of what waits for the account.
            <Section id=paths::BLOCKED title=tr!(settings.blocked.title) hint=tr!(settings.blocked.hint)>
                <BlockedPeople />
            </Section>
            <Transition>
                {move || account.get().and_then(Result::ok).map(|account| view! { <End account /> })}
            </Transition>
        </main>
    }
}

/// The parts, and the way to each.
#[component]
fn Parts(account: Account, search: RegionSearch) -> impl IntoView {
    let theme = chosen_theme();
    let parts = [
        (paths::PROFILE, tr!(settings.profile.title)),
        (paths::EMAIL, tr!(settings.email.title)),
        (paths::PASSWORD, tr!(settings.password.title)),
        (paths::DISPLAY, tr!(settings.display.title)),
        (paths::DEVICES, tr!(settings.devices.title)),
        (paths::TOKENS, tr!(settings.tokens.title)),
        (paths::TOLD, tr!(settings.notices.title)),
        (paths::BLOCKED, tr!(settings.blocked.title)),
        (paths::DATA, tr!(settings.data.title)),
        (paths::CLOSE, tr!(settings.close.title)),
    ];
    let part = |(id, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a class="chip" href=format!("#{id}") rel="external">
                    {name}
                </a>
            </li>
        }
    };
    let who =
        tr!(settings.username_is, username = account.username.clone(), day = day(account.since)).to_string();
    view! {
        <p class="dim">{who}</p>
        <nav class="settings-parts" aria-label=tr!(settings.parts)>
            <ul class="chips is-wrap">{parts.map(part).collect_view()}</ul>
        </nav>
        <Profile account=account.clone() search />
        <EmailAddress account=account.clone() />
        <ChangePassword username=account.username.clone() />
        <Section id=paths::DISPLAY title=tr!(settings.display.title) hint=tr!(settings.display.hint)>
            <div class="form-stack">
                <ThemeSwitch label=tr!(settings.display.theme) chosen=theme />
                <LanguageSwitch label=tr!(settings.display.language) />
            </div>
        </Section>
        <Devices sessions=account.sessions.clone() />
        <Tokens tokens=account.tokens.clone() username=account.username.clone() now=account.now />
        <Section id=paths::TOLD title=tr!(settings.notices.title) hint=tr!(settings.notices.hint)>
            <div class="btn-row">
                <a class="btn btn-ghost" href=paths::NOTICE_SETTINGS>
                    <Icon name="bell" />
                    {tr!(settings.notices.open)}
                </a>
            </div>
        </Section>
    }
}

/// What is left when all else is settled: my data, and the end of the account.
#[component]
fn End(account: Account) -> impl IntoView {
    view! {
        <Section id=paths::DATA title=tr!(settings.data.title) hint=tr!(settings.data.hint)>
            <a class="btn btn-ghost" href=paths::MY_DATA rel="external" download="">
                <Icon name="save" />
                {tr!(settings.data.download)}
            </a>
        </Section>
        <Close in_use=account.in_use username=account.username />
    }
}
