//! One connection to Redis, from its making to its break: a half that publishes and a half that listens.

use std::{collections::HashSet, convert::Infallible, time::Duration};

use futures::StreamExt;
use market::store::Change;
use redis::{
    AsyncConnectionConfig, Client, Msg, Pipeline,
    aio::{MultiplexedConnection, PubSubSink, PubSubStream},
};
use tokio::{
    sync::{broadcast, broadcast::error::RecvError},
    time::{Instant, interval, timeout},
};
use tracing::{debug, warn};

use super::{Broken, CHANNEL_END, CHANNEL_LOST, Letter, News, Relay, channel, letters};
use crate::live::hub::{Feed, Hub};

/// How long Redis may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// How often we write to ourselves.
const ALIVE_EVERY: Duration = Duration::from_secs(5);
/// A line on which we have not heard ourselves for so long is dead, whatever TCP says.
const DEAD_AFTER: Duration = Duration::from_secs(15);
/// The most changes that are sent together, and channels that are named in one command.
const TOGETHER: usize = 256;

pub(super) struct Line {
    own: u64,
    publishing: MultiplexedConnection,
    listening: PubSubSink,
    messages: PubSubStream,
    subscribed: HashSet<Feed>,
    heard_myself: Instant,
}

impl Line {
    /// Connects, and subscribes to all that is listened to here.
    pub(super) async fn connect(client: &Client, own: u64, hub: &Hub) -> Result<Self, Broken> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let publishing = client.get_multiplexed_async_connection_with_config(&config).await?;
        let listening =
            timeout(ANSWER_WITHIN, client.get_async_pubsub()).await.map_err(|_| Broken::Silent)??;
        let (listening, messages) = listening.split();
        let (subscribed, heard_myself) = (HashSet::new(), Instant::now());
        let mut line = Self { own, publishing, listening, messages, subscribed, heard_myself };
        line.subscribe(vec![CHANNEL_END.to_owned(), CHANNEL_LOST.to_owned(), line.own_channel()]).await?;
        // What came before is among the feeds, what comes later is noted again.
        hub.interest().take();
        line.follow(hub, hub.feeds()).await?;
        Ok(line)
    }

    /// Where only we listen.
    fn own_channel(&self) -> String {
        format!("nb:alive:{:016x}", self.own)
    }

    /// Subscribes to the topics of `touched` that are listened to here, and leaves the others. Whoever came
    /// before the subscription stood may have missed something: those topics are read again.
    async fn follow(&mut self, hub: &Hub, touched: impl IntoIterator<Item = Feed>) -> Result<(), Broken> {
        let (wanted, unwanted): (Vec<Feed>, Vec<Feed>) =
            touched.into_iter().partition(|feed| hub.wants(*feed));
        let come: Vec<Feed> = wanted.into_iter().filter(|feed| !self.subscribed.contains(feed)).collect();
        let gone: Vec<Feed> = unwanted.into_iter().filter(|feed| self.subscribed.contains(feed)).collect();
        for some in come.chunks(TOGETHER) {
            self.subscribe(some.iter().copied().map(channel).collect()).await?;
            self.subscribed.extend(some);
            for feed in some {
                hub.refresh(*feed);
            }
        }
        for some in gone.chunks(TOGETHER) {
            let channels: Vec<String> = some.iter().copied().map(channel).collect();
            let left = timeout(ANSWER_WITHIN, self.listening.unsubscribe(channels)).await;
            left.map_err(|_| Broken::Silent)??;
            self.subscribed.retain(|feed| !some.contains(feed));
        }
        Ok(())
    }

    async fn subscribe(&mut self, channels: Vec<String>) -> Result<(), Broken> {
        let subscribed = timeout(ANSWER_WITHIN, self.listening.subscribe(channels)).await;
        Ok(subscribed.map_err(|_| Broken::Silent)??)
    }

    /// Publishes, in one round trip.
    pub(super) async fn send(&mut self, letters: Vec<(String, News<'_>)>) -> Result<(), Broken> {
        let mut pipeline = Pipeline::with_capacity(letters.len());
        for (channel, news) in letters {
            match serde_json::to_string(&Letter { from: self.own, news }) {
                Ok(text) => {
                    pipeline.publish(channel, text).ignore();
                }
                Err(error) => warn!(%error, "news could not be written"),
            }
        }
        Ok(pipeline.query_async(&mut self.publishing).await?)
    }

    async fn sign_of_life(&mut self) -> Result<(), Broken> {
        if self.heard_myself.elapsed() > DEAD_AFTER {
            return Err(Broken::Silent);
        }
        self.send(vec![(self.own_channel(), News::Alive)]).await
    }

    /// A letter of another server; our own only tell that the line works.
    fn open(&mut self, message: &Msg) -> Option<News<'static>> {
        let text = message.get_payload_bytes();
        match serde_json::from_slice::<Letter<'static>>(text) {
            Ok(letter) if letter.from != self.own => Some(letter.news),
            Ok(_) => {
                self.heard_myself = Instant::now();
                None
            }
            // A server of another version, say: whatever it was about, the database knows.
            Err(error) => {
                debug!(%error, channel = message.get_channel_name(), "a letter could not be read");
                Some(News::Lost)
            }
        }
    }
}

impl Relay {
    /// Carries news until the line breaks.
    pub(super) async fn carry(
        &self,
        line: &mut Line,
        changes: &mut broadcast::Receiver<Change>,
    ) -> Result<Infallible, Broken> {
        let mut alive = interval(ALIVE_EVERY);
        loop {
            tokio::select! {
                message = line.messages.next() => {
                    let message = message.ok_or(Broken::Ended)?;
                    if let Some(news) = line.open(&message) {
                        self.receive(news);
                    }
                }
                change = changes.recv() => send_all(line, change, changes).await?,
                () = self.hub.interest().changed() => {
                    line.follow(&self.hub, self.hub.interest().take()).await?;
                }
                _ = alive.tick() => line.sign_of_life().await?,
            }
        }
    }
}

/// Sends a change and those that wait behind it.
async fn send_all(
    line: &mut Line,
    first: Result<Change, RecvError>,
    changes: &mut broadcast::Receiver<Change>,
) -> Result<(), Broken> {
    let mut together = Vec::new();
    let mut is_behind = false;
    match first {
        Ok(change) => together.push(change),
        Err(RecvError::Lagged(_)) => is_behind = true,
        Err(RecvError::Closed) => return Err(Broken::Ended),
    }
    while together.len() < TOGETHER {
        match changes.try_recv() {
            Ok(change) => together.push(change),
            Err(broadcast::error::TryRecvError::Lagged(_)) => is_behind = true,
            Err(_) => break,
        }
    }
    let mut sent: Vec<_> = together.iter().flat_map(letters).collect();
    if is_behind {
        warn!("the relay fell behind; the other servers read everything again");
        sent.push((CHANNEL_LOST.to_owned(), News::Lost));
    }
    line.send(sent).await
}
