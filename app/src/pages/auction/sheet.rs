//! On the phone the panel is a sheet. Without scripts `:target` opens it; with them a signal does, because
//! the router's own way of following a link moves no target.

use leptos::{ev, html, prelude::*};
use web_sys::HtmlElement;

use crate::reply::reply_to;

/// The fragment that opens the sheet without scripts.
pub const OPEN: &str = "#bid";
/// The fragment that closes it.
pub const CLOSE: &str = "#main";

/// The forms that stand in it: after a plain post it is open again, with the answer.
const FORMS: [&str; 8] = [
    "place_bid",
    "buy_now",
    "call_last_bids",
    "cancel_auction",
    "make_national",
    "hand_over",
    "confirm_handover",
    "dispute",
];

/// The sheet.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// Whether it is open; by its target it may be open all the same.
    pub open: RwSignal<bool>,
    /// Opened by the server, which a script or a fresh page closes.
    pub served_open: bool,
    /// The panel.
    pub panel: NodeRef<html::Section>,
    /// What opened it.
    pub opener: NodeRef<html::A>,
}

impl Sheet {
    /// Open if the page shows an answer: it stands in the sheet.
    #[must_use]
    pub fn new() -> Self {
        let served_open = FORMS.into_iter().any(|form| reply_to(form).is_some());
        Self { open: RwSignal::new(served_open), served_open, panel: NodeRef::new(), opener: NodeRef::new() }
    }

    /// The dock's button was pressed.
    pub fn show(self, event: &ev::MouseEvent) {
        event.prevent_default();
        self.open.set(true);
        focus(self.panel.get_untracked().as_ref());
    }

    /// The cross or the scrim was pressed.
    pub fn hide(self, event: &ev::MouseEvent) {
        event.prevent_default();
        self.close();
    }

    /// Closes it, however it was opened.
    pub fn close(self) {
        let location = window().location();
        let targeted = location.hash().is_ok_and(|hash| hash == OPEN);
        if !targeted && !self.open.get_untracked() {
            return;
        }
        self.open.set(false);
        if targeted {
            // Fails only where there is no document.
            let _ = location.set_hash(CLOSE);
        }
        focus(self.opener.get_untracked().as_deref());
    }
}

/// Moves the focus, if there is something to move it to.
pub fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // Fails for elements that take no focus: then it stays.
        let _ = element.focus();
    }
}
