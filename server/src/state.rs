//! What every handler can reach.

use std::sync::Arc;

use app::server_side::{AppContext, cookies::CookiePolicy};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::store::Market;
use pictures::Pictures;

use crate::Config;
use crate::limits::Limits;
use crate::live::{self, Live};
use crate::openapi;
use crate::push;
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
    /// People's pictures.
    pub pictures: Pictures,
    /// How often one may ask.
    pub limits: Limits,
    /// The sockets.
    pub live: Live,
    /// Whether a proxy in front says who asks.
    pub behind_proxy: bool,
}

impl AppState {
    /// From the configuration: nothing of `cargo leptos` is needed at run time. Sockets may come from now on.
    pub fn new(config: &Config, market: Market, pictures: Pictures, stop: Stop) -> Self {
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
        let mail_configured = config.smtp_url().is_some();
        // One that is not understood ends the start before anybody is served.
        let push_key = config.vapid_private_key().and_then(|key| push::public_key(key).ok());
        let (development, base_url) = (config.development, config.base_url());
        let description = Arc::new(openapi::description(&base_url));
        let context =
            AppContext { market, cookies, development, mail_configured, push_key, base_url, description };
        let (limits, behind_proxy) = (Limits::new(), config.behind_proxy);
        Self { leptos, stop, context, pictures, limits, live, behind_proxy }
    }
}
