//! The binary: configuration from the environment, then [`server::run`], or the one command there is.

use clap::Parser;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = server::Config::parse();
    // Held to the end: what is still to be reported goes out when it is dropped.
    let _telemetry = server::telemetry::start(&config)?;
    match config.command.clone() {
        Some(command) => server::staff_command::run(&config, &command).await,
        None => server::run(config).await,
    }
}
