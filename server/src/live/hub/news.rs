//! A state as it goes over the wire, written down once for all who listen.

use axum::extract::ws::Utf8Bytes;
use market::live::{AuctionState, ChatState, MyState, ServerFrame};
use tracing::error;

/// `resync`, the frame that needs no writing down.
pub(super) const RESYNC: Utf8Bytes = Utf8Bytes::from_static(r#"{"type":"resync"}"#);

/// A whole state with its numbers.
#[derive(Debug, Clone)]
pub struct News {
    /// An auction and a conversation have one number; a wallet and an inbox have one each, and none of the
    /// two ever falls.
    numbers: [i64; 2],
    text: Utf8Bytes,
}

impl News {
    pub(super) fn auction(state: AuctionState) -> Self {
        Self { numbers: [state.seq, 0], text: frame(&ServerFrame::Auction(Box::new(state))) }
    }

    pub(super) fn me(state: MyState) -> Self {
        Self { numbers: [state.wallet_seq, state.inbox_seq], text: frame(&ServerFrame::Me(state)) }
    }

    pub(super) fn chat(state: ChatState) -> Self {
        Self { numbers: [state.seq, 0], text: frame(&ServerFrame::Chat(Box::new(state))) }
    }

    /// Newer, or something of it changed that has no number (what I have read, who has overtaken me).
    pub(super) fn supersedes(&self, known: &Self) -> bool {
        let is_older = self.numbers.iter().zip(known.numbers).any(|(new, old)| *new < old);
        !is_older && self.text != known.text
    }

    pub(super) fn text(&self) -> Utf8Bytes {
        self.text.clone()
    }
}

/// A frame as text.
pub fn frame(frame: &ServerFrame) -> Utf8Bytes {
    match serde_json::to_string(frame) {
        Ok(text) => text.into(),
        Err(error) => {
            error!(%error, "a frame could not be written");
            RESYNC
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::{Money, UserId};

    fn me(wallet_seq: i64, inbox_seq: i64, unread: i64) -> News {
        let money = Money::won(1);
        let outbid = Vec::new();
        News::me(MyState {
            user: UserId(1),
            wallet_seq,
            available: money,
            held: money,
            inbox_seq,
            unread,
            unread_messages: 0,
            news: Vec::new(),
            outbid,
        })
    }

    #[test]
    fn k2_an_older_state_never_replaces_a_newer_one() {
        assert!(me(2, 5, 1).supersedes(&me(1, 5, 1)));
        assert!(!me(1, 5, 1).supersedes(&me(2, 5, 1)));
        assert!(!me(3, 4, 1).supersedes(&me(2, 5, 1)), "one of its numbers is older");
    }

    #[test]
    fn the_same_state_again_is_no_news_but_a_read_inbox_is() {
        assert!(!me(2, 5, 1).supersedes(&me(2, 5, 1)));
        assert!(me(2, 5, 0).supersedes(&me(2, 5, 1)));
    }

    #[test]
    fn resync_is_the_frame_of_that_name() {
        assert_eq!(frame(&ServerFrame::Resync), RESYNC);
    }
}
