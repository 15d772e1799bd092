//! A Redis for the bench, that keeps nothing.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use tokio::{
    net::UnixStream,
    process::{Child, Command},
};

use crate::place::Place;

const PATIENCE: Duration = Duration::from_secs(10);

/// A Redis on a socket in the bench's folder; it ends with this.
pub struct Redis {
    /// How servers reach it.
    pub url: String,
    _process: Child,
}

impl Redis {
    /// Starts it and waits until it listens.
    pub async fn start(place: &Place) -> anyhow::Result<Self> {
        let socket = place.folder().join("redis.sock");
        let mut command = Command::new("redis-server");
        command.args(["--port", "0", "--save", "", "--appendonly", "no", "--loglevel", "warning"]);
        command.arg("--unixsocket").arg(&socket).stdout(Stdio::null()).kill_on_drop(true);
        let process =
            command.spawn().context("redis-server is missing: install it (Debian: redis-server)")?;
        let began = Instant::now();
        while UnixStream::connect(&socket).await.is_err() {
            ensure!(began.elapsed() < PATIENCE, "redis-server does not open");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(Self { url: format!("redis+unix://{}", socket.display()), _process: process })
    }
}
