//! What the server says about itself.

use tracing_subscriber::EnvFilter;

/// Writes events to the terminal; `RUST_LOG` chooses which (`info` and our own without it).
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).compact().init();
}
