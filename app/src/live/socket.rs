//! One socket per tab: opened when the first topic is wanted, opened again when it breaks.

use std::{cell::RefCell, collections::BTreeSet, time::Duration};

use futures::{
    FutureExt, SinkExt, StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    future::{Fuse, FusedFuture, pending},
    select_biased,
};
use gloo_net::websocket::{Message, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use market::{
    Refusal,
    live::{ClientFrame, DEAD_SECONDS, ServerFrame, Topic},
};

use super::{Connection, Live};
use crate::paths;

/// The first pause before a new try, in milliseconds; it doubles up to the last.
const FIRST_PAUSE_MS: u32 = 500;
const LAST_PAUSE_MS: u32 = 30_000;
/// At most so long after a busy market refused topics, they are asked for again, in milliseconds; it doubles
/// up to the last pause while the market stays busy.
const BUSY_PAUSE_MS: u32 = 2_000;
/// How often the clock moves, in milliseconds.
const TICK_MS: u64 = 100;

/// What the page asks of the socket's task.
enum Wish {
    Subscribe(String),
    Unsubscribe(String),
    /// The network or the tab came back: try now.
    Wake,
}

thread_local! {
    static WISHES: RefCell<Option<UnboundedSender<Wish>>> = const { RefCell::new(None) };
    static EARLY: RefCell<Vec<Wish>> = const { RefCell::new(Vec::new()) };
}

/// Starts the clock and the socket's task; once, when the page has come alive.
pub(super) fn start(live: Live) {
    if WISHES.with_borrow(Option::is_some) {
        return;
    }
    let (sender, receiver) = unbounded();
    for wish in EARLY.take() {
        // The receiver is at hand: nothing can be refused.
        drop(sender.unbounded_send(wish));
    }
    WISHES.set(Some(sender));
    set_interval(move || live.tick(browser_ms()), Duration::from_millis(TICK_MS));
    drop(window_event_listener_untyped("online", |_| wish(Wish::Wake)));
    listen_to_visibility();
    leptos::task::spawn_local(run(live, receiver));
}

/// Listens to a topic; twice is once.
pub(super) fn subscribe(topic: Topic) {
    wish(Wish::Subscribe(topic.to_string()));
}

/// Stops listening.
pub(super) fn unsubscribe(topic: Topic) {
    wish(Wish::Unsubscribe(topic.to_string()));
}

fn wish(wish: Wish) {
    WISHES.with_borrow(|sender| match sender {
        // The task lives as long as the page.
        Some(sender) => drop(sender.unbounded_send(wish)),
        None => EARLY.with_borrow_mut(|early| early.push(wish)),
    });
}

fn listen_to_visibility() {
    use wasm_bindgen::{JsCast, closure::Closure};
    let woken = Closure::<dyn Fn()>::new(|| {
        if document().visibility_state() == web_sys::VisibilityState::Visible {
            wish(Wish::Wake);
        }
    });
    // Fails only for arguments that are no functions.
    drop(document().add_event_listener_with_callback("visibilitychange", woken.as_ref().unchecked_ref()));
    woken.forget();
}

#[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit 53 bits")]
fn browser_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// The socket's task: as long as topics are wanted, there is a socket or a try to open one.
async fn run(live: Live, mut wishes: UnboundedReceiver<Wish>) {
    let mut topics: BTreeSet<String> = BTreeSet::new();
    let mut pause = FIRST_PAUSE_MS;
    loop {
        if topics.is_empty() {
            live.connection.try_set(Connection::Idle);
            match wishes.next().await {
                Some(Wish::Subscribe(topic)) => drop(topics.insert(topic)),
                Some(_) => {}
                None => return,
            }
            continue;
        }
        if let Ok(socket) = WebSocket::open(&address())
            && converse(live, socket, &mut topics, &mut wishes).await
        {
            pause = FIRST_PAUSE_MS;
        }
        if topics.is_empty() {
            continue;
        }
        live.connection.try_set(Connection::Lost);
        wait(jittered(pause), &mut topics, &mut wishes).await;
        pause = (pause * 2).min(LAST_PAUSE_MS);
    }
}

/// Serves one connection until it ends; whether it ever was one.
async fn converse(
    live: Live,
    socket: WebSocket,
    topics: &mut BTreeSet<String>,
    wishes: &mut UnboundedReceiver<Wish>,
) -> bool {
    let (mut send, receive) = socket.split();
    let mut receive = receive.fuse();
    let mut was_open = false;
    let mut refused = PutOff::new();
    for topic in topics.iter() {
        if send.send(text(&ClientFrame::Subscribe { topic: topic.clone() })).await.is_err() {
            return false;
        }
    }
    loop {
        let mut silence = TimeoutFuture::new(u32::try_from(DEAD_SECONDS * 1_000).unwrap_or(u32::MAX)).fuse();
        let frame = select_biased! {
            wish = wishes.next() => match wish {
                Some(Wish::Subscribe(topic)) if topics.insert(topic.clone()) => {
                    Some(ClientFrame::Subscribe { topic })
                }
                Some(Wish::Unsubscribe(topic)) if topics.remove(&topic) => {
                    if topics.is_empty() {
                        return was_open;
                    }
                    Some(ClientFrame::Unsubscribe { topic })
                }
                Some(_) => None,
                None => return was_open,
            },
            message = receive.next() => {
                let Some(Ok(message)) = message else { return was_open };
                if !was_open {
                    was_open = true;
                    live.connection.try_set(Connection::Open);
                }
                if let Some(topic) = hear(live, message) {
                    refused.add(topic);
                }
                None
            }
            topic = refused.next().fuse() => {
                topics.contains(&topic).then_some(ClientFrame::Subscribe { topic })
            }
            () = silence => return was_open,
        };
        if let Some(frame) = frame
            && send.send(text(&frame)).await.is_err()
        {
            return was_open;
        }
    }
}

/// Topics that the market was too busy for, until they are asked for again.
struct PutOff {
    topics: BTreeSet<String>,
    over: Fuse<TimeoutFuture>,
    pause: u32,
    /// When the market was busy last, in the browser's milliseconds.
    at: i64,
}

impl PutOff {
    fn new() -> Self {
        Self { topics: BTreeSet::new(), over: Fuse::terminated(), pause: 0, at: 0 }
    }

    fn add(&mut self, topic: String) {
        self.topics.insert(topic);
        let now = browser_ms();
        if self.over.is_terminated() {
            let goes_on = now - self.at < i64::from(2 * LAST_PAUSE_MS);
            self.pause = if goes_on { (self.pause * 2).min(LAST_PAUSE_MS) } else { BUSY_PAUSE_MS };
            self.over = TimeoutFuture::new(jittered(self.pause)).fuse();
        }
        self.at = now;
    }

    /// The next that may be asked for again; it is waited for no more.
    async fn next(&mut self) -> String {
        if !self.over.is_terminated() {
            (&mut self.over).await;
        }
        match self.topics.pop_first() {
            Some(topic) => topic,
            None => pending().await,
        }
    }
}

/// Takes in a frame; a topic that it puts off.
fn hear(live: Live, message: Message) -> Option<String> {
    let Message::Text(text) = message else { return None };
    match serde_json::from_str::<ServerFrame>(&text) {
        // The books did not answer; the topic is still wanted.
        Ok(ServerFrame::Refused { topic, reason: Refusal::Busy }) => return topic,
        Ok(frame) => live.receive(frame, browser_ms()),
        // A newer server speaks otherwise: what the page shows is read anew.
        Err(error) => {
            leptos::logging::warn!("an unknown frame: {error}");
            live.ask_resync();
        }
    }
    None
}

/// Waits before the next try; ends early when woken.
async fn wait(pause: u32, topics: &mut BTreeSet<String>, wishes: &mut UnboundedReceiver<Wish>) {
    let mut over = TimeoutFuture::new(pause).fuse();
    loop {
        select_biased! {
            wish = wishes.next() => match wish {
                Some(Wish::Subscribe(topic)) => drop(topics.insert(topic)),
                Some(Wish::Unsubscribe(topic)) => drop(topics.remove(&topic)),
                Some(Wish::Wake) | None => return,
            },
            () = over => return,
        }
    }
}

/// Between half of it and all of it, so that a restarted server is not met by everybody at once.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of at most 30,000 milliseconds"
)]
fn jittered(pause: u32) -> u32 {
    pause / 2 + (f64::from(pause / 2) * js_sys::Math::random()) as u32
}

fn text(frame: &ClientFrame) -> Message {
    Message::Text(serde_json::to_string(frame).unwrap_or_default())
}

fn address() -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    format!("{scheme}://{}{}", location.host().unwrap_or_default(), paths::SOCKET)
}
