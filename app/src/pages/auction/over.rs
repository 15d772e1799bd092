//! After the end: what is next for the buyer, for the seller, and for everybody else.

mod after;
mod buyer;
mod bystander;
mod confirm;
mod conversation;
mod follow;
mod hand_over;
mod problem;
mod seller;

pub use after::After;
pub use buyer::Buyer;
pub use bystander::Ended;
pub use conversation::Conversation;
pub use seller::Sold;

use leptos::prelude::*;
use market::{auction::StatusCode, live::Phase, view::Trade};

use super::{here::Here, sheet::Sheet};
use crate::{
    components::{Icon, trade::TradeSteps},
    paths,
};

/// How the auction ended, once it has.
fn status(here: Here) -> Option<StatusCode> {
    match here.phase.get() {
        Phase::Over(status) => Some(status),
        _ => None,
    }
}

/// Where a sale stands, as far as it decides what can be done: forms live as long as it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The money waits, and the thing with the seller.
    Sending,
    /// The money waits, and the thing is on its way.
    Receiving,
    /// The money is frozen.
    Disputed,
    /// The seller was paid as it closed: what is left is to hand it over.
    PaidAtOnce,
    /// The seller was paid out of escrow.
    Settled,
    /// The buyer has his money back.
    Refunded,
}

impl Stage {
    fn of(trade: &Trade) -> Self {
        match trade.status {
            StatusCode::Sold if trade.handover.is_none() => Self::Sending,
            StatusCode::Sold => Self::Receiving,
            StatusCode::Disputed => Self::Disputed,
            StatusCode::Refunded => Self::Refunded,
            _ if trade.settlement == market::Settlement::OnClose => Self::PaidAtOnce,
            _ => Self::Settled,
        }
    }
}

/// The sale as it was read last. A page that saw the end come reads it a moment later.
fn sale(here: Here) -> Memo<Option<Trade>> {
    Memo::new(move |_| here.after.with(|after| after.trade.clone()))
}

/// Its steps.
#[component]
fn Steps(here: Here) -> impl IntoView {
    let trade = sale(here);
    let known = Memo::new(move |_| trade.with(Option::is_some));
    let steps = move || {
        let first = trade.get_untracked()?;
        let trade = Signal::derive(move || trade.get().unwrap_or_else(|| first.clone()));
        Some(view! { <TradeSteps trade /> })
    };
    move || known.get().then(steps)
}

/// The way to the conversation of the two.
#[component]
fn ChatLink(here: Here, class: &'static str, #[prop(into)] words: String) -> impl IntoView {
    view! {
        <a class=class href=paths::chat(here.id)>
            <Icon name="chat" />
            {words}
        </a>
    }
}

/// The way to a part of the page, which lies below the sheet on a phone.
#[component]
fn PartLink(class: &'static str, href: String, children: Children) -> impl IntoView {
    let sheet = use_context::<Sheet>();
    view! {
        <a
            class=class
            href=href
            rel="external"
            on:click=move |_| {
                if let Some(sheet) = sheet {
                    sheet.open.set(false);
                }
            }
        >
            {children()}
        </a>
    }
}

/// The way to what is said in the dispute.
#[component]
fn DisputeLink(here: Here, words: &'static str) -> impl IntoView {
    view! {
        <PartLink class="btn btn-soft btn-l btn-block" href=paths::dispute(here.id)>
            {words}
        </PartLink>
    }
}

/// The way to the reviews.
#[component]
fn ReviewLink(here: Here, class: &'static str) -> impl IntoView {
    view! {
        <PartLink class href=paths::review(here.id)>
            <Icon name="star" />
            {tr!(trade.review)}
        </PartLink>
    }
}

/// The one action of the panel.
const PRIMARY: &str = "btn btn-primary btn-xl btn-block";
/// What else can be done.
const GHOST: &str = "btn btn-ghost btn-block";
