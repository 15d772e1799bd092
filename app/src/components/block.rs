//! Hearing no more from somebody, and taking that back.

use leptos::{form::ActionForm, prelude::*};
use market::{UserId, text, view::BlockedPerson};

use super::{
    FailureNotice, Icon,
    failure::{Failed, failure},
    review::name_of,
};
use crate::api::{self, BlockPerson, UnblockPerson};

/// Blocks a person, after saying what that means; or takes the block back. Not for oneself.
#[component]
pub fn BlockForm(
    /// Whom.
    person: UserId,
    /// His name.
    #[prop(into)]
    nickname: String,
    /// Whether I block him.
    blocked: bool,
    /// Told after each change: what the page shows may depend on it.
    #[prop(into, optional)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let (block, unblock) = (ServerAction::<BlockPerson>::new(), ServerAction::<UnblockPerson>::new());
    let blocked = RwSignal::new(blocked);
    Effect::new(move |_| {
        if matches!(block.value().get(), Some(Ok(()))) {
            changed(blocked, true, on_change);
        }
    });
    Effect::new(move |_| {
        if matches!(unblock.value().get(), Some(Ok(()))) {
            changed(blocked, false, on_change);
        }
    });
    let nickname = StoredValue::new(nickname);
    view! {
        <Failed error=failure("block_person", move || block.value().get()) />
        <Failed error=failure("unblock_person", move || unblock.value().get()) />
        {move || if blocked.get() {
            view! { <Blocked unblock person nickname=nickname.get_value() /> }.into_any()
        } else {
            view! { <NotBlocked block person nickname=nickname.get_value() /> }.into_any()
        }}
    }
}

fn changed(blocked: RwSignal<bool>, now: bool, on_change: Option<Callback<()>>) {
    blocked.set(now);
    if let Some(told) = on_change {
        told.run(());
    }
}

#[component]
fn NotBlocked(block: ServerAction<BlockPerson>, person: UserId, nickname: String) -> impl IntoView {
    let explained = tr!(talk.block.explained, name = nickname.clone()).to_string();
    view! {
        <details class="fold">
            <summary class="btn btn-quiet btn-s">
                <Icon name="shield" size="is-s" />
                {tr!(talk.block.open)}
            </summary>
            <div class="confirm">
                <p>{explained}</p>
                <ActionForm action=block>
                    <input type="hidden" name="person_id" value=person.to_string() />
                    <button class="btn btn-danger btn-block" disabled=move || block.pending().get()>
                        {tr!(talk.block.yes, name = nickname).to_string()}
                    </button>
                </ActionForm>
            </div>
        </details>
    }
}

#[component]
fn Blocked(unblock: ServerAction<UnblockPerson>, person: UserId, nickname: String) -> impl IntoView {
    view! {
        <div class="notice">
            <Icon name="shield" />
            <div class="form-stack">
                <p>{tr!(talk.block.is_blocked, name = nickname).to_string()}</p>
                <UnblockForm unblock person />
            </div>
        </div>
    }
}

#[component]
fn UnblockForm(unblock: ServerAction<UnblockPerson>, person: UserId) -> impl IntoView {
    view! {
        <ActionForm action=unblock>
            <input type="hidden" name="person_id" value=person.to_string() />
            <button class="btn btn-ghost btn-s" disabled=move || unblock.pending().get()>
                {tr!(talk.block.undo)}
            </button>
        </ActionForm>
    }
}

/// Whom I have blocked, each with the way back; for the settings.
#[component]
pub fn BlockedPeople() -> impl IntoView {
    let unblock = ServerAction::<UnblockPerson>::new();
    let people = Resource::new_blocking(move || unblock.version().get(), |_| api::blocked_people());
    view! {
        <Failed error=failure("unblock_person", move || unblock.value().get()) />
        <Transition>
            {move || {
                people
                    .get()
                    .map(|people| match people {
                        Ok(people) => view! { <PeopleList people unblock /> }.into_any(),
                        Err(error) => view! { <FailureNotice error /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

#[component]
fn PeopleList(people: Vec<BlockedPerson>, unblock: ServerAction<UnblockPerson>) -> impl IntoView {
    if people.is_empty() {
        return view! { <p class="dim">{tr!(talk.block.none)}</p> }.into_any();
    }
    let rows = people.into_iter().map(|blocked| {
        let since = tr!(talk.block.since, time = text::day_time(blocked.at)).to_string();
        view! {
            <li class="row-item">
                <div class="row-main">
                    <p class="row-title">{name_of(&blocked.person)}</p>
                    <p class="row-meta">{since}</p>
                </div>
                <div class="row-next">
                    <UnblockForm unblock person=blocked.person.id />
                </div>
            </li>
        }
    });
    view! { <ul class="rows is-plain">{rows.collect_view()}</ul> }.into_any()
}
