//! What every handler can reach.

use app::server_side::{AppContext, cookies::CookiePolicy};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::store::Market;

use crate::Config;
use crate::limits::Limits;
use crate::live::{self, Live};
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
    /// The sockets.
    pub live: Live,
    /// Whether a proxy in front says who asks.
    pub behind_proxy: bool,
}

impl AppState {
    /// From the configuration: nothing of `cargo leptos` is needed at run time. Sockets may come from now on.
    pub fn new(config: &Config, market: Market, stop: Stop) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name("neighborbid")
            .site_root(config.site_root().to_string_lossy().into_owned())
            .site_addr(config.address())
            .hash_files(true)
            .build();
        let cookies = CookiePolicy { secure: !config.insecure_cookies };
        let per_address = config.sockets_per_address;
        let sockets = live::Settings { per_address, cookies, ..Default::default() };
        let live = Live::start(&market, sockets, &stop);
        let context = AppContext { market, cookies, development: config.development };
        Self { leptos, stop, context, limits: Limits::new(), live, behind_proxy: config.behind_proxy }
    }
}
