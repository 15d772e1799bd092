//! When the page reads itself again. National auctions come over the socket and are read again only when
//! something was missed; those of the neighbourhood are read on focus, on a slow timer and after everything
//! one does.

use std::time::Duration;

use leptos::{
    ev,
    leptos_dom::helpers::{set_interval_with_handle, set_timeout_with_handle},
    prelude::*,
};
use market::{live::Phase, opening::Reach};

use super::{here::Here, stand::Stand};
use crate::live::{Live, live};

/// How often is read what no frame tells.
const SLOW: Duration = Duration::from_secs(30);
/// How soon the outcome is asked for when an end has passed and no news came.
const SOON: Duration = Duration::from_millis(1_500);

/// Follows the auction for as long as the page shows it.
pub fn follow(here: Here) {
    let live = live();
    here.take_readings();
    follow_bids(here);
    follow_me(here, live);
    live.on_resync(move || here.reread());
    follow_closing(here);
    // What no frame tells: everything of a neighbourhood auction, and how many watch a seller's own.
    if here.reach == Reach::Neighbourhood || here.stand.get_untracked() == Stand::Seller {
        follow_slowly(here);
    }
}

/// The list and the chart grow with the frames; whoever missed bids reads the page again.
fn follow_bids(here: Here) {
    Effect::new(move |_| {
        if !here.follow_bids() {
            here.reread();
        }
    });
}

/// My money moved or I lead without knowing how far: I acted somewhere else.
fn follow_me(here: Here, live: Live) {
    Effect::new(move |_| {
        let spendable = live.me.with(|me| me.as_ref().map(|me| me.available));
        let known = here.available_as_read();
        let moved = spendable.is_some() && known.is_some() && spendable != known;
        if moved || here.stand.get() == (Stand::Leading { maximum: None }) {
            here.reread();
        }
    });
}

/// Past the end the outcome comes within a blink; if it does not, it is asked for until it is there.
fn follow_closing(here: Here) {
    Effect::new(move |_| {
        here.readings();
        if here.phase.get() == Phase::Closing
            && let Ok(timer) = set_timeout_with_handle(move || here.reread(), SOON)
        {
            on_cleanup(move || timer.clear());
        }
    });
}

fn follow_slowly(here: Here) {
    Effect::new(move |_| {
        let reread_if_seen = move || {
            if !document().hidden() {
                here.reread();
            }
        };
        if let Ok(timer) = set_interval_with_handle(reread_if_seen, SLOW) {
            on_cleanup(move || timer.clear());
        }
        let focused = window_event_listener(ev::focus, move |_| here.reread());
        on_cleanup(move || focused.remove());
        let seen = window_event_listener_untyped("visibilitychange", move |_| reread_if_seen());
        on_cleanup(move || seen.remove());
    });
}
