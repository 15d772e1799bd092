//! Errors reported to Sentry, without anything about people.
//!
//! A report is made anew from a list of what may go out: nothing that is added to an error one day leaves the
//! house by itself. It says what failed, where, and under which reference; the cause, whose words may come
//! from a person, stays in our own log under that reference.

use anyhow::Context as _;
use sentry::{
    ClientInitGuard, ClientOptions,
    integrations::tracing::ErrorLayer,
    protocol::{Context, Event},
};
use tracing::Subscriber;
use tracing_subscriber::{Layer, filter::LevelFilter, registry::LookupSpan};

/// The fields of an error that may go out; their values are ours: codes, counts, references.
const FIELDS: [&str; 10] = [
    "reference",
    "what",
    "errand",
    "channel",
    "code",
    "attempt",
    "failures",
    "invariant",
    "violations",
    "asks",
];
/// Whose messages are ours too: constant words, in none of which a person's are.
const OURS: [&str; 5] = ["server", "app", "market", "pictures", "own_postgres"];
/// Where the tracing layer puts an event's fields.
const TOLD: &str = "Rust Tracing Fields";
/// Where it puts the file and the line.
const WHERE: &str = "Rust Tracing Location";

/// Reports errors to the project of `dsn` until the guard is dropped.
///
/// # Errors
/// When `dsn` is none.
pub fn start(dsn: &str) -> anyhow::Result<ClientInitGuard> {
    // Fails when somebody chose before, which is as good.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    // The name of a machine may be a person's.
    let mut options = ClientOptions::new()
        .release(concat!("neighborbid@", env!("CARGO_PKG_VERSION")))
        .server_name("neighborbid")
        .send_default_pii(false)
        .default_integrations(false)
        .max_breadcrumbs(0)
        .before_send(|event| Some(without_people(event)));
    options.dsn = Some(dsn.parse().context("SENTRY_DSN is not understood")?);
    Ok(sentry::init(options))
}

/// Makes reports of errors; of nothing else.
pub fn layer<S>() -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    ErrorLayer::new().with_filter(LevelFilter::ERROR)
}

/// Only what may go out.
fn without_people(event: Event<'static>) -> Event<'static> {
    let is_ours = event.logger.as_deref().is_some_and(|logger| {
        let home = logger.split("::").next().unwrap_or_default();
        OURS.contains(&home)
    });
    let mut contexts = event.contexts;
    let told = match contexts.remove(TOLD) {
        Some(Context::Other(fields)) => fields,
        _ => sentry::protocol::Map::new(),
    };
    let told = told.into_iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).collect();
    let place = contexts.remove(WHERE).map(|place| (WHERE.to_owned(), place));
    let told = (TOLD.to_owned(), Context::Other(told));
    let message = event.message.filter(|_| is_ours).unwrap_or_else(|| "an error of a library".to_owned());
    Event {
        event_id: event.event_id,
        level: event.level,
        timestamp: event.timestamp,
        platform: event.platform,
        sdk: event.sdk,
        release: event.release,
        environment: event.environment,
        logger: event.logger,
        message: Some(message),
        contexts: std::iter::once(told).chain(place).collect(),
        ..Event::default()
    }
}
