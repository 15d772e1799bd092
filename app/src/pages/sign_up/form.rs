//! The form, judged by `market::people` here and on the server.

use leptos::prelude::*;
use market::people::SignUp;

use crate::{
    components::{
        FailureNotice, PasswordField, TextInput,
        form_check::FormCheck,
        password_field::strength,
        region_picker::{Chosen, RegionPicker, RegionSearch},
    },
    paths,
    reply::{Reply, reply_to},
};

/// The fields as a form.
fn read(field: &dyn Fn(&str) -> String) -> SignUp {
    SignUp {
        username: field("username"),
        nickname: field("nickname"),
        email: field("email"),
        region: field("region"),
        password: field("password"),
    }
}

/// The form with what was typed before, but for the password.
#[component]
pub fn SignUpForm(
    /// Where the page leads afterwards.
    next: Memo<String>,
    /// The search of the page's address.
    search: RegionSearch,
) -> impl IntoView {
    let reply = reply_to("sign_up");
    let error = reply.as_ref().and_then(Reply::error);
    let before = |name: &str| reply.as_ref().and_then(|reply| reply.field(name)).unwrap_or_default();
    let person = read(&before);
    let chosen = Chosen { code: person.region.clone(), name: before("region_name") };
    let check = FormCheck::new(person.clone(), read, |form: &SignUp| form.check().map(drop));
    if let Some(error) = &error {
        check.refuse(error);
    }
    view! {
        <form
            class="auth-card"
            method="post"
            action="/api/sign_up"
            node_ref=check.form()
            on:input=move |event| check.on_input(&event)
            on:change=move |event| check.on_change(&event)
            on:submit=move |event| check.on_submit(&event)
        >
            <div>
                <h1>{tr!(people.sign_up.heading)}</h1>
                <p class="page-lead">{tr!(people.sign_up.lead)}</p>
            </div>
            {error.filter(|error| !error.is_of_fields()).map(|error| view! { <FailureNotice error /> })}
            <Fields check person chosen search />
            <input type="hidden" name="next" value=move || next.get() />
            <button class="btn btn-primary btn-l btn-block">{tr!(people.sign_up.submit)}</button>
            <p class="auth-alt">
                {tr!(people.sign_up.known)} " "
                <a class="text-link" href=move || paths::sign_in_then(&next.get())>
                    {tr!(common.sign_in)}
                </a>
            </p>
        </form>
    }
}

/// The neighbourhood comes first: without scripts, searching it opens the page anew.
#[component]
fn Fields(check: FormCheck<SignUp>, person: SignUp, chosen: Chosen, search: RegionSearch) -> impl IntoView {
    let region_fault = check.fault("region");
    let region_fault = Signal::derive(move || region_fault.get().map(|_| tr!(people.region.choose)));
    view! {
        <RegionPicker
            search
            label=tr!(people.region.label)
            hint=tr!(people.region.hint)
            chosen
            fault=region_fault
            on_choose=move |()| check.touch("region")
        />
        <TextInput
            name="username"
            label=tr!(people.username)
            hint=tr!(people.sign_up.username_hint)
            value=person.username
            fault=check.fault("username")
            autocomplete="username"
            maxlength=30
        />
        <PasswordField
            name="password"
            label=tr!(people.password.label)
            fault=check.fault("password")
            score=check.part(|form| strength(&form.password, &form.username))
        />
        <TextInput
            name="nickname"
            label=tr!(people.sign_up.nickname)
            hint=tr!(people.sign_up.nickname_hint)
            value=person.nickname
            fault=check.fault("nickname")
            optional=true
            autocomplete="nickname"
            maxlength=50
        />
        <TextInput
            name="email"
            kind="email"
            label=tr!(people.sign_up.email)
            hint=tr!(people.sign_up.email_hint)
            value=person.email
            fault=check.fault("email")
            optional=true
            autocomplete="email"
            maxlength=254
        />
    }
}
