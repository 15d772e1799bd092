//! Somebody's ear at a topic, as a drop guard.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::watch;

use super::{Hub, Latest, Topic, news::RESYNC};

/// Somebody listens to a topic.
pub struct Membership {
    hub: Hub,
    pub(super) topic: Arc<Topic>,
    latest: watch::Receiver<Latest>,
    version: u64,
    lost: u64,
}

impl Membership {
    /// Called under the lock of the hub's topics.
    pub(super) fn new(hub: Hub, topic: Arc<Topic>, latest: watch::Receiver<Latest>) -> Self {
        Self { hub, topic, latest, version: 0, lost: 0 }
    }

    /// How many listen to the topic on this server, this one included.
    pub fn listeners(&self) -> usize {
        self.topic.latest.receiver_count()
    }

    /// The next frame: the newest state that was not told yet, or that news were lost.
    pub async fn next(&mut self) -> Utf8Bytes {
        loop {
            if let Some(frame) = self.untold() {
                return frame;
            }
            // The topic lives as long as this membership: its sender cannot be gone.
            if self.latest.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    pub(super) fn untold(&mut self) -> Option<Utf8Bytes> {
        let latest = self.latest.borrow_and_update();
        let is_lost = latest.lost > self.lost;
        self.lost = latest.lost;
        if latest.version != self.version
            && let Some(news) = &latest.news
        {
            self.version = latest.version;
            return Some(news.text());
        }
        is_lost.then_some(RESYNC)
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut topics = self.hub.topics();
        // Who joins does so under the same lock: if ours is the only ear, nobody else comes meanwhile.
        if self.topic.latest.receiver_count() == 1 {
            topics.remove(&self.topic.feed);
            self.hub.note(self.topic.feed);
        }
    }
}
