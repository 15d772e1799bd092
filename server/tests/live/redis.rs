//! A Redis of our own on a socket in a folder of its own, that can be killed.

use std::process::Stdio;

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::SOON;

pub struct Redis {
    folder: TempDir,
    process: Child,
}

impl Redis {
    /// `None` where there is no redis-server, unless `CI` is set.
    pub async fn start() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        match spawn(&folder).await {
            Ok(process) => Some(Self { folder, process }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "redis-server is missing");
                eprintln!("redis-server is missing: news between servers are not tried");
                None
            }
            Err(error) => panic!("redis-server: {error}"),
        }
    }

    pub fn url(&self) -> String {
        format!("redis+unix://{}/redis.sock", self.folder.path().display())
    }

    /// As if its machine lost power.
    pub async fn kill(&mut self) {
        self.process.kill().await.expect("killed");
    }

    pub async fn restart(&mut self) {
        self.process = spawn(&self.folder).await.expect("redis-server");
    }
}

/// Starts it, and waits until it says that it takes connections.
async fn spawn(folder: &TempDir) -> std::io::Result<Child> {
    let mut process = Command::new("redis-server")
        .args([
            "--port",
            "0",
            "--unixsocket",
            "redis.sock",
            "--save",
            "",
            "--appendonly",
            "no",
            "--daemonize",
            "no",
        ])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut said = BufReader::new(process.stdout.take().expect("its words")).lines();
    let ready = async {
        while let Some(line) = said.next_line().await? {
            if line.to_lowercase().contains("ready to accept connections") {
                // What it says later is read too, or it would stop at a full pipe.
                tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
                return Ok(());
            }
        }
        Err(std::io::Error::other("it ended"))
    };
    timeout(SOON, ready).await.expect("ready in time")?;
    Ok(process)
}
