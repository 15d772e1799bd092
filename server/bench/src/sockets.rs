//! Sockets: how soon a bid's price is in all of them, and what they weigh.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use futures::{SinkExt, StreamExt};
use hyper::StatusCode;
use market::{AuctionId, live::ClientFrame};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::mpsc,
    task::JoinSet,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue, protocol::WebSocketConfig},
};

use crate::{
    fill::{self, UNIT},
    load::Load,
    place::Place,
    report::{Report, Row},
    site::{Client, Site},
};

/// Longer than anything that works.
const PATIENCE: Duration = Duration::from_secs(10);
/// A socket is sent at most twenty states a second (design, *Live*), fewer where more than a thousand listen:
/// bids come slower here, or that would be measured.
fn pace(sockets: usize) -> Duration {
    Duration::from_millis(60).max(Duration::from_micros(60) * u32::try_from(sockets).unwrap_or(u32::MAX))
}
const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// A socket as a phone holds it.
pub type Socket = WebSocketStream<TcpStream>;

/// A state that a socket was sent.
pub struct Arrival {
    /// Its number.
    pub seq: i64,
    /// When it was read.
    pub at: Instant,
}

/// Measures a thousand and ten thousand sockets, and the server's memory with none and with all of them.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let short = report.is_short();
    for (work, sockets, rounds, limit, goal) in [
        ("a bid until 1,000 sockets show it", 1_000, 30, 50.0, "p99 ≤ 50 ms, nothing lost"),
        ("a bid until 10,000 sockets show it", 10_000, 10, 250.0, "p99 ≤ 250 ms, nothing lost"),
    ] {
        let is_most = sockets == 10_000;
        let sockets = if short { sockets / 20 } else { sockets };
        let site = Site::start(place, &[]).await?;
        let idle = mebibytes(site.memory()?);
        let watched = watch(place, &site, sockets, rounds).await?;
        let full = mebibytes(site.memory()?);
        drop(watched.listeners);
        site.stop().await?;
        let (p50, p99, slowest) = watched.load.quantiles();
        report.add(Row {
            work,
            ours: p99,
            reference: None,
            unit: "ms",
            goal,
            reached: Some(p99 <= limit),
            note: format!("p50 {p50:.1} ms, slowest {slowest:.1} ms, {rounds} bids"),
        });
        if is_most {
            report.add(Row {
                work: "memory, 10,000 sockets",
                ours: full,
                reference: Some(idle),
                unit: "MB",
                goal: "≤ 250 MB, idle ≤ 40 MB",
                reached: Some(full <= 250.0 && idle <= 40.0),
                note: "reference: the same server idle".to_owned(),
            });
        }
    }
    Ok(())
}

struct Watched {
    load: Load,
    listeners: JoinSet<anyhow::Result<()>>,
}

/// Opens the sockets and bids; each bid waits until all sockets have it.
async fn watch(place: &Place, site: &Site, sockets: usize, rounds: usize) -> anyhow::Result<Watched> {
    let name = format!("watch {sockets} ");
    let people = fill::people(place, 2, &name).await?;
    let sessions = fill::sessions(place, &people).await?;
    let auction = *fill::auctions(place, 1, &format!("{name}seller")).await?.first().context("an auction")?;
    let (sender, mut arrivals) = mpsc::unbounded_channel();
    let mut listeners = JoinSet::new();
    for number in 0..sockets {
        let socket = connect(number, site.address, auction).await?;
        listeners.spawn(listen(socket, sender.clone()));
    }
    // The first state of each.
    all(&mut arrivals, sockets, 0).await?;
    let mut client = Client::connect(site.address).await?;
    let mut load = Load::new()?;
    for round in 1..=rounds {
        tokio::time::sleep(pace(sockets)).await;
        let session = sessions.get(round % sessions.len()).context("a session")?;
        let amount = i64::try_from(round)? * UNIT;
        let form = format!("auction_id={auction}&amount={amount}&key=watch-{round}");
        let began = Instant::now();
        let (status, body) = client.post("/api/place_bid", session, form).await?;
        ensure!(status == StatusCode::OK, "{status}: {}", String::from_utf8_lossy(&body));
        let seq = seq(std::str::from_utf8(&body)?).context("the answer has a number")?;
        for arrival in all(&mut arrivals, sockets, seq).await? {
            load.took(began, arrival.at)?;
        }
    }
    Ok(Watched { load, listeners })
}

/// Waits until every one of as many `sockets` has a state of `seq` or newer.
pub async fn all(
    arrivals: &mut mpsc::UnboundedReceiver<Arrival>,
    sockets: usize,
    seq: i64,
) -> anyhow::Result<Vec<Arrival>> {
    let mut found = Vec::with_capacity(sockets);
    while found.len() < sockets {
        let arrival = timeout(PATIENCE, arrivals.recv()).await;
        let arrival = arrival.with_context(|| format!("{} of {sockets} sockets", found.len()))?;
        found.extend(arrival.filter(|arrival| arrival.seq >= seq));
    }
    Ok(found)
}

/// Each socket comes from an address of its own, as phones do: one address may not come so often.
fn own_address(number: usize) -> anyhow::Result<SocketAddr> {
    let (high, low) = (u8::try_from(number / 250)?, u8::try_from(number % 250)?);
    Ok(SocketAddr::from((Ipv4Addr::new(127, 1, high, low + 1), 0)))
}

/// The socket number `number`, which asks for `auction`.
pub async fn connect(number: usize, address: SocketAddr, auction: AuctionId) -> anyhow::Result<Socket> {
    let mut request = format!("ws://{address}/ws").into_client_request()?;
    request.headers_mut().insert("origin", HeaderValue::from_str(&format!("http://{address}"))?);
    let socket = TcpSocket::new_v4()?;
    socket.bind(own_address(number)?)?;
    let stream = socket.connect(address).await?;
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
    let (mut socket, _) = client_async_with_config(request, stream, Some(config)).await?;
    let subscribe = serde_json::to_string(&ClientFrame::Subscribe { topic: format!("auction:{auction}") })?;
    socket.send(Message::text(subscribe)).await?;
    Ok(socket)
}

/// Tells of every state, until the socket ends.
pub async fn listen(mut socket: Socket, sender: mpsc::UnboundedSender<Arrival>) -> anyhow::Result<()> {
    while let Some(message) = socket.next().await {
        if let Message::Text(text) = message? {
            let at = Instant::now();
            if let Some(seq) = seq(&text) {
                sender.send(Arrival { seq, at })?;
            }
        }
    }
    Ok(())
}

/// The number of the state in a frame or an answer. Not read as JSON: ten thousand readers on the server's
/// own cores would be measured instead of the server.
pub fn seq(text: &str) -> Option<i64> {
    let (_, rest) = text.split_once("\"seq\":")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Bytes as people read them.
#[expect(clippy::cast_precision_loss, reason = "no process has 2^52 bytes")]
pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / MEBIBYTE
}
