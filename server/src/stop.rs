//! The orderly end: everybody who runs in the background hears of it, and is waited for.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

/// How long requests, sockets and tasks may take to end after the signal.
pub const GRACE: Duration = Duration::from_secs(10);

/// The token that says stop, and the tasks that must have heard it.
#[derive(Debug, Clone)]
pub struct Stop {
    /// Cancelled at the end. Sockets close with 1012, loops leave.
    pub token: CancellationToken,
    /// Every task and socket of the server runs in here.
    pub tasks: TaskTracker,
}

impl Stop {
    /// Stops on SIGTERM and SIGINT.
    ///
    /// # Errors
    ///
    /// When the system does not let us listen for signals.
    pub fn on_signal() -> std::io::Result<Self> {
        let stop = Self { token: CancellationToken::new(), tasks: TaskTracker::new() };
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let token = stop.token.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            info!("stopping");
            token.cancel();
        });
        Ok(stop)
    }

    /// Waits until every tracked task has ended, for [`GRACE`] at most.
    pub async fn finish(&self) {
        self.tasks.close();
        if tokio::time::timeout(GRACE, self.tasks.wait()).await.is_err() {
            warn!(left = self.tasks.len(), "some tasks did not end in time");
        }
    }
}
