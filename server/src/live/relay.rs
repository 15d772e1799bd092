//! Redis carries news between servers, and nothing else (design, *Live*): every state it brings is in the
//! database, so what it loses is read there.
//!
//! After a commit a server publishes to one channel a topic; each server subscribes to the channels of the
//! topics that are listened to there. Bids never wait for any of it. While Redis is away every try to reach
//! it again ends with reading the local topics from the database, so that prices of other servers are late
//! and not lost; once it is back all servers read everything again, because any of them may have been
//! unheard.

use std::{borrow::Cow, time::Duration};

use market::{
    AuctionId, Instant, UserId,
    live::AuctionState,
    store::{Change, Market},
};
use rand::{TryRng, rngs::SysRng};
use redis::{Client, RedisError};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

mod line;

use super::hub::{Feed, Hub};
use crate::{closer::Alarm, stop::Stop};
use line::Line;

/// The first pause after Redis went away; each next is twice as long …
const PAUSE: Duration = Duration::from_millis(100);
/// … up to this.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// For all servers: ends, that news were lost, and our own sign of life.
const CHANNEL_END: &str = "nb:end";
const CHANNEL_LOST: &str = "nb:lost";

/// What goes over a channel.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Letter<'a> {
    /// The server that wrote it, so that it skips its own.
    from: u64,
    news: News<'a>,
}

/// The news.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum News<'a> {
    /// A national auction has a new state.
    Auction(Cow<'a, AuctionState>),
    /// Somebody's wallet or inbox changed; what it says now is in the database.
    Me(UserId),
    /// Something was said or read in a conversation; what, is in the database.
    Chat(AuctionId),
    /// An auction ends then.
    End(Instant),
    /// The writer may have been unheard for a while.
    Lost,
    /// The writer hears itself: the whole way works.
    Alive,
}

/// The channel of a topic.
fn channel(feed: Feed) -> String {
    match feed {
        Feed::Auction(AuctionId(id)) => format!("nb:auction:{id}"),
        Feed::Me(UserId(id)) => format!("nb:me:{id}"),
        Feed::Chat(AuctionId(id)) => format!("nb:chat:{id}"),
    }
}

/// Starts to carry news between this server and others at the Redis of `url`.
///
/// # Errors
/// When `url` is none, or the operating system gives no randomness. That Redis is away is no error.
pub fn start(url: &str, market: &Market, hub: &Hub, alarm: &Alarm, stop: &Stop) -> anyhow::Result<()> {
    let relay = Relay {
        client: Client::open(url)?,
        own: SysRng.try_next_u64()?,
        market: market.clone(),
        hub: hub.clone(),
        alarm: alarm.clone(),
    };
    // Until the first line stands nobody may be served from memory.
    hub.set_hears_all(false);
    stop.tasks.spawn(relay.run(stop.token.clone()));
    Ok(())
}

struct Relay {
    client: Client,
    /// Which server we are.
    own: u64,
    market: Market,
    hub: Hub,
    alarm: Alarm,
}

/// Why a line ended.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Redis(#[from] RedisError),
    #[error("Redis ended the connection")]
    Ended,
    #[error("Redis does not answer")]
    Silent,
}

impl Relay {
    async fn run(self, stop: CancellationToken) {
        let mut pause = PAUSE;
        let mut is_away = false;
        loop {
            let outcome = stop.run_until_cancelled(self.one_line(&mut is_away, &mut pause)).await;
            self.hub.set_hears_all(false);
            metrics::gauge!("neighborbid_relay_connected").set(0.0);
            let Some(Err(error)) = outcome else { return };
            if is_away {
                debug!(%error, "Redis is still away");
            } else {
                is_away = true;
                warn!(%error, "Redis is away: bids go on, other servers' news come from the database, late");
            }
            if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return;
            }
            pause = (pause * 2).min(PAUSE_MAX);
            self.catch_up();
        }
    }

    /// Connects, and carries news until the line breaks.
    async fn one_line(
        &self,
        is_away: &mut bool,
        pause: &mut Duration,
    ) -> Result<std::convert::Infallible, Broken> {
        // Before the line: what is committed while it is made is sent over it.
        let mut changes = self.market.changes();
        let mut line = Line::connect(&self.client, self.own, &self.hub).await?;
        *pause = PAUSE;
        if std::mem::take(is_away) {
            info!("Redis is back");
        } else {
            info!("Redis carries news between servers");
        }
        metrics::gauge!("neighborbid_relay_connected").set(1.0);
        line.send(vec![(CHANNEL_LOST.to_owned(), News::Lost)]).await?;
        self.hub.set_hears_all(true);
        self.catch_up();
        self.carry(&mut line, &mut changes).await
    }

    /// News may have passed unheard.
    fn catch_up(&self) {
        self.hub.refresh_all();
        self.alarm.ring();
    }

    /// News of another server.
    fn receive(&self, news: News<'_>) {
        match news {
            News::Auction(state) => self.hub.auction_changed(&state),
            News::Me(user) => self.hub.refresh(Feed::Me(user)),
            News::Chat(id) => self.hub.refresh(Feed::Chat(id)),
            News::End(end) => self.alarm.set(end),
            News::Lost => self.catch_up(),
            News::Alive => {}
        }
    }
}

/// What is sent for a change, and where.
fn letters(change: &Change) -> Vec<(String, News<'_>)> {
    match change {
        Change::Auction(state) => {
            vec![(channel(Feed::Auction(state.id)), News::Auction(Cow::Borrowed(state)))]
        }
        Change::People(users) => {
            users.iter().map(|user| (channel(Feed::Me(*user)), News::Me(*user))).collect()
        }
        Change::Chat(id) => vec![(channel(Feed::Chat(*id)), News::Chat(*id))],
        // Another server's sockets look after their sessions at each ping.
        Change::Sessions(_) => Vec::new(),
        Change::End(end) => vec![(CHANNEL_END.to_owned(), News::End(*end))],
    }
}
