//! The server: pages, files and server functions over HTTP, with a PostgreSQL of its own when none is given.
//!
//! Small parts, one idea each: [`config`] what can be set, [`database`] where the data lie, [`router`] what
//! answers, [`layers`] what every request passes, [`serve`] the socket and the orderly end.

pub mod config;
pub mod database;
pub mod layers;
pub mod policy;
pub mod probes;
pub mod router;
pub mod serve;
pub mod state;
pub mod stop;
pub mod telemetry;

pub use config::Config;

use database::Database;
use state::AppState;
use stop::Stop;

/// Runs until a signal says stop; then lets requests end, and leaves the database last.
///
/// # Errors
///
/// When the database cannot be had or the address is taken.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let stop = Stop::on_signal()?;
    let database = Database::open(&config).await?;
    let served = serve::serve(&config, AppState::new(&config, stop.clone()), stop).await;
    let closed = database.close().await;
    served.and(closed)
}
