//! What moves on a card. National auctions are listened to while their card is on the screen, so that an
//! endless list never asks for more topics than a socket takes; the others move by what my inbox says.

use std::time::Duration;

use leptos::{html, prelude::*};
use market::{
    Instant, Money,
    alias::Alias,
    auction::StatusCode,
    live::{AuctionState, Outbid, Phase, phase},
    opening::Reach,
    view::{Card, Standing},
};

use super::super::in_view::in_view;
use crate::live::{Connection, Live, live};

/// A card that is scrolled past faster than this is not listened to.
const SETTLED: Duration = Duration::from_millis(250);

/// The moving parts.
#[derive(Clone, Copy)]
pub struct Moving {
    /// Price, bids, end.
    pub figures: Memo<Figures>,
    /// Scheduled, running, over.
    pub phase: Memo<PhaseNow>,
    /// How I stand now.
    pub standing: Memo<Standing>,
}

/// What a card shows of an auction's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// As stored.
    pub status: StatusCode,
    /// 0 before the first bid.
    pub price: Money,
    /// The least that is accepted next.
    pub next_bid: Money,
    /// Listed bids.
    pub bid_count: i32,
    /// Until when bids are taken.
    pub ends_at: Instant,
}

/// [`Phase`] for a memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseNow(pub Phase);

/// Follows the auction behind a card.
pub fn follow(card: &Card, now: Instant, node: NodeRef<html::Li>) -> Moving {
    let live = live();
    let state = RwSignal::new(as_state(card));
    let my_alias = RwSignal::new(None::<Alias>);
    if card.reach == Reach::National {
        listen(card, live, node, state, my_alias);
    }
    let (id, starts_at, served) = (card.id, card.starts_at, card.standing);
    let overtaken = Memo::new(move |_| overtaken_in(live, id));
    let card = StoredValue::new(card.clone());
    let figures = Memo::new(move |_| {
        let told = overtaken.with(|told| told.as_ref().map(|told| told.price));
        state.with(|state| card.with_value(|card| figures_of(card, state, told)))
    });
    let phase = Memo::new(move |_| {
        let figures = figures.get();
        PhaseNow(phase(figures.status, starts_at, figures.ends_at, live.now(now)))
    });
    let standing = Memo::new(move |_| {
        let lost_lead = match (my_alias.get(), state.with(|state| state.leader)) {
            // Nobody leads once it is over: the last word stands.
            (Some(mine), Some(leader)) => mine != leader,
            _ => overtaken.with(Option::is_some),
        };
        standing_now(served, lost_lead, phase.get().0, figures.get().price)
    });
    Moving { figures, phase, standing }
}

/// Listens while the card is on the screen, and learns my alias from the first frame in which I still lead.
fn listen(
    card: &Card,
    live: Live,
    node: NodeRef<html::Li>,
    state: RwSignal<AuctionState>,
    my_alias: RwSignal<Option<Alias>>,
) {
    let (seq, price) = (card.seq, card.price);
    let led = matches!(card.standing, Standing::Leading { .. });
    let shown = in_view(node, SETTLED);
    Effect::new(move |_| {
        if !shown.get() {
            return;
        }
        let feed = live.auction(state.get_untracked(), Reach::National);
        Effect::new(move |_| {
            let newest = feed.get();
            // Whoever takes the lead raises the price, so at the same price the leader is the same.
            let unchanged = newest.seq == seq || newest.seq > seq && newest.price == price;
            if led && unchanged && newest.leader.is_some() && my_alias.get_untracked().is_none() {
                my_alias.set(newest.leader);
            }
            state.set(newest);
        });
    });
}

/// The part of a state that a card knows. Its number is one less than the card's, so that the first frame,
/// which knows all of it, always replaces it.
fn as_state(card: &Card) -> AuctionState {
    AuctionState {
        id: card.id,
        seq: card.seq - 1,
        status: card.status,
        price: card.price,
        leader: None,
        winner: None,
        reserve_met: None,
        starts_at: card.starts_at,
        ends_at: card.ends_at,
        first_end: card.ends_at,
        hard_stop_at: None,
        last_call: false,
        bid_count: card.bid_count,
        bidder_count: 0,
        bids: Vec::new(),
    }
}

/// My inbox says that I was overtaken there; believed only while it is up to date.
fn overtaken_in(live: Live, id: market::AuctionId) -> Option<Outbid> {
    if live.connection.get() != Connection::Open {
        return None;
    }
    live.me.with(|me| me.as_ref()?.outbid.iter().find(|outbid| outbid.auction == id).cloned())
}

fn figures_of(card: &Card, state: &AuctionState, told: Option<Money>) -> Figures {
    let price = told.map_or(state.price, |told| told.max(state.price));
    Figures {
        status: state.status,
        price,
        next_bid: card.next_bid_at(price),
        bid_count: state.bid_count,
        ends_at: state.ends_at,
    }
}

/// How I stand, after what has happened since the page was served.
fn standing_now(served: Standing, lost_lead: bool, phase: Phase, price: Money) -> Standing {
    match (served, phase) {
        (Standing::Leading { .. }, Phase::Running | Phase::Closing) if lost_lead => Standing::Outbid,
        (Standing::Leading { .. }, Phase::Over(_)) if lost_lead => Standing::Lost,
        (Standing::Leading { .. }, Phase::Over(StatusCode::Sold | StatusCode::Settled)) => {
            Standing::Won { paid: price }
        }
        (Standing::Leading { .. }, Phase::Over(_)) => Standing::None,
        (Standing::Outbid, Phase::Over(_)) => Standing::Lost,
        (as_served, _) => as_served,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LED: Standing = Standing::Leading { maximum: Money::ZERO };

    #[test]
    fn who_led_and_was_overtaken_is_told_so_and_loses_at_the_end() {
        let price = Money::won(5_000);
        assert_eq!(standing_now(LED, false, Phase::Running, price), LED);
        assert_eq!(standing_now(LED, true, Phase::Running, price), Standing::Outbid);
        let over = Phase::Over(StatusCode::Settled);
        assert_eq!(standing_now(LED, true, over, price), Standing::Lost);
        assert_eq!(standing_now(LED, false, over, price), Standing::Won { paid: price });
        assert_eq!(standing_now(LED, false, Phase::Over(StatusCode::Unsold), price), Standing::None);
    }
}
