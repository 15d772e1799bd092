//! The binary: configuration from the environment, then [`server::run`].

use clap::Parser;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    server::telemetry::start();
    server::run(server::Config::parse()).await
}
