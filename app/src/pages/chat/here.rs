//! What the page knows of its conversation, and how it is read further.

use leptos::{html, prelude::*};
use market::{
    AuctionId,
    live::Party,
    view::{ChatPage, Neighbour},
};

use super::thread::Thread;
use crate::api::{self, ApiError};

/// Nearer to the end than so many pixels, one is at the end.
const NEAR: i32 = 48;

/// The conversation of the page, for all its parts.
#[derive(Clone, Copy)]
pub struct Here {
    /// Which.
    pub id: AuctionId,
    /// Who I am in it.
    pub me: Party,
    /// With whom.
    pub other: StoredValue<Neighbour>,
    /// What was said, and what is read.
    pub thread: RwSignal<Thread>,
    /// Neither can write to the other.
    pub blocked: RwSignal<bool>,
    /// The messages' box. Its end is where its scroll begins: it is a column in reverse.
    pub log: NodeRef<html::Div>,
    /// The newest message is on the screen.
    pub at_end: RwSignal<bool>,
    /// Something came below what is on the screen.
    pub is_new_below: RwSignal<bool>,
    /// What is read out.
    pub announced: RwSignal<String>,
    /// Older messages are being read.
    pub loading: RwSignal<bool>,
    /// Older messages could not be read: they are asked for again by hand only.
    pub stuck: RwSignal<bool>,
}

impl Here {
    /// From the page as it was read.
    pub fn new(page: &ChatPage, me: Party) -> Self {
        let other = match me {
            Party::Seller => page.winner.clone(),
            Party::Winner => page.seller.clone(),
        };
        Self {
            id: page.sale.id,
            me,
            other: StoredValue::new(other),
            thread: RwSignal::new(Thread::of(page)),
            blocked: RwSignal::new(page.blocked),
            log: NodeRef::new(),
            at_end: RwSignal::new(true),
            is_new_below: RwSignal::new(false),
            announced: RwSignal::new(String::new()),
            loading: RwSignal::new(false),
            stuck: RwSignal::new(false),
        }
    }

    /// Reads the newest messages again, and whether one may write.
    pub fn reread(self) {
        self.read(None);
    }

    /// Reads the messages before a number; what comes of it the thread sorts in.
    pub fn read(self, before: Option<i32>) {
        leptos::task::spawn_local(async move {
            // What could not be read is asked for again when the connection is back.
            if let Ok(page) = page(self.id, before).await {
                self.take(page);
            }
        });
    }

    /// Reads older messages than those on the page.
    pub fn read_older(self) {
        let oldest = self.thread.with_untracked(|thread| thread.oldest().filter(|_| thread.has_older()));
        if oldest.is_none() || self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        leptos::task::spawn_local(async move {
            let page = page(self.id, oldest).await;
            self.stuck.try_set(page.is_err());
            if let Ok(page) = page {
                self.take(page);
            }
            self.loading.try_set(false);
        });
    }

    /// To the newest message.
    pub fn to_end(self) {
        if let Some(log) = self.log.get_untracked() {
            log.set_scroll_top(0);
        }
    }

    /// The box was scrolled.
    pub fn scrolled(self) {
        let Some(log) = self.log.get_untracked() else { return };
        let at_end = log.scroll_top().abs() < NEAR;
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        if at_end && self.is_new_below.get_untracked() {
            self.is_new_below.set(false);
        }
    }

    fn take(self, page: ChatPage) {
        self.blocked.try_set(page.blocked);
        self.thread.try_update(|thread| {
            thread.offer(&page.state);
            thread.add(page.messages);
        });
    }
}

async fn page(id: AuctionId, before: Option<i32>) -> Result<ChatPage, ApiError> {
    let before = before.map(|before| before.to_string());
    api::conversation(id.to_string(), before.unwrap_or_default()).await
}
