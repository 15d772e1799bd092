//! The listening socket, from the first connection to the last.

use std::net::SocketAddr;

use anyhow::Context;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::Config;
use crate::router::router;
use crate::state::AppState;
use crate::stop::Stop;

/// Serves until told to stop; then no new connections, and the open ones get
/// [`GRACE`](crate::stop::GRACE) to end.
///
/// # Errors
///
/// When the address is taken or not ours.
pub async fn serve(config: &Config, state: AppState, stop: Stop) -> anyhow::Result<()> {
    let address = config.address();
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    info!("the market is open: http://{}", listener.local_addr()?);
    // A page is streamed in small writes: without this each would wait 40 ms for the last one's receipt.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            warn!(%error, "TCP_NODELAY");
        }
    });
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = stop.token.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopping.cancelled_owned());
    tokio::select! {
        served = serving => served?,
        () = stop.overdue() => warn!("some requests did not end in time"),
    }
    stop.finish().await;
    Ok(())
}
