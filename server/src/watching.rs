//! What is counted, and the door at which Prometheus asks for it.
//!
//! The door is a listener of its own (`METRICS_ADDRESS`): the site's router does not know it, so no proxy can
//! let anybody in by mistake. Without an address nobody listens, and what is counted everywhere with the
//! `metrics` crate costs next to nothing.
//!
//! Every metric, with its labels and their values, stands in docs/watching.md. No label's values come from
//! people or from outside.

use std::{
    net::SocketAddr,
    sync::OnceLock,
    time::{Duration, Instant as Moment},
};

use anyhow::Context;
use axum::{
    Router,
    extract::{Request, State},
    http::header::CONTENT_TYPE,
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use market::{Instant, store::Market};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, time::MissedTickBehavior};

use crate::stop::Stop;

/// Rounds of errands that failed, by errand.
pub const ERRAND_FAILURES: &str = "neighborbid_errand_failures_total";
/// Frames sent to browsers.
pub const FRAMES: &str = "neighborbid_frames_sent_total";
/// What the closer did, by status.
pub const CLOSED: &str = "neighborbid_auctions_closed_total";
const REQUESTS: &str = "neighborbid_http_requests_total";
const REQUEST_SECONDS: &str = "neighborbid_http_request_seconds";
const VIOLATIONS: &str = "neighborbid_audit_violations";
const LAST_AUDIT: &str = "neighborbid_audit_last_run_timestamp_seconds";
const CONNECTIONS: &str = "neighborbid_pool_connections";
const SOCKETS: &str = "neighborbid_sockets_open";
const BIDS: &str = "neighborbid_bids_total";

/// Seconds, from half a millisecond.
const TIMES: [f64; 14] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];
/// Requests in a batch.
const SIZES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// What histograms have gathered is put into their buckets this often, whether anybody asks or not.
const UPKEEP: Duration = Duration::from_secs(5);
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Everything that is counted in this process.
#[derive(Clone)]
pub struct Watching {
    counted: PrometheusHandle,
    market: Market,
}

impl Watching {
    /// Counts from now on.
    ///
    /// # Errors
    /// When somebody else counts in this process.
    pub fn start(market: Market) -> anyhow::Result<Self> {
        static COUNTED: OnceLock<PrometheusHandle> = OnceLock::new();
        if let Some(counted) = COUNTED.get() {
            return Ok(Self { counted: counted.clone(), market });
        }
        let counted = PrometheusBuilder::new()
            .set_buckets(&TIMES)?
            .set_buckets_for_metric(Matcher::Full("neighborbid_desk_batch_size".to_owned()), &SIZES)?
            .install_recorder()
            .context("figures are counted by somebody else")?;
        describe();
        begin_at_nought();
        Ok(Self { counted: COUNTED.get_or_init(|| counted).clone(), market })
    }

    /// Opens the door; where it is.
    ///
    /// # Errors
    /// When the address is taken or not ours.
    pub async fn serve(self, address: SocketAddr, stop: &Stop) -> anyhow::Result<SocketAddr> {
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("METRICS_ADDRESS: cannot listen on {address}"))?;
        let address = listener.local_addr()?;
        stop.tasks.spawn(stop.token.clone().run_until_cancelled_owned(upkeep(self.counted.clone())));
        let router = Router::new().route("/metrics", get(tell)).with_state(self);
        let serving =
            axum::serve(listener, router).with_graceful_shutdown(stop.token.clone().cancelled_owned());
        stop.tasks.spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(%error, "figures are not told any more");
            }
        });
        Ok(address)
    }

    /// All figures as Prometheus reads them.
    #[must_use]
    pub fn told(&self) -> String {
        let (size, idle) = self.market.connections();
        let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(size);
        gauge!(CONNECTIONS, "state" => "idle").set(f64::from(idle));
        gauge!(CONNECTIONS, "state" => "busy").set(f64::from(size - idle));
        self.counted.render()
    }
}

async fn tell(State(watching): State<Watching>) -> impl IntoResponse {
    ([(CONTENT_TYPE, TEXT)], watching.told())
}

/// Without it histograms would keep every value until somebody asks.
async fn upkeep(counted: PrometheusHandle) {
    let mut every = tokio::time::interval(UPKEEP);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        counted.run_upkeep();
    }
}

/// An audit found so many violations.
pub fn audited(violations: i64, at: Instant) {
    gauge!(VIOLATIONS).set(f64::from(i32::try_from(violations).unwrap_or(i32::MAX)));
    // Seconds since 1970 are far below 2⁵³.
    gauge!(LAST_AUDIT).set(Duration::from_millis(at.timestamp_millis().unsigned_abs()).as_secs_f64());
}

/// Counts a request and how long its answer took to begin.
pub async fn count(request: Request, next: Next) -> Response {
    let (began, class) = (Moment::now(), class(request.uri().path()));
    let answer = next.run(request).await;
    histogram!(REQUEST_SECONDS, "class" => class).record(began.elapsed());
    let status = status(answer.status().as_u16());
    counter!(REQUESTS, "class" => class, "status" => status).increment(1);
    answer
}

/// What sort of thing is asked for.
fn class(path: &str) -> &'static str {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first {
        "api" => "api",
        "ws" => "socket",
        "livez" | "readyz" => "probe",
        "pkg" | "fonts" | "art" | "icons" => "file",
        "pictures" => "picture",
        _ => "page",
    }
}

fn status(code: u16) -> &'static str {
    match code {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        429 => "429",
        400..500 => "4xx",
        503 => "503",
        _ => "5xx",
    }
}

fn describe() {
    describe_counter!(BIDS, "Bids and purchases, by outcome");
    describe_counter!("neighborbid_bids_refused_total", "Refused bids and purchases, by reason");
    describe_histogram!("neighborbid_desk_batch_size", "Requests decided in one transaction");
    describe_histogram!(
        "neighborbid_desk_wait_seconds",
        Unit::Seconds,
        "Longest wait of a batch at the desk"
    );
    describe_histogram!("neighborbid_commit_seconds", Unit::Seconds, "Commit of a batch");
    describe_histogram!(
        "neighborbid_closing_lag_seconds",
        Unit::Seconds,
        "From an auction's end to its closing"
    );
    describe_counter!(CLOSED, "Auctions closed and sales paid out, by status");
    describe_gauge!(SOCKETS, "Open sockets");
    describe_counter!(FRAMES, "Frames sent over sockets");
    describe_gauge!("neighborbid_relay_connected", "Whether Redis carries news between servers");
    describe_gauge!(CONNECTIONS, "Connections to the database, by state");
    describe_counter!(REQUESTS, "HTTP requests, by class of route and of status");
    describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "From a request to the beginning of its answer");
    describe_gauge!(VIOLATIONS, "Violations that the last audit of the books found");
    describe_gauge!(LAST_AUDIT, Unit::Seconds, "When the books were audited last");
    describe_counter!(ERRAND_FAILURES, "Rounds of background work that failed, by errand");
    describe_counter!("neighborbid_outbox_total", "Letters and pushes, by outcome");
    describe_counter!("neighborbid_retention_rows_total", "Rows that retention has deleted, by what");
    describe_gauge!("neighborbid_build_info", "Which build runs");
}

/// An alert on what has not happened yet needs something to compare with.
fn begin_at_nought() {
    for outcome in ["accepted", "refused", "failed"] {
        counter!(BIDS, "outcome" => outcome).absolute(0);
    }
    for errand in ["letters", "pushes", "reminders", "finds", "payments", "pictures", "retention", "audit"] {
        counter!(ERRAND_FAILURES, "errand" => errand).absolute(0);
    }
    for outcome in ["sent", "failed", "given_up", "gone"] {
        for channel in ["mail", "push"] {
            counter!("neighborbid_outbox_total", "channel" => channel, "outcome" => outcome).absolute(0);
        }
    }
    counter!("neighborbid_bids_refused_total", "reason" => "other").absolute(0);
    for status in ["unsold", "sold", "settled"] {
        counter!(CLOSED, "status" => status).absolute(0);
    }
    counter!(FRAMES).absolute(0);
    gauge!(SOCKETS).set(0.0);
    gauge!("neighborbid_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_for_the_labels_are_few() {
        let paths =
            ["/", "/auctions/7", "/api/place_bid", "/ws", "/readyz", "/pkg/a.wasm", "/pictures/x", "//"];
        let classes: Vec<_> = paths.into_iter().map(class).collect();
        assert_eq!(classes, ["page", "page", "api", "socket", "probe", "file", "picture", "page"]);
        let statuses: std::collections::BTreeSet<_> = (0..=u16::MAX).map(status).collect();
        assert_eq!(statuses.len(), 7);
    }
}
