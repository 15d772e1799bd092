//! The socket's side of the pages: frames become signals.
//!
//! A page is complete as served; the socket only replaces states by newer ones. The newest number wins,
//! whatever way a state came: with the page, with the answer to a bid, or in a frame (rules, *Everything
//! after the commit*).

use std::collections::HashMap;

use leptos::prelude::*;
use market::{
    AuctionId, Instant, Refusal,
    live::{AuctionState, ChatState, MyState, ServerFrame, Topic},
    opening::Reach,
};

use crate::app::is_alive;

mod chat;
#[cfg(not(feature = "hydrate"))]
mod silent;
#[cfg(feature = "hydrate")]
mod socket;

#[cfg(not(feature = "hydrate"))]
use silent as wire;
#[cfg(feature = "hydrate")]
use socket as wire;

/// How the socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Not needed, or not yet there.
    Idle,
    /// Frames arrive.
    Open,
    /// It was there and is not: what the page shows may be old.
    Lost,
}

/// The live part of the pages; one for the whole app.
#[derive(Clone, Copy)]
pub struct Live {
    /// How the socket is.
    pub connection: RwSignal<Connection>,
    /// My wallet and inbox, once known.
    pub me: RwSignal<Option<MyState>>,
    /// The newest state of the conversation on the page.
    chat: RwSignal<Option<ChatState>>,
    /// Counts up when news may have been lost: pages read themselves again.
    pub resync: RwSignal<u32>,
    /// The server's time, ten times a second; `None` until the page is alive.
    now: RwSignal<Option<Instant>>,
    /// The server's clock minus the browser's, in milliseconds.
    offset_ms: StoredValue<i64>,
    feeds: StoredValue<HashMap<AuctionId, Feed>>,
}

/// An auction that parts of the page look at.
struct Feed {
    state: ArcRwSignal<AuctionState>,
    /// How many parts.
    users: usize,
}

/// Makes the live part known to all pages, and starts its clock in the browser.
pub fn provide_live() -> Live {
    let live = Live {
        connection: RwSignal::new(Connection::Idle),
        me: RwSignal::new(None),
        chat: RwSignal::new(None),
        resync: RwSignal::new(0),
        now: RwSignal::new(None),
        offset_ms: StoredValue::new(0),
        feeds: StoredValue::new(HashMap::new()),
    };
    provide_context(live);
    Effect::new(move |_| {
        if is_alive() {
            wire::start(live);
        }
    });
    live
}

/// The live part.
#[must_use]
pub fn live() -> Live {
    expect_context::<Live>()
}

impl Live {
    /// The server's time, `initial` (the page's own) until the page is alive.
    #[must_use]
    pub fn now(self, initial: Instant) -> Instant {
        self.now.get().unwrap_or(initial)
    }

    /// The state of an auction as it moves. National ones are listened to for as long as the owner lives;
    /// neighbourhood ones change by [`Live::offer`] alone.
    #[must_use]
    pub fn auction(self, initial: AuctionState, reach: Reach) -> ArcRwSignal<AuctionState> {
        let id = initial.id;
        let state = self.enter(initial);
        Effect::new(move |_| {
            if reach == Reach::National {
                wire::subscribe(Topic::Auction(id));
            }
        });
        on_cleanup(move || self.leave(id));
        state
    }

    /// A state from elsewhere: the page read again, or the answer to a bid. An older one changes nothing.
    pub fn offer(self, state: AuctionState) {
        let known = self.feeds.try_with_value(|feeds| feeds.get(&state.id).map(|feed| feed.state.clone()));
        let Some(known) = known.flatten() else { return };
        if known.read_untracked().seq < state.seq {
            known.set(state);
        }
    }

    /// My wallet and inbox from elsewhere. An older one changes nothing; another person's neither.
    pub fn offer_me(self, state: MyState) {
        let newer = self.me.try_with_untracked(|known| {
            known.as_ref().is_none_or(|known| {
                known.user == state.user
                    && (known.wallet_seq, known.inbox_seq) <= (state.wallet_seq, state.inbox_seq)
            })
        });
        if newer == Some(true) {
            self.me.try_set(Some(state));
        }
    }

    /// Listens to my wallet and inbox.
    pub fn follow_me(self) {
        wire::subscribe(Topic::Me);
    }

    /// Runs when news may have been lost, for as long as the owner lives.
    pub fn on_resync(self, reread: impl Fn() + 'static) {
        Effect::new(move |before: Option<u32>| {
            let count = self.resync.get();
            if before.is_some_and(|before| before != count) {
                reread();
            }
            count
        });
    }

    /// The number of my newest notice, once known.
    #[must_use]
    pub fn inbox(self) -> Memo<Option<i64>> {
        Memo::new(move |_| self.me.with(|me| me.as_ref().map(|me| me.inbox_seq)))
    }

    /// Everything on the page may be old.
    pub fn ask_resync(self) {
        self.resync.try_update(|count| *count += 1);
    }

    fn enter(self, initial: AuctionState) -> ArcRwSignal<AuctionState> {
        let id = initial.id;
        let entered = self.feeds.try_update_value(|feeds| {
            let feed = feeds
                .entry(id)
                .or_insert_with(|| Feed { state: ArcRwSignal::new(initial.clone()), users: 0 });
            feed.users += 1;
            feed.state.clone()
        });
        self.offer(initial.clone());
        entered.unwrap_or_else(|| ArcRwSignal::new(initial))
    }

    fn leave(self, id: AuctionId) {
        let gone = self.feeds.try_update_value(|feeds| {
            let feed = feeds.get_mut(&id)?;
            feed.users -= 1;
            (feed.users == 0).then(|| feeds.remove(&id).map(drop)).flatten()
        });
        if gone.flatten().is_some() {
            wire::unsubscribe(Topic::Auction(id));
        }
    }

    /// A frame has arrived.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser has a socket"))]
    fn receive(self, frame: ServerFrame, browser_ms: i64) {
        match frame {
            ServerFrame::Auction(state) => self.offer(*state),
            ServerFrame::Me(state) => self.offer_me(state),
            ServerFrame::Chat(state) => self.offer_chat(*state),
            ServerFrame::Time { now_ms } => {
                self.offset_ms.try_set_value(now_ms - browser_ms);
            }
            ServerFrame::Resync => self.ask_resync(),
            // My session was ended, here or in another browser: the pages must know.
            ServerFrame::Refused { topic: Some(topic), reason: Refusal::NoSession }
                if topic.parse() == Ok(Topic::Me) =>
            {
                wire::unsubscribe(Topic::Me);
                self.me.try_set(None);
                self.ask_resync();
            }
            ServerFrame::Refused { topic, reason } => {
                leptos::logging::warn!("the socket refused {topic:?}: {reason:?}");
            }
        }
    }

    /// The clock moves.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser has a clock of its own"))]
    fn tick(self, browser_ms: i64) {
        let offset = self.offset_ms.try_get_value().unwrap_or(0);
        self.now.try_set(chrono::DateTime::from_timestamp_millis(browser_ms + offset));
    }
}
