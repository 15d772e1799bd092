//! `own-postgres COMMAND…` runs a command with a PostgreSQL of its own in `DATABASE_URL`, thrown away
//! afterwards.

use std::error::Error;
use std::process::{Command, ExitCode, ExitStatus};
use std::{env, fs, process};

use own_postgres::{OwnPostgres, Purpose};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(status) => u8::try_from(status.code().unwrap_or(1)).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("own-postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitStatus, Box<dyn Error>> {
    let mut words = env::args_os().skip(1);
    let program = words.next().ok_or("name a command to run")?;
    let folder = env::temp_dir().join(format!("neighborbid-test-{}", process::id()));
    let postgres = OwnPostgres::start(&folder, Purpose::Test)?;
    let mut command = Command::new(program);
    command.args(words).env("DATABASE_URL", postgres.url());
    let status = wait(command).await;
    postgres.discard()?;
    fs::remove_dir_all(&folder)?;
    Ok(status?)
}

/// Waits for the command. The terminal's Ctrl-C reaches the command too, which ends; this process must live
/// on to clean up.
async fn wait(command: Command) -> std::io::Result<ExitStatus> {
    let mut child = tokio::process::Command::from(command).spawn()?;
    loop {
        tokio::select! {
            status = child.wait() => return status,
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}
