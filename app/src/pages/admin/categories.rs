//! What things are filed under: one more, another name, another place, or no new auctions.

use leptos::prelude::*;
use market::{
    staff::{CATEGORY_MAX, CATEGORY_PICTURES},
    view::{Category, StaffCategory},
};

use super::{
    act_form::{Act, ActForm, Done},
    frame::Frame,
    refused,
};
use crate::{
    api,
    components::{Art, failure::fault_of},
    live::live,
    paths,
    reply::reply_to,
};

/// The page.
#[component]
pub fn StaffCategories() -> impl IntoView {
    let live = live();
    let page = Resource::new_blocking(move || live.resync.get(), |_| api::staff_categories());
    view! {
        <Transition>
            {move || {
                page.get()
                    .map(|page| match page {
                        Ok(rows) => view! { <Found rows /> }.into_any(),
                        Err(error) => refused(error),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Found(rows: Vec<StaffCategory>) -> impl IntoView {
    let last = rows.len().saturating_sub(1);
    let rows = rows.into_iter().enumerate();
    let rows = rows.map(move |(place, row)| view! { <Row row first=place == 0 last=place == last /> });
    view! {
        <Frame here=paths::ADMIN_CATEGORIES title=tr!(staff.categories.title) lead=tr!(staff.categories.lead)>
            <Done forms=&["add_category", "rename_category", "change_category"] />
            <Add />
            <ul class="box qa section">{rows.collect_view()}</ul>
        </Frame>
    }
}

/// One more.
#[component]
fn Add() -> impl IntoView {
    let reply = reply_to("add_category").filter(|reply| reply.status >= 400);
    let chosen = reply.and_then(|reply| reply.field("art")).unwrap_or_default();
    let picture = move |(art, _): (&'static str, &'static str)| {
        view! {
            <label class="pill">
                <input type="radio" name="art" value=art checked=chosen == art required />
                <span class="admin-art">
                    <Art name=art />
                    <span class="sr-only">{art}</span>
                </span>
            </label>
        }
    };
    view! {
        <section class="box" aria-labelledby="h-add">
            <div class="box-head">
                <h2 id="h-add">{tr!(staff.categories.add)}</h2>
            </div>
            <ActForm
                act=Act::alone("add_category")
                words=tr!(staff.categories.add)
                hint=tr!(staff.categories.add_hint)
            >
                <Names form="add_category" id=String::new() ko=String::new() en=String::new() />
                <fieldset class="field">
                    <legend class="label">{tr!(staff.categories.art)}</legend>
                    <div class="pills">{CATEGORY_PICTURES.map(picture).collect_view()}</div>
                </fieldset>
            </ActForm>
        </section>
    }
}

/// Both names, or those that were typed and refused.
#[component]
fn Names(form: &'static str, id: String, ko: String, en: String) -> impl IntoView {
    let reply = reply_to(form)
        .filter(|reply| reply.status >= 400)
        .filter(|reply| reply.field("category_id").unwrap_or_default() == id);
    let error = reply.as_ref().and_then(crate::reply::Reply::error);
    let field = |name: &'static str, label: &'static str, value: String| {
        let typed = reply.as_ref().and_then(|reply| reply.field(name)).unwrap_or(value);
        let fault = fault_of(error.as_ref(), name);
        let place = format!("{name}-{form}-{id}");
        view! {
            <div class="field" class:is-wrong=fault.is_some()>
                <label class="label" for=place.clone()>
                    {label}
                </label>
                <input
                    class="input"
                    id=place.clone()
                    name=name
                    value=typed
                    maxlength=CATEGORY_MAX
                    required
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| format!("{place}-fault"))
                />
                {fault.map(|fault| view! { <p class="field-error" id=format!("{place}-fault")>{fault}</p> })}
            </div>
        }
    };
    view! {
        {field("name_ko", tr!(staff.categories.name_ko), ko)}
        {field("name_en", tr!(staff.categories.name_en), en)}
    }
}

#[component]
fn Row(row: StaffCategory, first: bool, last: bool) -> impl IntoView {
    let StaffCategory { category, retired_at, auctions } = row;
    let retired = retired_at.is_some();
    let Category { id, name_ko, name_en, art, .. } = category;
    let change = move |to| Act::new("change_category", "category_id", id).with("change", to);
    let retire = if retired {
        (change("restore"), tr!(staff.categories.restore), tr!(staff.categories.restore_hint))
    } else {
        (change("retire"), tr!(staff.categories.retire), tr!(staff.categories.retire_hint))
    };
    let (act, words, hint) = retire;
    let moved =
        move |to, words| view! { <ActForm act=change(to) words hint=tr!(staff.categories.move_hint) /> };
    let closed = retired.then(|| view! { <span class="tag is-line">{tr!(staff.categories.retired)}</span> });
    let count = tr!(staff.categories.count, count = auctions).to_string();
    view! {
        <li>
            <div class="qa-head">
                <p class="qa-by">
                    <span class="admin-art">
                        <Art name=art />
                    </span>
                    <b>{name_ko.clone()}</b>
                    <span>{name_en.clone()}</span>
                    <span class="dim">{count}</span>
                    {closed}
                </p>
            </div>
            <div class="admin-acts">
                <ActForm
                    act=Act::new("rename_category", "category_id", id)
                    words=tr!(staff.categories.rename)
                    hint=tr!(staff.categories.rename_hint)
                >
                    <Names form="rename_category" id=id.to_string() ko=name_ko en=name_en />
                </ActForm>
                {(!first).then(|| moved("up", tr!(staff.categories.up)))}
                {(!last).then(|| moved("down", tr!(staff.categories.down)))} <ActForm act words hint />
            </div>
        </li>
    }
}
