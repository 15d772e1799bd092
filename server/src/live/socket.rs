//! One browser's socket, from its first frame to its close code. The rules are elsewhere; this only
//! translates.

use std::{convert::Infallible, num::NonZeroU32, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use market::{
    Refusal,
    live::{self, ClientFrame, ServerFrame, Topic},
};
use metrics::Counter;
use tokio::time::{Instant, Interval, interval_at, sleep_until, timeout};
use tracing::debug;

use super::{
    Live,
    door::Visitor,
    hub::{Feed, frame},
    topics::Topics,
};
use crate::watching;

/// Frames a client may send each second, and at once.
const FRAMES_EACH_SECOND: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
const FRAMES_AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
/// Who does not take a frame for so long is gone.
const SEND_WITHIN: Duration = Duration::from_secs(15);
/// How long we wait for the other side's close.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nobody is there any more.
    Gone,
    /// The server stops.
    Restart,
    /// Too much, or nothing that can be read.
    Policy,
    /// Signed out (defect S5).
    SessionEnded,
}

impl End {
    fn close_code(self) -> Option<(u16, &'static str)> {
        match self {
            Self::Gone => None,
            Self::Restart => Some((live::CLOSE_RESTART, "restarting")),
            Self::Policy => Some((live::CLOSE_POLICY, "too much")),
            Self::SessionEnded => Some((live::CLOSE_SESSION_ENDED, "signed out")),
        }
    }
}

struct Talk {
    live: Live,
    socket: WebSocket,
    visitor: Visitor,
    topics: Topics,
    allowed: DefaultDirectRateLimiter,
    frames: Counter,
    last_sign: Instant,
}

/// Talks until one side ends it.
pub(super) async fn serve(live: Live, socket: WebSocket, visitor: Visitor) {
    let topics = Topics::new(live.0.hub.clone(), live.0.settings.pace);
    let quota = Quota::per_second(FRAMES_EACH_SECOND).allow_burst(FRAMES_AT_ONCE);
    let allowed = RateLimiter::direct(quota);
    // Looked up once a socket, not once a frame.
    let frames = metrics::counter!(watching::FRAMES);
    let mut talk = Talk { live, socket, visitor, topics, allowed, frames, last_sign: Instant::now() };
    let every = talk.live.0.settings.ping;
    let pings = interval_at(Instant::now() + every, every);
    let Err(end) = talk.until_end(pings).await;
    talk.close(end).await;
}

impl Talk {
    async fn until_end(&mut self, mut pings: Interval) -> Result<Infallible, End> {
        self.tell_time().await?;
        let stop = self.live.0.stop.token.clone();
        loop {
            let dead = self.last_sign + self.live.0.settings.dead;
            tokio::select! {
                () = stop.cancelled() => return Err(End::Restart),
                heard = self.socket.recv() => self.hear(heard).await?,
                Some(said) = self.topics.next() => self.send(Message::Text(said.frame)).await?,
                () = self.visitor.called() => self.look_after_session().await?,
                _ = pings.tick() => self.ping().await?,
                () = sleep_until(dead) => return Err(End::Gone),
            }
        }
    }

    async fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let message = match heard {
            None | Some(Ok(Message::Close(_))) => return Err(End::Gone),
            // A frame over the limit, or no WebSocket at all.
            Some(Err(error)) => {
                debug!(%error, "a socket cannot be read");
                return Err(End::Policy);
            }
            Some(Ok(message)) => message,
        };
        self.last_sign = Instant::now();
        self.allowed.check().map_err(|_| End::Policy)?;
        match message {
            Message::Text(text) => self.obey(&text).await,
            Message::Binary(_) => self.refuse(None, Refusal::Malformed).await,
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(()),
        }
    }

    /// A broken frame is refused and the socket stays (defect S2).
    async fn obey(&mut self, text: &Utf8Bytes) -> Result<(), End> {
        match serde_json::from_str(text) {
            Ok(ClientFrame::Subscribe { topic }) => match self.feed(&topic) {
                Ok((topic, feed)) => {
                    let who = self.visitor.session.as_ref().map(|session| session.user);
                    self.topics.open(topic, feed, who);
                    Ok(())
                }
                Err(reason) => self.refuse(Some(topic), reason).await,
            },
            Ok(ClientFrame::Unsubscribe { topic }) => {
                if let Ok(topic) = topic.parse() {
                    self.topics.close(topic);
                }
                Ok(())
            }
            Err(_) => self.refuse(None, Refusal::Malformed).await,
        }
    }

    /// What a topic means on this socket. Whether an auction exists (defect V6) and who may listen to a
    /// conversation, the hub finds out.
    fn feed(&self, name: &str) -> Result<(Topic, Feed), Refusal> {
        let topic: Topic = name.parse()?;
        let feed = match topic {
            Topic::Auction(id) => Feed::Auction(id),
            Topic::Me => Feed::Me(self.visitor.session.as_ref().ok_or(Refusal::NoSession)?.user),
            Topic::Chat(id) => Feed::Chat(id),
        };
        if self.topics.others(topic) >= self.live.0.settings.topics {
            return Err(Refusal::TooMany { retry_after: 1 });
        }
        Ok((topic, feed))
    }

    async fn refuse(&mut self, topic: Option<String>, reason: Refusal) -> Result<(), End> {
        self.send(Message::Text(frame(&ServerFrame::Refused { topic, reason }))).await
    }

    /// Our sign of life, the time, and a look whether the session still stands.
    async fn ping(&mut self) -> Result<(), End> {
        self.look_after_session().await?;
        self.tell_time().await?;
        self.send(Message::Ping(axum::body::Bytes::new())).await
    }

    /// A socket does not outlive its session (defect S5).
    async fn look_after_session(&mut self) -> Result<(), End> {
        let Some(session) = &self.visitor.session else { return Ok(()) };
        match self.live.0.market.session(&session.token).await {
            Ok(Some(me)) if me.id == session.user => {}
            Ok(_) => return Err(End::SessionEnded),
            Err(error) => debug!(%error, "a socket's session could not be read; next time"),
        }
        Ok(())
    }

    async fn tell_time(&mut self) -> Result<(), End> {
        match self.live.0.time.now_ms() {
            Some(now_ms) => self.send(Message::Text(frame(&ServerFrame::Time { now_ms }))).await,
            None => Ok(()),
        }
    }

    /// While a slow phone takes its time, newer states replace those that wait.
    async fn send(&mut self, message: Message) -> Result<(), End> {
        let stop = self.live.0.stop.token.clone();
        match stop.run_until_cancelled(timeout(SEND_WITHIN, self.socket.send(message))).await {
            Some(Ok(Ok(()))) => {
                self.frames.increment(1);
                Ok(())
            }
            Some(Ok(Err(_)) | Err(_)) => Err(End::Gone),
            None => Err(End::Restart),
        }
    }

    async fn close(mut self, end: End) {
        let Some((code, reason)) = end.close_code() else { return };
        let reason = Utf8Bytes::from_static(reason);
        let closing = async {
            self.socket.send(Message::Close(Some(CloseFrame { code, reason }))).await?;
            while let Some(Ok(_)) = self.socket.recv().await {}
            Ok::<(), axum::Error>(())
        };
        if timeout(CLOSE_WITHIN, closing).await.is_err() {
            debug!(?end, "a socket did not close in time");
        }
    }
}
