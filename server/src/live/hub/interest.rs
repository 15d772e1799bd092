//! Which topics came or went since somebody last looked: what the relay subscribes to at Redis.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use tokio::sync::Notify;

use super::Feed;

/// Bounded by the number of topics, however often each comes and goes before the relay looks.
#[derive(Debug, Default)]
pub struct Interest {
    touched: Mutex<HashSet<Feed>>,
    news: Notify,
}

impl Interest {
    /// The topic came or went; which of the two, the hub knows.
    pub(super) fn note(&self, feed: Feed) {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).insert(feed);
        self.news.notify_one();
    }

    /// Waits until topics came or went.
    pub async fn changed(&self) {
        self.news.notified().await;
    }

    /// Those that did since the last call.
    pub fn take(&self) -> HashSet<Feed> {
        std::mem::take(&mut self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
