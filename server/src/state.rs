//! What every handler can reach.

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::Config;
use crate::stop::Stop;

/// Cheap to clone.
#[derive(Debug, Clone, FromRef)]
pub struct AppState {
    /// Where the site lies and how its files are named.
    pub leptos: LeptosOptions,
    /// The orderly end.
    pub stop: Stop,
}

impl AppState {
    /// From the configuration: nothing of `cargo leptos` is needed at run time.
    pub fn new(config: &Config, stop: Stop) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name("neighborbid")
            .site_root(config.site_root().to_string_lossy().into_owned())
            .site_addr(config.address())
            .hash_files(true)
            .build();
        Self { leptos, stop }
    }
}
