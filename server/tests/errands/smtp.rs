//! A mail server that keeps what it takes, and refuses what it is told to.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use server::{errands::Carrier, mail::Mailer};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// What stands on the site's addresses in letters.
pub const BASE_URL: &str = "https://market.example";

/// The sink; it takes letters for as long as the test lives.
#[derive(Clone, Default)]
pub struct Sink(Arc<Inner>);

#[derive(Default)]
struct Inner {
    letters: Mutex<Vec<Letter>>,
    refusals: Mutex<VecDeque<&'static str>>,
    came: Notify,
}

/// A letter as it came.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    text: String,
}

impl Letter {
    /// A header's text, unfolded and decoded (RFC 2047).
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\r\n\r\n").next()?.replace("\r\n ", " ");
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))?;
        // Nothing stands between two encoded words.
        Some(line.replace("?= =?", "?==?").replace("=?utf-8?b?", "\0").split('\0').map(decoded).collect())
    }

    /// The part of that type, decoded.
    pub fn part(&self, kind: &str) -> String {
        let start = self.text.find(&format!("Content-Type: {kind}")).expect("the part");
        let (head, body) = self.text[start..].split_once("\r\n\r\n").expect("its body");
        let body = body.split("\r\n--").next().expect("its end");
        let bytes = match head.split_once("Content-Transfer-Encoding: ").map(|(_, way)| way.trim()) {
            Some("base64") => STANDARD.decode(body.split_whitespace().collect::<String>()).expect("base64"),
            Some("quoted-printable") => unquoted(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).expect("text").replace("\r\n", "\n")
    }
}

/// What begins with an encoded word, if there is an end of one in it.
fn decoded(text: &str) -> String {
    let Some((word, rest)) = text.split_once("?=") else { return text.to_owned() };
    String::from_utf8(STANDARD.decode(word).expect("base64")).expect("text") + rest
}

fn unquoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(if byte == b'=' {
            let digits = [bytes.next().expect("a digit"), bytes.next().expect("a digit")];
            u8::from_str_radix(str::from_utf8(&digits).expect("digits"), 16).expect("a byte")
        } else {
            byte
        });
    }
    plain
}

impl Sink {
    /// One that is there, and who brings letters to it.
    pub async fn open() -> (Self, Carrier) {
        let sink = Self::default();
        let address = sink.listen("127.0.0.1:0").await;
        (sink, carrier(address))
    }

    /// Starts to listen.
    pub async fn listen(&self, address: &str) -> SocketAddr {
        let listener = TcpListener::bind(address).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let sink = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = sink.clone();
                tokio::spawn(async move { sink.serve(stream).await });
            }
        });
        address
    }

    /// The next receivers are refused so, one after the other.
    pub fn refuse(&self, replies: &[&'static str]) {
        self.0.refusals.lock().expect("refusals").extend(replies);
    }

    /// What came so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.0.letters.lock().expect("letters").clone()
    }

    /// The only letter.
    pub fn letter(&self) -> Letter {
        let letters = self.letters();
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters[0].clone()
    }

    /// Waits until a letter has come.
    pub async fn came(&self) {
        tokio::time::timeout(crate::SOON, self.0.came.notified()).await.expect("a letter in time");
    }

    async fn serve(&self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        write.write_all(b"220 sink\r\n").await.expect("a greeting");
        while let Ok(Some(line)) = lines.next_line().await {
            let reply = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-sink\r\n250 8BITMIME".to_owned(),
                "RCPT" => {
                    to = line.trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned();
                    let refusal = self.0.refusals.lock().expect("refusals").pop_front();
                    refusal.unwrap_or("250 ok").to_owned()
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.expect("a reply");
                    let mut text = String::new();
                    while let Ok(Some(line)) = lines.next_line().await
                        && line != "."
                    {
                        text.push_str(&line);
                        text.push_str("\r\n");
                    }
                    self.0.letters.lock().expect("letters").push(Letter { to: to.clone(), text });
                    self.0.came.notify_one();
                    "250 kept".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 ok".to_owned(),
            };
            if write.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// Who brings letters to the mail server at `address`.
pub fn carrier(address: SocketAddr) -> Carrier {
    let mailer = Mailer::new(&format!("smtp://{address}"), "이웃입찰 <no-reply@market.example>", BASE_URL);
    Carrier::Mail(mailer.expect("a mailer"))
}
