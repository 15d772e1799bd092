//! The socket's topics, asked by every role: prices for everybody, what is one's own for who is signed in, a
//! conversation for its two.

use std::{net::SocketAddr, time::Duration};

use axum::http::HeaderValue;
use futures::{SinkExt, StreamExt};
use market::live::ServerFrame;
use server::live;
use tokio::{net::TcpListener, time::timeout};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::world::{ROLES, World, told_too_much};

/// Visitor, buyer, seller, other, suspended, staff.
const TOPICS: [(&str, &str); 6] = [
    ("auction:{live}", "auction auction auction auction auction auction"),
    ("auction:{fresh}", "not_found not_found not_found not_found not_found not_found"),
    ("me", "no_session me me me me me"),
    ("chat:{sold}", "no_session chat chat not_yours not_yours not_yours"),
    ("chat:{live}", "no_session not_found not_found not_found not_found not_found"),
    ("staff", "not_found not_found not_found not_found not_found not_found"),
];

#[tokio::test]
async fn every_topic_answers_every_role_as_the_table_says() {
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = live::routes().with_state(world.state.live.clone());
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn(async move { axum::serve(listener, service).await });
    let mut wrong = Vec::new();
    for (topic, expected) in TOPICS {
        let asked = topic.replace("{live}", world.named("live"));
        let asked = asked.replace("{fresh}", world.named("fresh")).replace("{sold}", world.named("sold"));
        for (role, expected) in ROLES.into_iter().zip(expected.split_whitespace()) {
            let (told, frame) = first_frame(address, &asked, world.session(role)).await;
            if told != expected {
                wrong.push(format!("{topic}: {role:?} {told}, not {expected}"));
            }
            let secrets = told_too_much(role, frame.as_bytes());
            wrong.extend(secrets.map(|secret| format!("{topic}: {role:?} is told {secret}")));
        }
    }
    serving.abort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a topic says first to who asks for it, in a word and whole.
async fn first_frame(address: SocketAddr, topic: &str, session: Option<&str>) -> (String, String) {
    let request = format!("ws://{address}{}", live::PATH).into_client_request();
    let mut request = request.expect("a request");
    let mut set = |name, value: String| {
        request.headers_mut().insert(name, HeaderValue::from_str(&value).expect("a header"));
    };
    set("origin", format!("http://{address}"));
    if let Some(session) = session {
        set("cookie", format!("__Host-session={session}"));
    }
    let (mut socket, _) = connect_async(request).await.expect("a socket");
    let subscribe = format!(r#"{{"type":"subscribe","topic":"{topic}"}}"#);
    socket.send(Message::text(subscribe)).await.expect("sent");
    loop {
        let message = timeout(Duration::from_secs(20), socket.next()).await.expect("in time");
        let Some(Ok(Message::Text(text))) = message else { continue };
        let told = match serde_json::from_str(&text).expect("a frame") {
            ServerFrame::Time { .. } => continue,
            ServerFrame::Auction(_) => "auction".to_owned(),
            ServerFrame::Resync => "resync".to_owned(),
            ServerFrame::Me(_) => "me".to_owned(),
            ServerFrame::Chat(_) => "chat".to_owned(),
            ServerFrame::Refused { reason, .. } => {
                let json = serde_json::to_value(&reason).expect("JSON");
                json["refused"].as_str().expect("a code").to_owned()
            }
        };
        return (told, text.to_string());
    }
}
