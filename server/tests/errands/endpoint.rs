//! A push service that keeps what it takes, and a browser that can read it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use market::notice::Keys;
use p256::{PublicKey, SecretKey};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
};
use server::{errands::Carrier, push::Pusher};

/// A key of the example of RFC 8291.
pub const VAPID_KEY: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
const BROWSER_KEY: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const SECRET: [u8; 16] = [7; 16];

/// What came: its headers and its sealed body.
pub type Pushed = (HeaderMap, Vec<u8>);

/// The service; it lives as long as the test.
#[derive(Clone, Default)]
pub struct Service(Arc<Inner>);

#[derive(Default)]
struct Inner {
    pushed: Mutex<Vec<Pushed>>,
    answers: Mutex<VecDeque<StatusCode>>,
}

impl Service {
    /// One that is there, with the keys of a browser, and who wakes it.
    pub async fn open() -> (Self, Keys, Carrier) {
        let service = Self::default();
        let router = Router::new().route("/push/{browser}", post(take)).with_state(service.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}/push/phone", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let public_key = URL_SAFE_NO_PAD.encode(browser_key().public_key().to_sec1_bytes());
        let keys = Keys { endpoint, public_key, secret: URL_SAFE_NO_PAD.encode(SECRET) };
        let pusher = Pusher::to_loopback(VAPID_KEY, "mailto:staff@market.example").expect("a pusher");
        (service, keys, Carrier::Push(pusher))
    }

    /// The next pushes are answered so, one after the other.
    pub fn answer(&self, answers: &[StatusCode]) {
        self.0.answers.lock().expect("answers").extend(answers);
    }

    /// What came so far.
    pub fn pushed(&self) -> Vec<Pushed> {
        self.0.pushed.lock().expect("pushes").clone()
    }
}

async fn take(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> StatusCode {
    service.0.pushed.lock().expect("pushes").push((headers, body.to_vec()));
    service.0.answers.lock().expect("answers").pop_front().unwrap_or(StatusCode::CREATED)
}

fn browser_key() -> SecretKey {
    SecretKey::from_slice(&URL_SAFE_NO_PAD.decode(BROWSER_KEY).expect("base64")).expect("a key")
}

/// What the browser reads (RFC 8188, RFC 8291), from its side of the exchange.
pub fn opened(sealed: &[u8]) -> serde_json::Value {
    let (salt, rest) = sealed.split_at(16);
    let (size, rest) = rest.split_at(4);
    assert_eq!(size, 4_096_u32.to_be_bytes());
    let (their_key, record) = rest[1..].split_at(rest[0].into());
    let ours = browser_key();
    let shared = ours.diffie_hellman(&PublicKey::from_sec1_bytes(their_key).expect("a point"));
    let info = [b"WebPush: info\0", &*ours.public_key().to_sec1_bytes(), their_key].concat();
    let input = derive(&SECRET, shared.raw_secret_bytes(), &info, 32);
    let key = derive(salt, &input, b"Content-Encoding: aes128gcm\0", 16);
    let nonce = derive(salt, &input, b"Content-Encoding: nonce\0", 12);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
    let nonce = Nonce::try_assume_unique_for_key(&nonce).expect("a nonce");
    let mut record = record.to_vec();
    let told = key.open_in_place(nonce, Aad::empty(), &mut record).expect("sealed for this browser");
    let (end, told) = told.split_last().expect("a delimiter");
    assert_eq!(*end, 2, "the last record");
    serde_json::from_slice(told).expect("JSON")
}

fn derive(salt: &[u8], input: &[u8], info: &[u8], length: usize) -> Vec<u8> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut output = vec![0; length];
    let key = Salt::new(HKDF_SHA256, salt).extract(input);
    key.expand(&[info], Length(length)).expect("expanded").fill(&mut output).expect("filled");
    output
}
