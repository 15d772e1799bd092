//! When the sale is read again. Frames are the same for everybody and do not carry it: they only say that
//! something has happened.

use leptos::prelude::*;
use market::{live::Phase, opening::Reach};

use super::{super::stand::Stand, Here};
use crate::live::live;

/// Follows the sale for as long as the page shows it.
pub fn follow(here: Here) {
    follow_state(here);
    follow_inbox(here);
}

/// The auction has moved on since the sale was read: it has ended, was handed over, confirmed or disputed.
fn follow_state(here: Here) {
    let newest = Memo::new(move |_| here.state.with(|state| state.seq));
    let read = Memo::new(move |_| here.after.with(|after| after.seq));
    let concerned = Memo::new(move |_| {
        let over = matches!(here.phase.get(), Phase::Over(_));
        let sold = here.after.with(|after| after.trade.is_some());
        over && (sold || !matches!(here.stand.get(), Stand::Visitor | Stand::Aside))
    });
    Effect::new(move |_| {
        if concerned.get() && read.get() < newest.get() {
            here.reread();
        }
    });
}

/// What is said in a dispute moves no state, and auctions of the neighbourhood send none: my inbox tells.
fn follow_inbox(here: Here) {
    let newest = live().inbox();
    Effect::new(move |before: Option<Option<i64>>| {
        let newest = newest.get();
        let moved = before.flatten().is_some_and(|before| newest.is_some_and(|newest| newest != before));
        if moved && untrack(|| is_concerned(here)) {
            here.reread();
        }
        newest
    });
}

/// Whether a notice may be about what the page shows and does not hear otherwise.
fn is_concerned(here: Here) -> bool {
    let sold = here.after.with(|after| after.trade.is_some());
    let takes_part = !matches!(here.stand.get(), Stand::Visitor | Stand::Aside);
    sold || (takes_part && here.reach == Reach::Neighbourhood)
}
