//! The newest state of every topic that somebody on this server listens to.
//!
//! A change is written down as text once and shared by all its sockets. A topic exists while it has a
//! listener: [`Membership`] is a drop guard, and the last one out takes the topic with it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use market::{
    AuctionId, Refusal, UserId,
    live::AuctionState,
    store::{Change, Error, Market},
};
use tokio::sync::{Semaphore, broadcast, broadcast::error::RecvError, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{error, warn};

use crate::stop::Stop;

mod interest;
mod membership;
mod news;
#[cfg(test)]
mod tests;

pub use interest::Interest;
pub use membership::Membership;
pub(super) use news::{News, frame};

/// How many states are read from the database at once: when a crowded auction ends, thousands of inboxes
/// change, and the bids that go on elsewhere need connections too.
const READS_AT_ONCE: usize = 4;
/// Between two readings of one topic: no socket is told more often.
const READ_PAUSE: Duration = Duration::from_millis(50);

/// A topic as the server knows it: whose `me`, it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feed {
    /// A national auction.
    Auction(AuctionId),
    /// Somebody's wallet and inbox.
    Me(UserId),
    /// The conversation of a sale.
    Chat(AuctionId),
}

/// See the module.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    market: Market,
    tasks: TaskTracker,
    topics: Mutex<HashMap<Feed, Arc<Topic>>>,
    reads: Semaphore,
    /// Whether every committed change reaches us, other servers' too. If not, what we know may be old.
    hears_all: AtomicBool,
    interest: OnceLock<Interest>,
}

/// One topic's newest state.
struct Topic {
    feed: Feed,
    latest: watch::Sender<Latest>,
    /// Readings follow each other, so that a later one is newer.
    reading: tokio::sync::Mutex<()>,
    /// A reading is asked for and has not begun: one that begins later serves all who ask before.
    asked: AtomicBool,
}

#[derive(Default)]
struct Latest {
    news: Option<News>,
    /// Counts the news.
    version: u64,
    /// Counts the times that news were lost and could not be read again.
    lost: u64,
    /// They were, and nothing newer was read since.
    is_stale: bool,
}

impl Hub {
    /// A hub that follows `market`. What was committed before is read when somebody asks for it.
    pub fn start(market: &Market, stop: &Stop) -> Self {
        let hub = Self(Arc::new(Inner {
            market: market.clone(),
            tasks: stop.tasks.clone(),
            topics: Mutex::default(),
            reads: Semaphore::new(READS_AT_ONCE),
            hears_all: AtomicBool::new(true),
            interest: OnceLock::new(),
        }));
        stop.tasks.spawn(hub.clone().follow(market.changes(), stop.token.clone()));
        hub
    }

    async fn follow(self, mut changes: broadcast::Receiver<Change>, stop: CancellationToken) {
        while let Some(change) = stop.run_until_cancelled(changes.recv()).await {
            match change {
                Ok(Change::Auction(state)) => self.auction_changed(&state),
                Ok(Change::People(users)) => users.iter().for_each(|user| self.refresh(Feed::Me(*user))),
                Ok(Change::Chat(id)) => self.refresh(Feed::Chat(id)),
                Ok(Change::Sessions(_) | Change::End(_)) => {}
                Err(RecvError::Lagged(missed)) => {
                    warn!(missed, "the hub fell behind; it reads everything again");
                    self.refresh_all();
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// Whether `who` may listen to it: a conversation is for its two parties alone, who stay the same.
    ///
    /// # Errors
    /// `no_session`, `not_yours`, `not_found`; `busy` when the database does not answer.
    pub(super) async fn admit(&self, feed: Feed, who: Option<UserId>) -> Result<(), Refusal> {
        let Feed::Chat(id) = feed else { return Ok(()) };
        let who = who.ok_or(Refusal::NoSession)?;
        let _permit = self.0.reads.acquire().await;
        let party = self.0.market.chat_party(id, who).await.map_err(|error| refusal(feed, error))?;
        party.map(drop).ok_or(Refusal::NotYours)
    }

    /// Listens from now on, then looks: whatever happens in between is not missed (defect K3).
    ///
    /// # Errors
    /// `not_found` for what has no topic; `busy` when the database does not answer.
    pub async fn listen(&self, feed: Feed) -> Result<Membership, Refusal> {
        let membership = self.join(feed);
        let topic = &membership.topic;
        if topic.is_known() && self.0.hears_all.load(Ordering::Acquire) {
            return Ok(membership);
        }
        let turn = topic.reading.lock().await;
        if !topic.is_known() || !self.0.hears_all.load(Ordering::Acquire) {
            self.read(topic).await.map_err(|error| refusal(feed, error))?;
        }
        drop(turn);
        Ok(membership)
    }

    /// An auction's new state, from here or from another server. An older one changes nothing (defect K2).
    pub(super) fn auction_changed(&self, state: &AuctionState) {
        let Some(topic) = self.topic(Feed::Auction(state.id)) else { return };
        topic.publish(News::auction(state.clone()));
    }

    /// Reads a topic again soon, if somebody here listens to it. Many calls at once are one reading.
    pub(super) fn refresh(&self, feed: Feed) {
        if let Some(topic) = self.topic(feed) {
            self.refresh_soon(topic);
        }
    }

    /// Reads everything again: news may have been missed.
    pub(super) fn refresh_all(&self) {
        let topics: Vec<_> = self.topics().values().cloned().collect();
        for topic in topics {
            self.refresh_soon(topic);
        }
    }

    /// Says whether other servers' news reach us. While they do not, nobody is served from memory.
    pub(super) fn set_hears_all(&self, hears_all: bool) {
        self.0.hears_all.store(hears_all, Ordering::Release);
    }

    /// Which topics come and go, from now on.
    pub(super) fn interest(&self) -> &Interest {
        self.0.interest.get_or_init(Interest::default)
    }

    /// What is listened to here.
    pub fn feeds(&self) -> Vec<Feed> {
        self.topics().keys().copied().collect()
    }

    /// Whether somebody here listens to it.
    pub(super) fn wants(&self, feed: Feed) -> bool {
        self.topics().contains_key(&feed)
    }

    fn refresh_soon(&self, topic: Arc<Topic>) {
        if topic.asked.swap(true, Ordering::AcqRel) {
            return;
        }
        let hub = self.clone();
        self.0.tasks.spawn(async move {
            let _turn = topic.reading.lock().await;
            if let Err(error) = hub.read(&topic).await {
                warn!(feed = ?topic.feed, %error, "news could not be read");
                topic.lose();
            }
            tokio::time::sleep(READ_PAUSE).await;
        });
    }

    /// Reads and publishes; whoever calls it has the turn.
    async fn read(&self, topic: &Topic) -> Result<(), Error> {
        // A semaphore that nobody closes: there is nothing to handle.
        let _permit = self.0.reads.acquire().await;
        topic.asked.store(false, Ordering::Release);
        let news = match topic.feed {
            Feed::Auction(id) => News::auction(self.0.market.live_state(id).await?),
            Feed::Me(user) => News::me(self.0.market.my_state(user).await?),
            Feed::Chat(id) => News::chat(self.0.market.chat_state(id).await?),
        };
        topic.publish(news);
        Ok(())
    }

    fn join(&self, feed: Feed) -> Membership {
        let mut topics = self.topics();
        let mut is_new = false;
        let topic = Arc::clone(topics.entry(feed).or_insert_with(|| {
            is_new = true;
            Arc::new(Topic::new(feed))
        }));
        let latest = topic.latest.subscribe();
        if is_new {
            self.note(feed);
        }
        drop(topics);
        Membership::new(self.clone(), topic, latest)
    }

    /// Called under the lock of the topics, so that the last who leaves and the next who comes do not miss
    /// each other.
    fn note(&self, feed: Feed) {
        if let Some(interest) = self.0.interest.get() {
            interest.note(feed);
        }
    }

    fn topic(&self, feed: Feed) -> Option<Arc<Topic>> {
        self.topics().get(&feed).cloned()
    }

    fn topics(&self) -> MutexGuard<'_, HashMap<Feed, Arc<Topic>>> {
        self.0.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Topic {
    fn new(feed: Feed) -> Self {
        Self {
            feed,
            latest: watch::Sender::new(Latest::default()),
            reading: tokio::sync::Mutex::default(),
            asked: AtomicBool::new(false),
        }
    }

    fn is_known(&self) -> bool {
        let latest = self.latest.borrow();
        latest.news.is_some() && !latest.is_stale
    }

    /// The newest number wins.
    fn publish(&self, news: News) {
        self.latest.send_if_modified(|latest| {
            // Whatever was lost before, this is the whole state.
            latest.is_stale = false;
            let is_newer = latest.news.as_ref().is_none_or(|known| news.supersedes(known));
            if is_newer {
                latest.news = Some(news);
                latest.version += 1;
            }
            is_newer
        });
    }

    fn lose(&self) {
        self.latest.send_modify(|latest| {
            latest.lost += 1;
            latest.is_stale = true;
        });
    }
}

/// What a socket is told when a topic cannot be read.
fn refusal(feed: Feed, error: Error) -> Refusal {
    error.refusal().unwrap_or_else(|failure| {
        error!(?feed, error = %failure, "a topic could not be read");
        Refusal::Busy
    })
}
