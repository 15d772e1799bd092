//! A site with nothing but the socket, and browsers that talk to it.

use std::net::SocketAddr;

use axum::http::{HeaderValue, StatusCode};
use futures::{SinkExt, StreamExt};
use market::{
    Refusal,
    live::{AuctionState, ChatState, MyState, ServerFrame},
    people::NewPerson,
    store::{Market, accounts::SessionToken},
};
use server::{
    live::{self, Live, Settings},
    stop::Stop,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::SOON;

/// A server process, as far as its sockets go.
pub struct Site {
    pub live: Live,
    pub stop: Stop,
    address: SocketAddr,
}

impl Site {
    pub async fn open(market: &Market, settings: Settings) -> Self {
        let stop = Stop::new();
        let live = Live::start(market, settings, &stop);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = live::routes().with_state(live.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { live, stop, address }
    }

    /// Opens a socket as a page of this site does.
    pub async fn browse(&self, session: Option<&SessionToken>) -> Browser {
        self.try_browse(Some(&self.origin()), session).await.expect("a socket")
    }

    /// Where its pages are from.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Opens a socket as a page of `origin` does; or the status of the refusal.
    pub async fn try_browse(
        &self,
        origin: Option<&str>,
        session: Option<&SessionToken>,
    ) -> Result<Browser, StatusCode> {
        let mut request =
            format!("ws://{}{}", self.address, live::PATH).into_client_request().expect("a request");
        let mut set = |name, value: &str| {
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
        };
        if let Some(origin) = origin {
            set("origin", origin);
        }
        if let Some(session) = session {
            set("cookie", &format!("theme=dark; __Host-session={}", session.as_str()));
        }
        match timeout(SOON, connect_async(request)).await.expect("an answer") {
            Ok((socket, _)) => Ok(Browser { socket }),
            Err(Error::Http(answer)) => Err(answer.status()),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Everybody's.
pub const PASSWORD: &str = "망원동 한강 자전거";

/// Signs somebody up, and in.
pub async fn sign_up(market: &Market, username: &str) -> (market::UserId, SessionToken) {
    let person = NewPerson {
        username: username.to_owned(),
        nickname: username.to_owned(),
        email: None,
        region: Some("11440".to_owned()),
        password: PASSWORD.to_owned(),
    };
    market.sign_up(&person, "a test").await.expect("a person")
}

/// A browser's socket.
pub struct Browser {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Browser {
    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.expect("sent");
    }

    pub async fn say(&mut self, text: &str) {
        self.send(Message::text(text)).await;
    }

    pub async fn subscribe(&mut self, topic: &str) {
        self.say(&format!(r#"{{"type":"subscribe","topic":"{topic}"}}"#)).await;
    }

    pub async fn unsubscribe(&mut self, topic: &str) {
        self.say(&format!(r#"{{"type":"unsubscribe","topic":"{topic}"}}"#)).await;
    }

    /// The next frame that is not the time.
    pub async fn frame(&mut self) -> ServerFrame {
        loop {
            match self.anything().await {
                Ok(ServerFrame::Time { .. }) => {}
                Ok(frame) => return frame,
                Err(code) => panic!("closed with {code:?}"),
            }
        }
    }

    /// The state of an auction, which is what must come next.
    pub async fn auction(&mut self) -> AuctionState {
        match self.frame().await {
            ServerFrame::Auction(state) => *state,
            other => panic!("an auction was expected: {other:?}"),
        }
    }

    /// The first state of an auction that is as wanted.
    pub async fn auction_where(&mut self, wanted: impl Fn(&AuctionState) -> bool) -> AuctionState {
        loop {
            let state = self.auction().await;
            if wanted(&state) {
                return state;
            }
        }
    }

    /// The first state of mine that is as wanted.
    pub async fn me_where(&mut self, wanted: impl Fn(&MyState) -> bool) -> MyState {
        loop {
            match self.frame().await {
                ServerFrame::Me(state) if wanted(&state) => return state,
                ServerFrame::Me(_) => {}
                other => panic!("my state was expected: {other:?}"),
            }
        }
    }

    /// The state of a conversation, which is what must come next.
    pub async fn chat(&mut self) -> ChatState {
        match self.frame().await {
            ServerFrame::Chat(state) => *state,
            other => panic!("a conversation was expected: {other:?}"),
        }
    }

    /// The first state of a conversation that is as wanted.
    pub async fn chat_where(&mut self, wanted: impl Fn(&ChatState) -> bool) -> ChatState {
        loop {
            let state = self.chat().await;
            if wanted(&state) {
                return state;
            }
        }
    }

    /// The refusal that must come next, with its topic.
    pub async fn refused(&mut self) -> (Option<String>, Refusal) {
        match self.frame().await {
            ServerFrame::Refused { topic, reason } => (topic, reason),
            other => panic!("a refusal was expected: {other:?}"),
        }
    }

    /// The time, which is what must come sooner or later.
    pub async fn time(&mut self) -> i64 {
        loop {
            if let ServerFrame::Time { now_ms } = self.anything().await.expect("open") {
                return now_ms;
            }
        }
    }

    /// The code with which the server closes.
    pub async fn close_code(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.anything().await {
                return code;
            }
        }
    }

    async fn anything(&mut self) -> Result<ServerFrame, Option<u16>> {
        loop {
            match timeout(SOON, self.socket.next()).await.expect("a frame in time") {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("a frame")),
                Some(Ok(Message::Close(close))) => return Err(close.map(|close| close.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}
