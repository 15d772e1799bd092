//! News for open pages (design, *Live*): one WebSocket a tab, the topics of all its cards on it.
//!
//! [`door`] decides who may come in, [`socket`] talks to one browser, [`topics`] turns what that browser
//! listens to into frames, [`hub`] knows the newest state of everything that somebody here listens to,
//! [`relay`] hears of what other servers committed, [`time`] tells the market's time without asking the
//! database each time.
//!
//! A frame carries the whole state with its number, and a socket asks for the newest state only when it is
//! ready to send it. So nothing queues up: a slow phone skips prices, and a frame that is lost or late
//! changes nothing.

mod door;
pub mod hub;
pub mod relay;
mod socket;
mod time;
mod topics;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::server_side::cookies::CookiePolicy;
use axum::{
    Router,
    extract::{ConnectInfo, FromRef, State, WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use market::{live, store::Market};

pub use hub::Hub;

use crate::stop::Stop;
use door::Door;
use time::MarketTime;

/// Where the socket is.
pub const PATH: &str = "/ws";

/// What bounds a socket. Tests shorten the times.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How often the server gives a sign of life, tells the time and looks whether the session still stands.
    pub ping: Duration,
    /// Without a sign of life for so long a connection is dead.
    pub dead: Duration,
    /// Between two frames of one topic on one socket: 20 a second.
    pub pace: Duration,
    /// The most topics on one socket.
    pub topics: usize,
    /// The most sockets of one person: that many tabs.
    pub per_person: u32,
    /// The most sockets of one address: households and schools share theirs.
    pub per_address: u32,
    /// How the session's cookie is named.
    pub cookies: CookiePolicy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ping: Duration::from_secs(live::PING_SECONDS),
            dead: Duration::from_secs(live::DEAD_SECONDS),
            pace: Duration::from_millis(50),
            topics: 64,
            per_person: 40,
            per_address: 256,
            cookies: CookiePolicy { secure: true },
        }
    }
}

/// Everything a socket needs; cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    market: Market,
    hub: Hub,
    door: Arc<Door>,
    time: MarketTime,
    settings: Settings,
    stop: Stop,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl Live {
    /// Starts to follow the market; sockets may come from now on.
    pub fn start(market: &Market, settings: Settings, stop: &Stop) -> Self {
        let door = Arc::new(Door::new(settings));
        let time = MarketTime::default();
        let hub = Hub::start(market, stop);
        stop.tasks.spawn(time.clone().keep(market.clone(), stop.token.clone()));
        stop.tasks.spawn(door.clone().keep(stop.token.clone()));
        stop.tasks.spawn(door.clone().follow(market.changes(), stop.token.clone()));
        Self(Arc::new(Inner { market: market.clone(), hub, door, time, settings, stop: stop.clone() }))
    }

    /// What this server knows of the topics that are listened to here.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }
}

/// The socket's address, for the router.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Live: FromRef<S>,
{
    Router::new().route(PATH, get(upgrade))
}

async fn upgrade(
    State(live): State<Live>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, door::Shut> {
    let visitor = door::enter(&live, peer, &headers).await?;
    // Held until the socket is closed: the orderly end waits for it.
    let tracked = live.0.stop.tasks.token();
    let upgrade = upgrade
        // The default of 128 KiB for each would be 1.3 GB for 10,000 sockets.
        .read_buffer_size(4 * 1024)
        .max_message_size(live::FRAME_MAX)
        .max_frame_size(live::FRAME_MAX);
    Ok(upgrade.on_upgrade(async move |socket| {
        socket::serve(live, socket, visitor).await;
        drop(tracked);
    }))
}
