//! What leaves the house when something fails: an envelope to an endpoint on this machine, with nothing about
//! people in it.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::Duration,
};

use server::error_reports;
use tracing_subscriber::layer::SubscriberExt;

/// Whatever is waited for comes by then, or the test fails.
const SOON: Duration = Duration::from_secs(20);

/// Takes one request, answers, and hands on everything it said.
fn take(mut connection: TcpStream) -> String {
    let (mut said, mut buffer) = (Vec::new(), [0; 4_096]);
    loop {
        let text = String::from_utf8_lossy(&said).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length: ").and_then(|length| length.trim().parse::<usize>().ok())
            });
            if length.is_some_and(|length| body.len() >= length) || body.ends_with("0\r\n\r\n") {
                break;
            }
        }
        let read = connection.read(&mut buffer).expect("a request");
        assert!(read > 0, "the request ended early: {text}");
        said.extend_from_slice(&buffer[..read]);
    }
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    connection.write_all(answer.as_bytes()).expect("answered");
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn an_error_is_reported_with_its_reference_and_without_anything_about_people() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dsn = format!("http://key@{}/42", listener.local_addr().expect("an address"));
    let (sender, received) = mpsc::channel();
    thread::spawn(move || {
        let (connection, _) = listener.accept().expect("a connection");
        sender.send(take(connection)).expect("somebody waits");
    });
    let reporting = error_reports::start(&dsn).expect("a client");
    sentry::configure_scope(|scope| {
        let email = Some("minji@example.org".to_owned());
        scope.set_user(Some(sentry::User {
            email,
            username: Some("minji".to_owned()),
            ..Default::default()
        }));
        scope.set_extra("cookie", "__Host-session=stolen".into());
        scope.set_tag("address", "203.0.113.7");
    });
    let subscriber = tracing_subscriber::registry().with(error_reports::layer());
    tracing::subscriber::with_default(subscriber, || {
        let request = tracing::info_span!("http", path = "/settings", query = "q=my-secret");
        let _entered = request.enter();
        tracing::info!(nickname = "민지", "not an error");
        tracing::error!(
            target: "server::somewhere",
            reference = "1f2e3d4c",
            what = "an operation",
            error = "invalid input: my-secret",
            username = "minji",
            address = "203.0.113.7",
            "failed"
        );
    });
    assert!(reporting.flush(Some(SOON)), "everything went out");
    let said = received.recv_timeout(SOON).expect("an envelope");
    assert!(said.starts_with("POST /api/42/envelope/"), "{said}");
    for expected in ["1f2e3d4c", "an operation", "failed", "neighborbid@"] {
        assert!(said.contains(expected), "{expected} is missing: {said}");
    }
    for personal in ["minji", "민지", "my-secret", "203.0.113.7", "stolen", "/settings", "example.org"] {
        assert!(!said.contains(personal), "{personal} went out: {said}");
    }
}
