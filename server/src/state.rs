//! What every handler can reach.

use app::server_side::{AppContext, cookies::CookiePolicy};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::store::Market;

use crate::Config;
use crate::limits::Limits;
use crate::stop::Stop;

/// Cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// Where the site lies and how its files are named.
    pub leptos: LeptosOptions,
    /// The orderly end.
    pub stop: Stop,
    /// What pages and server functions reach.
    pub context: AppContext,
    /// How often one may ask.
    pub limits: Limits,
}

impl AppState {
    /// From the configuration: nothing of `cargo leptos` is needed at run time.
    pub fn new(config: &Config, market: Market, stop: Stop) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name("neighborbid")
            .site_root(config.site_root().to_string_lossy().into_owned())
            .site_addr(config.address())
            .hash_files(true)
            .build();
        let cookies = CookiePolicy { secure: !config.insecure_cookies };
        let context = AppContext { market, cookies, development: config.development };
        Self { leptos, stop, context, limits: Limits::new() }
    }
}
