//! An auction in a list.

use serde::{Deserialize, Serialize};

use super::PictureId;
use crate::{
    AuctionId, Increment, Instant, Money,
    auction::{self, StatusCode},
    live::{Phase, phase},
    opening::Reach,
};

/// An auction in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// Which.
    pub id: AuctionId,
    /// Its number; a live card keeps the newest.
    pub seq: i64,
    /// What is sold.
    pub title: String,
    /// The illustration in `/art`.
    pub art: String,
    /// The first of its pictures; without any, the illustration stands.
    pub cover: Option<PictureId>,
    /// As stored.
    pub status: StatusCode,
    /// Who is shown it.
    pub reach: Reach,
    /// The region's short name.
    pub region: String,
    /// 0 before the first bid.
    pub price: Money,
    /// Where bids begin.
    pub start_price: Money,
    /// The steps, for the next bid at a price that comes later.
    pub increment: Increment,
    /// The least that is accepted next.
    pub next_bid: Money,
    /// The purchase price.
    pub buy_now: Option<Money>,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// When it left `live`: at its end, when it was bought, or when it was taken back.
    pub closed_at: Option<Instant>,
    /// Listed bids.
    pub bid_count: i32,
    /// How far it is from the point that the list was asked from, in metres.
    pub distance: Option<i32>,
    /// People who watch it.
    pub watcher_count: i32,
    /// How I stand in it.
    pub standing: Standing,
    /// Whether I watch it.
    pub watching: bool,
}

impl Card {
    /// How it stands at `now`.
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        phase(self.status, self.starts_at, self.ends_at, now)
    }

    /// What a card shows as its price: the start price before the first bid (defect V4).
    #[must_use]
    pub fn shown_price(&self) -> Money {
        if self.price.is_zero() { self.start_price } else { self.price }
    }

    /// The least the next challenger may bid at `price`.
    #[must_use]
    pub fn next_bid_at(&self, price: Money) -> Money {
        auction::next_bid(&self.increment, self.start_price, price)
    }
}

/// How I stand in an auction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// I have nothing to do with it.
    None,
    /// It is mine.
    Seller,
    /// I lead.
    Leading {
        /// My maximum, which is what I hold here.
        maximum: Money,
    },
    /// I bid, and somebody else leads.
    Outbid,
    /// I won or bought it.
    Won {
        /// What I paid.
        paid: Money,
    },
    /// I bid, and it is over without me.
    Lost,
}
