//! `own-postgres COMMAND…` runs a command with a PostgreSQL of its own in `DATABASE_URL`, thrown away
//! afterwards. `own-postgres --market FOLDER COMMAND…` runs it with the one of a market's folder, which stays
//! and is stopped again unless a server uses it.

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;
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
    let mut words = env::args_os().skip(1).peekable();
    if words.next_if(|word| word == "--market").is_some() {
        let folder = words.next().ok_or("name the market's folder")?;
        return with_market(Path::new(&folder), words).await;
    }
    let folder = env::temp_dir().join(format!("neighborbid-test-{}", process::id()));
    let postgres = OwnPostgres::start(&folder, Purpose::Test)?;
    let status = run_with(&postgres, words).await;
    postgres.discard()?;
    fs::remove_dir_all(&folder)?;
    status
}

async fn with_market(
    folder: &Path,
    words: impl Iterator<Item = OsString>,
) -> Result<ExitStatus, Box<dyn Error>> {
    let postgres = OwnPostgres::start(folder, Purpose::Market)?;
    let status = run_with(&postgres, words).await;
    postgres.stop()?;
    status
}

async fn run_with(
    postgres: &OwnPostgres,
    mut words: impl Iterator<Item = OsString>,
) -> Result<ExitStatus, Box<dyn Error>> {
    let mut command = Command::new(words.next().ok_or("name a command to run")?);
    command.args(words).env("DATABASE_URL", postgres.url());
    Ok(wait(command).await?)
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
