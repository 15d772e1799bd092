//! The server: pages, files and server functions over HTTP, with a PostgreSQL of its own when none is given.
//!
//! Small parts, one idea each: [`config`] what can be set, [`database`] where the data lie, [`router`] what
//! answers, [`layers`] what every request passes, [`serve`] the socket and the orderly end.

pub mod access;
pub mod api_answers;
pub mod auditor;
pub mod client;
pub mod closer;
pub mod config;
pub mod database;
pub mod demo;
pub mod errands;
pub mod error_reports;
pub mod layers;
pub mod limits;
pub mod live;
pub mod mail;
pub mod my_data;
pub mod openapi;
pub mod pictures;
pub mod plain_forms;
pub mod policy;
pub mod probes;
pub mod push;
pub mod robots;
pub mod router;
pub mod serve;
pub mod sessions;
pub mod shared_pages;
pub mod staff_command;
pub mod state;
pub mod statement_file;
pub mod stop;
pub mod telemetry;
pub mod to_the_end;
pub mod watching;

pub use config::Config;

use anyhow::Context;
use database::Database;
use market::store::{Clock, Market};
use robots::Robots;
use state::AppState;
use stop::Stop;
use tracing::info;
use watching::Watching;

/// Connections to the database. A batch of bids needs one, whatever it holds; pages need one each.
const CONNECTIONS: u32 = 24;

/// Runs until a signal says stop; then lets requests end, and leaves the database last.
///
/// # Errors
///
/// When the database cannot be had or the address is taken.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let stop = Stop::on_signal(config.drain())?;
    let database = Database::open(&config).await?;
    let served = open_market(&config, &database, stop).await;
    let closed = database.close().await;
    served.and(closed)
}

/// With the database at hand: migrates, fills, and serves until told to stop.
async fn open_market(config: &Config, database: &Database, stop: Stop) -> anyhow::Result<()> {
    let options = database.url().parse().context("DATABASE_URL is not understood")?;
    let market = Market::connect(options, CONNECTIONS, Clock::Database).await?;
    market.migrate().await.context("the database's schema cannot be brought up to date")?;
    let pictures = pictures::open(config).context("there is no place for pictures")?;
    let state = AppState::new(config, market.clone(), pictures, stop.clone());
    let served = async {
        if config.wants_demo() {
            fill_demo(&market).await?;
        }
        watch(config, &market, &stop).await?;
        start_tasks(config, &market, &state, &stop)?;
        serve::serve(config, state, stop.clone()).await
    };
    let served = served.await;
    // Also when the address was taken: nobody may still use the database.
    stop.token.cancel();
    stop.finish().await;
    market.disconnect().await;
    served
}

/// Demo data, topped up at every start, and who can sign in to look around.
async fn fill_demo(market: &Market) -> anyhow::Result<()> {
    let filled = demo::fill(market).await.context("the demo data cannot be filled in")?;
    info!(auctions = filled.auctions, bids = filled.bids, "the demo is filled");
    for sign_in in demo::sign_ins()? {
        info!(username = sign_in.username, password = sign_in.password, "a demo sign-in");
    }
    Ok(())
}

/// Counts what happens, and tells it where nobody else can ask; without `METRICS_ADDRESS` nothing is counted.
async fn watch(config: &Config, market: &Market, stop: &Stop) -> anyhow::Result<()> {
    let Some(address) = config.metrics_address() else { return Ok(()) };
    let watching = Watching::start(market.clone())?;
    let address = watching.serve(address?, stop).await?;
    info!("figures for Prometheus: http://{address}/metrics");
    Ok(())
}

/// What goes on without anybody asking.
fn start_tasks(config: &Config, market: &Market, state: &AppState, stop: &Stop) -> anyhow::Result<()> {
    let AppState { live, pictures, .. } = state;
    let alarm = closer::start(market.clone(), stop);
    errands::start(config, market, pictures, stop)?;
    if let Some(url) = config.redis_url() {
        live::relay::start(url, market, live.hub(), &alarm, stop).context("REDIS_URL is not understood")?;
    }
    if config.wants_demo() && config.demo_robots {
        Robots::of_the_demo()?.start(market.clone(), stop)?;
    }
    Ok(())
}
