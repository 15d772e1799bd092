//! How often one may ask: by user, else by address. The numbers are far above what people do and far below
//! what guessing passwords or flooding an auction takes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use app::{api::ApiError, paths, server_side::Viewer};
use axum::{
    Json,
    extract::{ConnectInfo, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use market::{Refusal, UserId};

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    User(UserId),
    Address(IpAddr),
}

/// The counters, by what is asked.
#[derive(Clone)]
pub struct Limits(Arc<Counters>);

struct Counters {
    /// Signing in and up, and whatever else compares a password or sends a letter, by address: 30 at once,
    /// then one in two seconds.
    doors: DefaultKeyedRateLimiter<Caller>,
    /// Bids and purchases: 60 at once, then twenty a second.
    bids: DefaultKeyedRateLimiter<Caller>,
    /// Pictures, each of which takes a core for a while: 30 at once, then one in two seconds.
    pictures: DefaultKeyedRateLimiter<Caller>,
    /// Everything else that changes something: 60 at once, then five a second.
    others: DefaultKeyedRateLimiter<Caller>,
}

impl Limits {
    /// Fresh counters.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Counters {
            doors: limiter(30, Duration::from_secs(2)),
            bids: limiter(60, Duration::from_millis(50)),
            pictures: limiter(30, Duration::from_secs(2)),
            others: limiter(60, Duration::from_millis(200)),
        }))
    }

    /// Seconds to wait, if it was too often.
    fn check(&self, path: &str, caller: Caller, address: IpAddr) -> Result<(), u32> {
        let (limiter, caller) = match path {
            "/api/sign_in"
            | "/api/sign_up"
            | "/api/forgot_password"
            | "/api/reset_password"
            | "/api/change_password"
            | "/api/save_email"
            | "/api/close_account" => (&self.0.doors, Caller::Address(address)),
            "/api/place_bid" | "/api/buy_now" => (&self.0.bids, caller),
            paths::UPLOAD | paths::ADD_PICTURE => (&self.0.pictures, caller),
            _ => (&self.0.others, caller),
        };
        limiter.check_key(&caller).map_err(|until| {
            let wait = until.wait_time_from(limiter.clock().now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

fn limiter(burst: u32, every: Duration) -> DefaultKeyedRateLimiter<Caller> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
    RateLimiter::keyed(quota)
}

/// Refuses with 429 and says when to come back. Reading is not counted.
pub async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method() != Method::POST || !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let viewer = request.extensions().get::<Viewer>().and_then(|viewer| viewer.0.as_ref());
    let caller = viewer.map_or(Caller::Address(address), |(me, _)| Caller::User(me.id));
    match limits.check(path, caller, address) {
        Ok(()) => next.run(request).await,
        Err(retry_after) => {
            let refusal = ApiError::Refused(Refusal::TooMany { retry_after });
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, retry_after.to_string())], Json(refusal))
                .into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doors_close_for_an_address_whoever_it_says_it_is() {
        let limits = Limits::new();
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let caller = |number| Caller::User(UserId(number));
        let refused = (0..60).filter(|&n| limits.check("/api/sign_in", caller(n), address).is_err()).count();
        assert!((25..=30).contains(&refused), "{refused} of 60 refused");
        assert!(limits.check("/api/place_bid", caller(1), address).is_ok());
    }
}
