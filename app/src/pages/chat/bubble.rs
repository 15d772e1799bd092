//! A message.

use leptos::prelude::*;
use market::{
    live::{ChatMessage, Party},
    text,
    view::ReportSubject,
};

use super::log::Names;
use crate::{
    components::{Icon, picture::BubblePicture},
    paths,
};

/// What was said, by whom and when; mine stand right.
#[component]
pub fn Bubble(
    message: ChatMessage,
    /// Who I am; staff are none of the two.
    me: Option<Party>,
    names: Names,
    /// Whether the mark stands here that the other has read up to it.
    is_read: Memo<bool>,
) -> impl IntoView {
    let is_mine = match me {
        Some(me) => message.from == me,
        None => message.from == Party::Seller,
    };
    let name = names.of_party(message.from);
    let speaker = if me.is_some() && is_mine {
        tr!(talk.from_me).to_owned()
    } else {
        tr!(talk.from, name = name.clone()).to_string()
    };
    // Staff see both names; of the two each knows who the other is.
    let speaker_class = if me.is_none() { "bubble-by" } else { "sr-only" };
    let alt = if me.is_some() && is_mine {
        tr!(talk.my_picture).to_owned()
    } else {
        tr!(talk.picture_of, name = name).to_string()
    };
    let report = (me.is_some() && !is_mine).then(|| view! { <ReportMessage id=message.id /> });
    let words = (!message.text.is_empty())
        .then(|| view! { <p class="bubble" class:is-mine=is_mine>{message.text}</p> });
    view! {
        <li class="said" class:is-mine=is_mine>
            <span class=speaker_class>{speaker}</span>
            {message.picture.map(|picture| view! { <BubblePicture picture alt /> })}
            {words}
            <span class="bubble-meta">
                <time datetime=text::machine(message.at)>{text::minute(message.at)}</time>
                {move || is_read.get().then(|| view! { <span>" · " {tr!(talk.read)}</span> })}
                {report}
            </span>
        </li>
    }
}

#[component]
fn ReportMessage(id: i64) -> impl IntoView {
    let href = paths::report(ReportSubject::Message(id));
    view! {
        <a class="bubble-report" href=href rel="nofollow" aria-label=tr!(talk.report_message)>
            <Icon name="flag" size="is-s" />
        </a>
    }
}
