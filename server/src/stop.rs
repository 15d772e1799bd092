//! The orderly end: everybody who runs in the background hears of it, and is waited for.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

/// How long requests, sockets and tasks may take to end after the signal, all together.
pub const GRACE: Duration = Duration::from_secs(10);

/// The tokens that say stop, and the tasks that must have heard it.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    /// Cancelled by the signal: nobody new should be sent here, and who comes is served. `/readyz` tells it.
    pub leaving: CancellationToken,
    /// Cancelled at the end. Sockets close with 1012, loops leave.
    pub token: CancellationToken,
    /// Every task and socket of the server runs in here.
    pub tasks: TaskTracker,
    /// When the [`GRACE`] is over; known from the first who asks on.
    deadline: Arc<OnceLock<Instant>>,
}

impl Stop {
    /// One that nobody has told to stop.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops on SIGTERM and SIGINT, after `drain`, in which whoever spreads the requests finds out; a second
    /// signal ends it.
    ///
    /// # Errors
    ///
    /// When the system does not let us listen for signals.
    pub fn on_signal(drain: Duration) -> std::io::Result<Self> {
        let stop = Self::new();
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let Self { leaving, token, .. } = stop.clone();
        let mut told = async move || {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        tokio::spawn(async move {
            told().await;
            info!(seconds = drain.as_secs(), "leaving");
            leaving.cancel();
            // Over or told again: both end it.
            let _over = tokio::time::timeout(drain, told()).await;
            info!("stopping");
            token.cancel();
        });
        Ok(stop)
    }

    /// Whether nobody new should be sent here.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving.is_cancelled() || self.token.is_cancelled()
    }

    /// Waits until the market was told to stop and the [`GRACE`] is over.
    pub async fn overdue(&self) {
        self.token.cancelled().await;
        sleep_until(self.deadline()).await;
    }

    fn deadline(&self) -> Instant {
        *self.deadline.get_or_init(|| Instant::now() + GRACE)
    }

    /// Waits until every tracked task has ended, until the [`GRACE`] is over at most.
    pub async fn finish(&self) {
        self.tasks.close();
        if timeout_at(self.deadline(), self.tasks.wait()).await.is_err() {
            warn!(left = self.tasks.len(), "some tasks did not end in time");
        }
    }
}
