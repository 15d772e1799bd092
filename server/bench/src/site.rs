//! The built server as a process of its own, and a client for it.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    process::{Child, Command},
};

use crate::place::Place;

/// How long a server may take to open.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server of the release build over the bench's database.
pub struct Site {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
}

impl Site {
    /// Starts it and waits until it is ready; `SERVER` names the program [target/built/server].
    pub async fn start(place: &Place, environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        let program =
            std::env::var_os("SERVER").map_or_else(|| PathBuf::from("target/built/server"), PathBuf::from);
        // Free a moment ago: the bench has the machine to itself.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut command = Command::new(&program);
        command.env("PORT", port.to_string()).env("DATABASE_URL", place.url()).env("RUST_LOG", "warn");
        command.env("INSECURE_COOKIES", "true").env("SOCKETS_PER_ADDRESS", "100000");
        command.env("DATA_DIR", place.folder()).envs(environment.iter().copied()).kill_on_drop(true);
        let process = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        let site = Self { address, process };
        let began = Instant::now();
        while !site.is_ready().await {
            ensure!(began.elapsed() < PATIENCE, "the server does not open");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(site)
    }

    async fn is_ready(&self) -> bool {
        let Ok(mut client) = Client::connect(self.address).await else { return false };
        client.get("/readyz", "").await.is_ok_and(|(status, _)| status == StatusCode::OK)
    }

    /// What it has of the machine's memory, in bytes (`VmRSS`).
    pub fn memory(&self) -> anyhow::Result<u64> {
        let id = self.process.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes * 1024)
    }

    /// Ends it as an operator would, and waits for it.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.process.id().context("the server has ended by itself")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        self.process.wait().await?;
        Ok(())
    }
}

/// One connection that stays open.
pub struct Client {
    address: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

impl Client {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; what is wrong with it the sender says too.
        tokio::spawn(connection);
        Ok(Self { address, sender })
    }

    /// Reads a page.
    pub async fn get(&mut self, path: &str, session: &str) -> anyhow::Result<(StatusCode, Bytes)> {
        self.send(Method::GET, path, session, Bytes::new()).await
    }

    /// Sends a form as the hydrated page does.
    pub async fn post(
        &mut self,
        path: &str,
        session: &str,
        form: String,
    ) -> anyhow::Result<(StatusCode, Bytes)> {
        self.send(Method::POST, path, session, form.into()).await
    }

    /// How many bytes a path costs, with brotli where the server has it.
    pub async fn compressed(&mut self, path: &str) -> anyhow::Result<usize> {
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, self.address.to_string())
            .header(header::ACCEPT_ENCODING, "br")
            .body(Full::new(Bytes::new()))?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        ensure!(answer.status() == StatusCode::OK, "{path}: {}", answer.status());
        Ok(answer.into_body().collect().await?.to_bytes().len())
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        session: &str,
        body: Bytes,
    ) -> anyhow::Result<(StatusCode, Bytes)> {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, self.address.to_string());
        if !session.is_empty() {
            request = request.header(header::COOKIE, format!("session={session}"));
        }
        if !body.is_empty() {
            request = request
                .header(header::ORIGIN, format!("http://{}", self.address))
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::new(body))?).await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}
