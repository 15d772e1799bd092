//! What the server says about itself.

use sentry::ClientInitGuard;
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{Config, config::LogFormat, error_reports};

/// To be held until the end: what waits to be reported goes out when it is dropped.
#[must_use]
pub struct Telemetry(#[expect(dead_code, reason = "it acts when it is dropped")] Option<ClientInitGuard>);

/// Writes events to the terminal, as text or as JSON; `RUST_LOG` chooses which (`info` without it). Errors
/// are reported to Sentry too, if there is one.
///
/// # Errors
/// When `SENTRY_DSN` is not understood, or this was called before.
pub fn start(config: &Config) -> anyhow::Result<Telemetry> {
    let reports = config.sentry_dsn().map(error_reports::start).transpose()?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = match config.log_format {
        LogFormat::Text => tracing_subscriber::fmt::layer().with_target(false).compact().boxed(),
        LogFormat::Json => tracing_subscriber::fmt::layer().json().flatten_event(true).boxed(),
    };
    let reporting = reports.is_some().then(error_reports::layer);
    tracing_subscriber::registry().with(lines.with_filter(filter)).with(reporting).try_init()?;
    Ok(Telemetry(reports))
}
