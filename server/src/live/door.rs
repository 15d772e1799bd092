//! Who may open a socket: pages of this very site, not too often, not too many at once.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    http::{
        HeaderMap, StatusCode, Uri,
        header::{HOST, ORIGIN, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use market::{
    UserId,
    store::{Change, accounts::SessionToken},
};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use super::{Live, Settings};

/// How often addresses that have not come for a while are forgotten.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// Counts the sockets and their arrivals.
pub(super) struct Door {
    settings: Settings,
    seats: Mutex<HashMap<Chair, Row>>,
    arrivals: DefaultKeyedRateLimiter<IpAddr>,
}

/// Whose sockets are counted together: the signed-in person's, else those of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Chair {
    Person(UserId),
    Address(IpAddr),
}

/// The seats of a chair.
#[derive(Default)]
struct Row {
    taken: u32,
    /// Rung when sessions of the person have ended; counts the rings.
    bell: watch::Sender<u64>,
}

/// A browser that came in. Its seat is free again when it is dropped.
pub(super) struct Visitor {
    /// Who, if signed in.
    pub(super) session: Option<Session>,
    seat: Seat,
}

impl Visitor {
    /// Comes back when a session of this person has ended, perhaps this one: it must be looked at.
    pub(super) async fn called(&mut self) {
        // The row with the bell stays as long as one seat of it is taken: its sender cannot be gone.
        if self.seat.bell.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A session that stood when its socket was opened.
pub(super) struct Session {
    pub(super) user: UserId,
    pub(super) token: SessionToken,
}

/// Why a socket was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    /// The page is not ours (defect S4). A browser always says where its page is from: who does not is none.
    ForeignPage,
    /// Too many, or too often.
    TooMany,
    /// We are about to stop, or the database is away.
    NotNow,
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        match self {
            Self::ForeignPage => StatusCode::FORBIDDEN.into_response(),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "10")]).into_response(),
            Self::NotNow => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response(),
        }
    }
}

/// Lets a browser in.
pub(super) async fn enter(live: &Live, peer: SocketAddr, headers: &HeaderMap) -> Result<Visitor, Shut> {
    let live = &live.0;
    if live.stop.token.is_cancelled() {
        return Err(Shut::NotNow);
    }
    if !is_own_page(headers) {
        return Err(Shut::ForeignPage);
    }
    let address = customer(peer.ip());
    live.door.arrivals.check_key(&address).map_err(|_| Shut::TooMany)?;
    let session = match live.settings.cookies.session(headers) {
        None => None,
        Some(token) => {
            let me = live.market.session(&token).await.map_err(|error| {
                error!(%error, "a socket's session could not be read");
                Shut::NotNow
            })?;
            me.map(|me| Session { user: me.id, token })
        }
    };
    let chair = session.as_ref().map_or(Chair::Address(address), |session| Chair::Person(session.user));
    let seat = live.door.sit(chair).ok_or(Shut::TooMany)?;
    Ok(Visitor { session, seat })
}

impl Door {
    pub(super) fn new(settings: Settings) -> Self {
        // A server that restarts sees everybody come at once: an address may fill its seats, and then a tenth
        // of them each second.
        let seats = NonZeroU32::new(settings.per_address).unwrap_or(NonZeroU32::MIN);
        let each_second = NonZeroU32::new(settings.per_address / 10).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(each_second).allow_burst(seats);
        Self { settings, seats: Mutex::default(), arrivals: RateLimiter::keyed(quota) }
    }

    /// Forgets addresses that stay away, until told to stop.
    pub(super) async fn keep(self: Arc<Self>, stop: CancellationToken) {
        let mut every = tokio::time::interval(SWEEP_EVERY);
        while stop.run_until_cancelled(every.tick()).await.is_some() {
            self.arrivals.retain_recent();
        }
    }

    fn sit(self: &Arc<Self>, chair: Chair) -> Option<Seat> {
        let most = match chair {
            Chair::Person(_) => self.settings.per_person,
            Chair::Address(_) => self.settings.per_address,
        };
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let row = seats.entry(chair).or_default();
        if row.taken >= most {
            return None;
        }
        row.taken += 1;
        let bell = row.bell.subscribe();
        drop(seats);
        metrics::gauge!("neighborbid_sockets_open").increment(1.0);
        Some(Seat { door: Arc::clone(self), chair, bell })
    }

    /// Calls the sockets of those whose sessions end, until told to stop (defect S5). What is missed here,
    /// and what other servers end, each socket finds at its next ping.
    pub(super) async fn follow(
        self: Arc<Self>,
        mut changes: broadcast::Receiver<Change>,
        stop: CancellationToken,
    ) {
        while let Some(change) = stop.run_until_cancelled(changes.recv()).await {
            match change {
                Ok(Change::Sessions(user)) => self.ring(user),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(missed)) => {
                    warn!(missed, "the door fell behind; sockets look after their sessions at their ping");
                }
                Err(broadcast::error::RecvError::Closed) => return,
            }
        }
    }

    fn ring(&self, user: UserId) {
        let seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(row) = seats.get(&Chair::Person(user)) {
            row.bell.send_modify(|rings| *rings += 1);
        }
    }
}

/// One socket's place.
struct Seat {
    door: Arc<Door>,
    chair: Chair,
    bell: watch::Receiver<u64>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        metrics::gauge!("neighborbid_sockets_open").decrement(1.0);
        let mut seats = self.door.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(row) = seats.get_mut(&self.chair) {
            row.taken -= 1;
            if row.taken == 0 {
                seats.remove(&self.chair);
            }
        }
    }
}

/// `Origin` names the host that was asked. Browsers let pages of any site open sockets, with our cookies.
fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(ORIGIN), text(HOST)) else { return false };
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let is_web = matches!(origin.scheme_str(), Some("http" | "https"));
    is_web && origin.authority().is_some_and(|page| page.as_str().eq_ignore_ascii_case(host))
}

/// Whose address it is: an IPv6 customer has a whole /64.
fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(own) => IpAddr::V6(Ipv6Addr::from_bits(own.to_bits() >> 64 << 64)),
        own @ IpAddr::V4(_) => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn s4_only_pages_of_the_host_that_is_asked_may_open_a_socket() {
        let own = |origin, host| is_own_page(&headers(&[("origin", origin), ("host", host)]));
        assert!(own("http://127.0.0.1:3000", "127.0.0.1:3000"));
        assert!(own("https://Market.example", "market.example"));
        for foreign in [
            "https://evil.example",
            "http://127.0.0.1:3001",
            "null",
            "",
            "127.0.0.1:3000",
            "file://127.0.0.1:3000",
        ] {
            assert!(!own(foreign, "127.0.0.1:3000"), "{foreign}");
        }
        assert!(!own("http://127.0.0.1:3000@evil.example", "127.0.0.1:3000"));
        assert!(!is_own_page(&headers(&[("host", "127.0.0.1:3000")])), "no Origin: not a browser");
    }

    #[test]
    fn an_address_of_the_new_kind_is_its_customers_net() {
        let of = |address: &str| customer(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn a_seat_that_is_left_is_free() {
        let door = Arc::new(Door::new(Settings { per_person: 2, ..Settings::default() }));
        let chair = Chair::Person(UserId(1));
        let first = door.sit(chair);
        let _second = door.sit(chair);
        assert!(door.sit(chair).is_none());
        assert!(door.sit(Chair::Person(UserId(2))).is_some());
        drop(first);
        assert!(door.sit(chair).is_some());
    }
}
