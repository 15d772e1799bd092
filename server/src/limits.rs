//! How often one may ask: by user (also when a program asks with a token of his), else by address. The
//! numbers are far above what people do and far below what guessing passwords or flooding an auction takes.
//!
//! What is counted says so in `RateLimit-Limit`, `-Remaining` and `-Reset`: the three fields that programs
//! have long understood, rather than the structured ones of the IETF's newer drafts.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use app::{paths, server_side::Viewer};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, Method},
    middleware::Next,
    response::Response,
};
use governor::{
    NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock, QuantaInstant},
    middleware::{StateInformationMiddleware, StateSnapshot},
    state::keyed::DefaultKeyedStateStore,
};
use market::{Refusal, UserId};

use crate::{access::Program, api_answers::error_answer};

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    User(UserId),
    Address(IpAddr),
}

/// Counts, and tells what is left.
type Counter = RateLimiter<Caller, DefaultKeyedStateStore<Caller>, DefaultClock, StateInformationMiddleware>;

/// The counters, by what is asked.
#[derive(Clone)]
pub struct Limits(Arc<Counters>);

struct Counters {
    /// Signing in and up, and whatever else compares a password or sends a letter, by address: 30 at once,
    /// then one in two seconds.
    doors: Counter,
    /// Bids and purchases: 60 at once, then twenty a second.
    bids: Counter,
    /// Pictures, each of which takes a core for a while: 30 at once, then one in two seconds.
    pictures: Counter,
    /// Everything else that changes something: 60 at once, then five a second.
    others: Counter,
    /// What programs read: 300 at once, then twenty a second.
    reads: Counter,
}

/// How many requests are left of how many, and in how many seconds none will be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Allowance {
    limit: u32,
    remaining: u32,
    reset: u64,
}

impl Allowance {
    fn of(snapshot: &StateSnapshot) -> Self {
        let quota = snapshot.quota();
        let (limit, remaining) = (quota.burst_size().get(), snapshot.remaining_burst_capacity());
        Self::with(quota, limit, remaining)
    }

    /// Nothing is left.
    fn none(until: &NotUntil<QuantaInstant>) -> Self {
        let quota = until.quota();
        Self::with(quota, quota.burst_size().get(), 0)
    }

    fn with(quota: Quota, limit: u32, remaining: u32) -> Self {
        let missing = limit.saturating_sub(remaining);
        let reset = (quota.replenish_interval() * missing).as_millis().div_ceil(1_000);
        Self { limit, remaining, reset: u64::try_from(reset).unwrap_or(u64::MAX) }
    }

    fn tell(self, headers: &mut HeaderMap) {
        headers.insert(HeaderName::from_static("ratelimit-limit"), self.limit.into());
        headers.insert(HeaderName::from_static("ratelimit-remaining"), self.remaining.into());
        headers.insert(HeaderName::from_static("ratelimit-reset"), self.reset.into());
    }
}

/// It was too often.
struct TooOften {
    retry_after: u32,
    allowance: Allowance,
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
            reads: limiter(300, Duration::from_millis(50)),
        }))
    }

    /// Counts a request that changes something.
    fn check(&self, path: &str, caller: Caller, address: IpAddr) -> Result<Allowance, TooOften> {
        match path {
            "/api/sign_in"
            | "/api/sign_up"
            | "/api/forgot_password"
            | "/api/reset_password"
            | "/api/change_password"
            | "/api/save_email"
            | "/api/create_access"
            | "/api/close_account" => count(&self.0.doors, Caller::Address(address)),
            "/api/place_bid" | "/api/buy_now" => count(&self.0.bids, caller),
            paths::UPLOAD | paths::ADD_PICTURE => count(&self.0.pictures, caller),
            _ => count(&self.0.others, caller),
        }
    }
}

fn count(counter: &Counter, caller: Caller) -> Result<Allowance, TooOften> {
    match counter.check_key(&caller) {
        Ok(snapshot) => Ok(Allowance::of(&snapshot)),
        Err(until) => {
            let wait = until.wait_time_from(counter.clock().now());
            let retry_after = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            Err(TooOften { retry_after, allowance: Allowance::none(&until) })
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

fn limiter(burst: u32, every: Duration) -> Counter {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
    RateLimiter::keyed(quota).with_middleware()
}

/// Refuses with 429 and says when to come back; and says how much is left. What people read is not counted,
/// what programs read is.
pub async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_change = request.method() == Method::POST && path.starts_with("/api/");
    let is_program = request.extensions().get::<Program>().is_some();
    if !is_change && !is_program {
        return next.run(request).await;
    }
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let viewer = request.extensions().get::<Viewer>().and_then(|viewer| viewer.0.as_ref());
    let caller = viewer.map_or(Caller::Address(address), |(me, _)| Caller::User(me.id));
    let counted =
        if is_change { limits.check(path, caller, address) } else { count(&limits.0.reads, caller) };
    let (mut answer, allowance) = match counted {
        Ok(allowance) => (next.run(request).await, allowance),
        Err(TooOften { retry_after, allowance }) => {
            (error_answer(&Refusal::TooMany { retry_after }.into()), allowance)
        }
    };
    allowance.tell(answer.headers_mut());
    answer
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

    #[test]
    fn what_is_left_goes_down_and_comes_back() {
        let limits = Limits::new();
        let caller = Caller::User(UserId(1));
        let counted: Vec<_> = (0..80).map(|_| count(&limits.0.bids, caller)).collect();
        let Some(Ok(first)) = counted.first() else { panic!("the first is refused") };
        assert_eq!((first.limit, first.remaining, first.reset), (60, 59, 1));
        let refused = counted.iter().find_map(|counted| counted.as_ref().err()).expect("too often");
        assert_eq!((refused.retry_after, refused.allowance.remaining), (1, 0));
        assert_eq!(refused.allowance.reset, 3);
    }
}
