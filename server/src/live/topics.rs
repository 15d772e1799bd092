//! What one socket listens to, as one stream of frames.

use std::{collections::HashMap, time::Duration};

use axum::extract::ws::Utf8Bytes;
use futures::{
    StreamExt,
    stream::{self, AbortHandle, Abortable, BoxStream, SelectAll},
};
use market::{
    Refusal, UserId,
    live::{ServerFrame, Topic},
};
use tokio::time::{Instant, sleep_until};

use super::hub::{Feed, Hub, Membership, frame};

/// The most frames of one topic that this server sends in a second, to all its sockets together: 20 to each
/// of a thousand, 4 to each of five thousand. More would take from the bids what the crowd came to see.
const FRAMES_EACH_SECOND: u32 = 20_000;

/// A frame of a topic.
pub(super) struct Said {
    topic: Topic,
    /// As it goes over the wire.
    pub(super) frame: Utf8Bytes,
    /// Nothing follows: the topic was refused.
    is_last: bool,
}

/// The open topics of a socket.
pub(super) struct Topics {
    hub: Hub,
    pace: Duration,
    open: HashMap<Topic, AbortHandle>,
    said: SelectAll<Abortable<BoxStream<'static, Said>>>,
}

impl Topics {
    pub(super) fn new(hub: Hub, pace: Duration) -> Self {
        Self { hub, pace, open: HashMap::new(), said: SelectAll::new() }
    }

    /// How many other topics are open.
    pub(super) fn others(&self, topic: Topic) -> usize {
        self.open.len() - usize::from(self.open.contains_key(&topic))
    }

    /// Starts listening, if `who` may. Once more to the same topic: its whole state is told again.
    pub(super) fn open(&mut self, topic: Topic, feed: Feed, who: Option<UserId>) {
        let frames = frames(self.hub.clone(), topic, (feed, who), self.pace).boxed();
        let (frames, handle) = stream::abortable(frames);
        self.said.push(frames);
        if let Some(before) = self.open.insert(topic, handle) {
            before.abort();
        }
    }

    /// Stops listening.
    pub(super) fn close(&mut self, topic: Topic) {
        if let Some(open) = self.open.remove(&topic) {
            open.abort();
        }
    }

    /// The next frame of any topic; `None` while none is open. May be dropped and called again.
    pub(super) async fn next(&mut self) -> Option<Said> {
        let said = self.said.next().await?;
        if said.is_last {
            self.open.remove(&said.topic);
        }
        Some(said)
    }
}

enum Step {
    Begin,
    Listen(Membership, Instant),
    Over,
}

/// Between two frames of a topic on one socket.
fn pause(pace: Duration, listeners: usize) -> Duration {
    let listeners = u32::try_from(listeners).unwrap_or(u32::MAX);
    pace.max(Duration::from_secs(1).saturating_mul(listeners) / FRAMES_EACH_SECOND)
}

/// The whole state, then each newer one, at most one every [`pause`]: whatever happens in between is skipped.
fn frames(
    hub: Hub,
    topic: Topic,
    (feed, who): (Feed, Option<UserId>),
    pace: Duration,
) -> impl stream::Stream<Item = Said> + Send {
    let said = move |frame, is_last| Said { topic, frame, is_last };
    stream::unfold(Step::Begin, move |step| {
        let hub = hub.clone();
        async move {
            let mut membership = match step {
                // Boxed: what a reading needs, 15 kB, would lie in every open topic to its end.
                Step::Begin => match Box::pin(admitted(&hub, feed, who)).await {
                    Ok(membership) => membership,
                    Err(reason) => {
                        let refused = ServerFrame::Refused { topic: Some(topic.to_string()), reason };
                        return Some((said(frame(&refused), true), Step::Over));
                    }
                },
                Step::Listen(membership, told) => {
                    sleep_until(told + pause(pace, membership.listeners())).await;
                    membership
                }
                Step::Over => return None,
            };
            let newest = membership.next().await;
            Some((said(newest, false), Step::Listen(membership, Instant::now())))
        }
    })
}

async fn admitted(hub: &Hub, feed: Feed, who: Option<UserId>) -> Result<Membership, Refusal> {
    hub.admit(feed, who).await?;
    hub.listen(feed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_told_less_often_and_nobody_more_often_than_the_pace() {
        let pace = Duration::from_millis(50);
        let told = |listeners| pause(pace, listeners).as_millis();
        assert_eq!([1, 1_000, 5_000, 10_000].map(told), [50, 50, 250, 500]);
    }
}
