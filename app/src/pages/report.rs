//! Reporting something to staff: what, why, and in words.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;
use market::{
    Refusal,
    talk::REPORT_MAX,
    view::{ReportReason, ReportSubject, ReportView},
};

use super::NotFound;
use crate::{
    api::{self, SendReport},
    components::{
        Field, Icon, PageTitle, SignInFirst, TextArea,
        block::BlockForm,
        failure::{Failed, beside_fields, failure, fault_of},
        field::{FieldFault, described},
        review::name_of,
    },
    key::{FormKey, KeyField},
    paths,
    reply::reply_to,
};

/// The page.
#[component]
pub fn Report() -> impl IntoView {
    let query = use_query_map();
    let field = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (field("subject"), field("id")));
    let page = Resource::new_blocking(move || asked.get(), |(subject, id)| api::report_form(subject, id));
    let send = ServerAction::<SendReport>::new();
    let key = FormKey::new();
    Effect::new(move |_| {
        if let Some(answer) = send.value().get() {
            key.answered(&answer);
        }
    });
    view! {
        <PageTitle text=tr!(talk.report.title).to_owned() />
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(page) => view! { <Body page send key /> }.into_any(),
                        Err(error) if error.refusal() == Some(&Refusal::NotFound) => NotFound().into_any(),
                        Err(error) => {
                            view! {
                                <main id="main" class="page wrap is-form">
                                    <h1 class="sr-only">{tr!(talk.report.title)}</h1>
                                    <SignInFirst error />
                                </main>
                            }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
}

#[component]
fn Body(page: ReportView, send: ServerAction<SendReport>, key: FormKey) -> impl IntoView {
    let plainly_done = reply_to("send_report").is_some_and(|reply| reply.status < 400);
    let done = Memo::new(move |_| plainly_done || matches!(send.value().get(), Some(Ok(()))));
    let (subject, reported) = (page.subject, page.reported);
    let back = page.auction.map_or(paths::seller(page.about.id), paths::auction);
    let back = StoredValue::new(if let ReportSubject::Message(_) = subject {
        page.auction.map_or(back.clone(), paths::chat)
    } else {
        back
    });
    let about = StoredValue::new(page.about.clone());
    view! {
        <main id="main" class="page wrap is-form">
            <div class="page-head">
                <h1>{tr!(talk.report.title)}</h1>
            </div>
            <div class="form-stack">
                <What page=page.clone() />
                {move || {
                    if done.get() {
                        view! { <Thanks back=back.get_value() /> }.into_any()
                    } else if reported {
                        view! { <p class="notice">{tr!(talk.report.already)}</p> }.into_any()
                    } else {
                        view! { <ReportFields subject send key /> }.into_any()
                    }
                }}
            </div>
            <section class="section">
                <BlockForm
                    person=about.with_value(|about| about.id)
                    nickname=about.with_value(name_of)
                    blocked=page.i_block
                />
            </section>
        </main>
    }
}

/// What is reported, so that nobody reports the wrong thing.
#[component]
fn What(page: ReportView) -> impl IntoView {
    let name = name_of(&page.about);
    let what = match page.subject {
        ReportSubject::Auction(_) => tr!(talk.report.auction, name = name).to_string(),
        ReportSubject::Question(_) => tr!(talk.report.question, name = name).to_string(),
        ReportSubject::Message(_) => tr!(talk.report.message, name = name).to_string(),
        ReportSubject::User(_) => tr!(talk.report.user, name = name).to_string(),
        ReportSubject::Review(_) => tr!(talk.report.review, name = name).to_string(),
    };
    let excerpt = (!page.excerpt.is_empty()).then_some(page.excerpt);
    view! {
        <div class="box">
            <p>
                <b>{what}</b>
            </p>
            {excerpt.map(|excerpt| view! { <blockquote class="excerpt">{excerpt}</blockquote> })}
        </div>
    }
}

#[component]
fn Thanks(back: String) -> impl IntoView {
    view! {
        <div class="notice is-good" role="status">
            <Icon name="check" />
            <div class="form-stack">
                <p>
                    <b>{tr!(talk.report.done)}</b>
                    " "
                    {tr!(talk.report.done_more)}
                </p>
                <a class="btn btn-ghost btn-s" href=back>
                    {tr!(talk.report.back)}
                </a>
            </div>
        </div>
    }
}

#[component]
fn ReportFields(subject: ReportSubject, send: ServerAction<SendReport>, key: FormKey) -> impl IntoView {
    let reply = reply_to("send_report").filter(|reply| reply.status >= 400);
    let typed = |name| reply.as_ref().and_then(|reply| reply.field(name)).unwrap_or_default();
    let (reason, text) = (typed("reason"), typed("text"));
    let error = failure("send_report", move || send.value().get());
    let fault = move |field: &'static str| {
        Signal::derive(move || error.with(|error| fault_of(error.as_ref(), field)))
    };
    view! {
        <ActionForm action=send attr:class="form-stack">
            <Failed error=beside_fields(error) />
            <input type="hidden" name="subject" value=subject.kind() />
            <input type="hidden" name="id" value=subject.id().to_string() />
            <KeyField key />
            <Reasons subject chosen=reason fault=fault("reason") />
            <Field
                id="text"
                label=tr!(talk.report.text)
                hint=tr!(talk.report.text_hint)
                fault=fault("text")
                optional=true
            >
                <TextArea
                    name="text"
                    id="text"
                    value=text
                    maxlength=REPORT_MAX
                    rows=4
                    hinted=true
                    fault=fault("text")
                />
            </Field>
            <p class="hint">{tr!(talk.report.privacy)}</p>
            <button class="btn btn-primary btn-l btn-block" disabled=move || send.pending().get()>
                {tr!(talk.report.send)}
            </button>
        </ActionForm>
    }
}

#[component]
fn Reasons(subject: ReportSubject, chosen: String, fault: Signal<Option<&'static str>>) -> impl IntoView {
    let pills = ReportReason::ALL.into_iter().filter(|reason| reason.fits(subject)).map(move |reason| {
        let value = reason.as_str();
        view! {
            <label class="pill">
                <input type="radio" name="reason" value=value checked=value == chosen required />
                <span>{reason_text(reason)}</span>
            </label>
        }
    });
    view! {
        <fieldset
            class="field"
            class:is-wrong=move || fault.get().is_some()
            aria-describedby=described("reason", false, fault)
        >
            <legend class="label">{tr!(talk.report.reason)}</legend>
            <div class="pills">{pills.collect_view()}</div>
            <FieldFault id="reason" fault />
        </fieldset>
    }
}

/// Why, in words.
pub fn reason_text(reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::Fraud => tr!(talk.reason.fraud),
        ReportReason::ForbiddenGoods => tr!(talk.reason.forbidden_goods),
        ReportReason::Counterfeit => tr!(talk.reason.counterfeit),
        ReportReason::Abuse => tr!(talk.reason.abuse),
        ReportReason::PersonalData => tr!(talk.reason.personal_data),
        ReportReason::Spam => tr!(talk.reason.spam),
        ReportReason::Other => tr!(talk.reason.other),
    }
}
