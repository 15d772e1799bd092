//! What can be set, all of it by environment. `server --help` prints this file's words.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Parser, ValueEnum};

use crate::staff_command::Command;

/// The market's server.
#[derive(Debug, Clone, Parser)]
#[command(version)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Config {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The address to listen on; 0.0.0.0 opens the market to the network.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// The port to listen on.
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,

    /// Where the own PostgreSQL and pictures lie [default: ./data, for root /var/lib/neighborbid].
    #[arg(long, env = "DATA_DIR")]
    data_dir: Option<PathBuf>,

    /// A PostgreSQL (15 or newer) to use; without it the server runs its own.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,

    /// A Redis that carries news between several servers; one server needs none.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    redis_url: Option<String>,

    /// Where pictures are kept: `s3://bucket/prefix`, with `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_REGION` or `AWS_ENDPOINT` [default: `pictures` in `DATA_DIR`].
    #[arg(long, env = "PICTURES_URL")]
    pictures_url: Option<String>,

    /// Fill the market with demo data [default: only into the own PostgreSQL].
    #[arg(long, env = "DEMO", value_parser = BoolishValueParser::new())]
    demo: Option<bool>,

    /// Let two robots keep bidding on one auction of the demo.
    #[arg(long, env = "DEMO_ROBOTS", action = ArgAction::Set, default_value_t = true,
          value_parser = BoolishValueParser::new())]
    pub demo_robots: bool,

    /// Cookies without `Secure` and `__Host-`, for plain http on a LAN (localhost needs no switch).
    #[arg(long, env = "INSECURE_COOKIES", action = ArgAction::Set, default_value_t = false,
          value_parser = BoolishValueParser::new())]
    pub insecure_cookies: bool,

    /// A proxy stands in front and says who asks (`X-Forwarded-For`, whose last address is believed).
    #[arg(long, env = "BEHIND_PROXY", action = ArgAction::Set, default_value_t = false,
          value_parser = BoolishValueParser::new())]
    pub behind_proxy: bool,

    /// Seconds to go on serving after the signal to stop, while `/readyz` says no: for balancers that ask it.
    #[arg(long, env = "DRAIN_SECONDS", default_value_t = 0)]
    drain_seconds: u64,

    /// How many sockets one address may have open; households and schools share theirs.
    #[arg(long, env = "SOCKETS_PER_ADDRESS", default_value_t = 256)]
    pub sockets_per_address: u32,

    /// Serve the pages for developers too: `/dev/components`.
    #[arg(long, env = "DEVELOPMENT", action = ArgAction::Set, default_value_t = false,
          value_parser = BoolishValueParser::new())]
    pub development: bool,

    /// A mail server for letters: `smtps://name:password@host`, or `smtp://host:25` without encryption.
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,

    /// Whom letters are from.
    #[arg(long, env = "MAIL_FROM", default_value = "이웃입찰 <no-reply@localhost>")]
    pub mail_from: String,

    /// Where people find the market, for the links in letters [default: http://HOST:PORT].
    #[arg(long, env = "BASE_URL")]
    base_url: Option<String>,

    /// The key that signs web pushes: 32 bytes in URL-safe base64, as `web-push generate-vapid-keys` makes.
    #[arg(long, env = "VAPID_PRIVATE_KEY", hide_env_values = true)]
    vapid_private_key: Option<String>,

    /// Whom push services turn to: a mailto: or https: address.
    #[arg(long, env = "VAPID_SUBJECT", default_value = "mailto:no-reply@localhost")]
    pub vapid_subject: String,

    /// Where Prometheus reads `/metrics`, as `127.0.0.1:9464`: a door of its own, so that nothing of it is
    /// public by accident. Without it nothing is counted.
    #[arg(long, env = "METRICS_ADDRESS")]
    metrics_address: Option<String>,

    /// How the log is written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Where errors are reported to (Sentry), without anything about people; without it nowhere.
    #[arg(long, env = "SENTRY_DSN", hide_env_values = true)]
    sentry_dsn: Option<String>,

    /// The built site [default: `site` next to this program].
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    pub site_root: Option<PathBuf>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object a line, with the request's id, for programs.
    Json,
}

impl Config {
    /// Where Prometheus may ask, if it may; an empty variable gives no place.
    ///
    /// # Errors
    /// When it is no address with a port.
    pub fn metrics_address(&self) -> Option<anyhow::Result<SocketAddr>> {
        let given = self.metrics_address.as_deref().filter(|address| !address.is_empty())?;
        Some(given.parse().context("METRICS_ADDRESS is not understood"))
    }

    /// Where errors are reported to; an empty variable gives nowhere.
    pub fn sentry_dsn(&self) -> Option<&str> {
        self.sentry_dsn.as_deref().filter(|dsn| !dsn.is_empty())
    }

    /// The database given; an empty variable gives none.
    pub fn database_url(&self) -> Option<&str> {
        self.database_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The Redis given; an empty variable gives none.
    pub fn redis_url(&self) -> Option<&str> {
        self.redis_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The store of pictures given; an empty variable gives none.
    pub fn pictures_url(&self) -> Option<&str> {
        self.pictures_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The mail server given; an empty variable gives none.
    pub fn smtp_url(&self) -> Option<&str> {
        self.smtp_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The key of web pushes; an empty variable gives none.
    pub fn vapid_private_key(&self) -> Option<&str> {
        self.vapid_private_key.as_deref().filter(|key| !key.is_empty())
    }

    /// Where people find the market, without a slash at the end.
    pub fn base_url(&self) -> String {
        let given = self.base_url.as_deref().filter(|url| !url.is_empty());
        let url = given.map_or_else(|| format!("http://{}", self.address()), str::to_owned);
        url.trim_end_matches('/').to_owned()
    }

    /// How long to go on serving after the signal.
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }

    /// Where to listen.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// The folder of everything that outlives the process.
    pub fn data_dir(&self) -> PathBuf {
        let given = self.data_dir.clone().filter(|folder| !folder.as_os_str().is_empty());
        given.unwrap_or_else(|| own_postgres::default_folder().to_owned())
    }

    /// The folder of scripts, styles, pictures and typefaces.
    pub fn site_root(&self) -> PathBuf {
        let beside = || std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
        self.site_root.clone().or_else(beside).unwrap_or_else(|| Path::new("site").to_owned())
    }

    /// Whether demo data go into the database.
    pub fn wants_demo(&self) -> bool {
        self.demo.unwrap_or(self.database_url().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the environment of the tests says.
    fn config(database_url: Option<&str>, demo: Option<bool>) -> Config {
        let database_url = database_url.map(str::to_owned);
        Config { database_url, demo, ..Config::parse_from(["server"]) }
    }

    #[test]
    fn demo_data_never_go_uninvited_into_a_database_that_was_given() {
        let given = Some("postgres://somewhere");
        assert!(config(None, None).wants_demo());
        assert!(!config(given, None).wants_demo());
        assert!(config(given, Some(true)).wants_demo());
    }

    #[test]
    fn an_empty_variable_is_as_good_as_none() {
        assert_eq!(config(Some(""), None).database_url(), None);
        assert!(config(Some(""), None).wants_demo());
    }
}
