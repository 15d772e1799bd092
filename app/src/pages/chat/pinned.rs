//! What stands above a conversation: the sale it is about, and what protects people from each other.

use leptos::prelude::*;
use market::{
    UserId,
    auction::StatusCode,
    view::{ChatSale, ReportSubject},
};

use crate::{
    components::{BlockForm, Icon, MoneyText, ReportForm, Thumb, picture::IN_A_ROW},
    paths,
};

/// The sale: what, for how much, how it stands.
#[component]
pub fn Pinned(sale: ChatSale) -> impl IntoView {
    view! {
        <a class="chat-pin" href=paths::auction(sale.id)>
            <span class="row-media">
                <Thumb cover=sale.picture art=sale.art alt="" sizes=IN_A_ROW />
            </span>
            <span class="row-main">
                <b class="row-title">{sale.title}</b>
                <span class="row-meta">
                    <span class="sr-only">{tr!(talk.paid)}</span>
                    <MoneyText amount=sale.price_paid />
                    <StatusTag status=sale.status />
                </span>
            </span>
            <Icon name="right" />
        </a>
    }
}

/// How a sale stands.
#[component]
pub fn StatusTag(status: StatusCode) -> impl IntoView {
    let (class, words) = match status {
        StatusCode::Sold => ("tag is-moving", tr!(talk.status.sold)),
        StatusCode::Disputed => ("tag is-bad", tr!(talk.status.disputed)),
        StatusCode::Settled => ("tag is-good", tr!(talk.status.settled)),
        StatusCode::Refunded => ("tag", tr!(talk.status.refunded)),
        StatusCode::Live | StatusCode::Unsold | StatusCode::Cancelled => ("tag", tr!(talk.status.other)),
    };
    view! { <span class=class>{words}</span> }
}

/// Reports the other, or hears no more from him.
#[component]
pub fn Safety(
    person: UserId,
    nickname: String,
    i_block: bool,
    #[prop(into)] on_change: Callback<()>,
) -> impl IntoView {
    view! {
        <details class="menu chat-safety">
            <summary class="btn btn-quiet btn-s">
                <Icon name="shield" size="is-s" />
                {tr!(talk.safety)}
            </summary>
            <div class="menu-list">
                <div class="menu-block form-stack">
                    <ReportForm subject=ReportSubject::User(person) />
                    <BlockForm person nickname blocked=i_block on_change />
                </div>
            </div>
        </details>
    }
}
