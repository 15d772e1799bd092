//! What others see of me.

use leptos::prelude::*;
use market::{
    people::{NICKNAME_MAX, ProfileDraft},
    view::Account,
};

use super::section::{Outcome, Section, Told};
use crate::{
    components::{
        TextInput,
        form_check::FormCheck,
        region_picker::{Chosen, RegionPicker, RegionSearch},
    },
    paths,
};

/// The fields as a form.
fn read(field: &dyn Fn(&str) -> String) -> ProfileDraft {
    ProfileDraft { nickname: field("nickname"), region: field("region") }
}

/// Name and place, judged by `market::people` here and on the server.
#[component]
pub fn Profile(account: Account, search: RegionSearch) -> impl IntoView {
    let outcome = Outcome::of("save_profile");
    let draft = ProfileDraft {
        nickname: outcome.field("nickname", &account.nickname),
        region: outcome.field("region", &account.region.code),
    };
    let chosen =
        Chosen { code: draft.region.clone(), name: outcome.field("region_name", &account.region.full_name) };
    let check = FormCheck::new(draft.clone(), read, |form: &ProfileDraft| form.check().map(drop));
    if let Some(error) = &outcome.error {
        check.refuse(error);
    }
    let region_fault = check.fault("region");
    let region_fault = Signal::derive(move || region_fault.get().map(|_| tr!(people.region.choose)));
    view! {
        <Section id=paths::PROFILE title=tr!(settings.profile.title) hint=tr!(settings.profile.hint)>
            <Told outcome done=tr!(settings.saved) />
            <form
                class="form-stack"
                method="post"
                action="/api/save_profile"
                node_ref=check.form()
                on:input=move |event| check.on_input(&event)
                on:change=move |event| check.on_change(&event)
                on:submit=move |event| check.on_submit(&event)
            >
                <TextInput
                    name="nickname"
                    label=tr!(settings.profile.nickname)
                    value=draft.nickname
                    fault=check.fault("nickname")
                    autocomplete="nickname"
                    maxlength=u32::try_from(NICKNAME_MAX).unwrap_or(u32::MAX)
                />
                <RegionPicker
                    search
                    label=tr!(settings.profile.region)
                    hint=tr!(settings.profile.region_hint)
                    chosen
                    fault=region_fault
                    on_choose=move |()| check.touch("region")
                />
                <div class="btn-row">
                    <button class="btn btn-primary">{tr!(settings.save)}</button>
                    <a class="btn btn-quiet" href=paths::seller(account.id)>
                        {tr!(settings.profile.look)}
                    </a>
                </div>
            </form>
        </Section>
    }
}
