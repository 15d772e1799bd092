//! How I stand, from the public state and my alias in it: frames are the same for everybody.

use market::{
    Money,
    auction::StatusCode,
    live::AuctionState,
    view::{Mine, Standing},
};

/// How I stand in the auction of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Nobody is signed in.
    Visitor,
    /// I sell it.
    Seller,
    /// I have not bid.
    Aside,
    /// I lead.
    Leading {
        /// My maximum, which is what I hold here; unknown until the page is read again when I bid elsewhere.
        maximum: Option<Money>,
    },
    /// I bid, and somebody else leads.
    Outbid,
    /// I won or bought it.
    Won {
        /// The maximum with which I led at the end, if this page saw it.
        maximum: Option<Money>,
    },
    /// I bid, and it is over without me.
    Lost,
}

impl Stand {
    /// Whether I lead: then there is no bid to place, only a maximum to change.
    #[must_use]
    pub fn leads(self) -> bool {
        matches!(self, Self::Leading { .. })
    }

    /// What I hold here, as far as it is known.
    #[must_use]
    pub fn maximum(self) -> Option<Money> {
        match self {
            Self::Leading { maximum } => maximum,
            _ => None,
        }
    }
}

/// How the one stands who knows `mine` of the auction; `None`: a visitor.
#[must_use]
pub fn stand(state: &AuctionState, mine: Option<&Mine>) -> Stand {
    let Some(mine) = mine else { return Stand::Visitor };
    if mine.standing == Standing::Seller {
        return Stand::Seller;
    }
    let maximum = match mine.standing {
        Standing::Leading { maximum } => Some(maximum),
        _ => None,
    };
    match mine.alias {
        None => Stand::Aside,
        Some(alias) if state.winner == Some(alias) => Stand::Won { maximum },
        Some(alias) if state.leader == Some(alias) => Stand::Leading { maximum },
        Some(_) if state.status == StatusCode::Live => Stand::Outbid,
        Some(_) => Stand::Lost,
    }
}

#[cfg(test)]
mod tests {
    use market::{AuctionId, alias::Alias, text};

    use super::*;

    fn state(leader: Option<i32>) -> AuctionState {
        let noon = text::parse_local("2026-11-22T12:00").expect("a time");
        AuctionState {
            id: AuctionId(1),
            seq: 1,
            status: StatusCode::Live,
            price: Money::won(10_000),
            leader: leader.map(Alias),
            winner: None,
            reserve_met: None,
            starts_at: noon,
            ends_at: noon,
            first_end: noon,
            hard_stop_at: None,
            last_call: false,
            bid_count: 1,
            bidder_count: 1,
            bids: Vec::new(),
        }
    }

    fn mine(alias: Option<i32>, standing: Standing) -> Mine {
        Mine { alias: alias.map(Alias), standing, last: None, available: Money::ZERO, watching: false }
    }

    #[test]
    fn the_newest_state_decides_whatever_the_page_said() {
        let led = mine(Some(2), Standing::Leading { maximum: Money::won(50_000) });
        assert_eq!(stand(&state(Some(2)), Some(&led)), Stand::Leading { maximum: Some(Money::won(50_000)) });
        assert_eq!(stand(&state(Some(3)), Some(&led)), Stand::Outbid);
        assert_eq!(stand(&state(Some(3)), Some(&mine(None, Standing::None))), Stand::Aside);
        assert_eq!(stand(&state(None), Some(&mine(None, Standing::Seller))), Stand::Seller);
        assert_eq!(stand(&state(None), None), Stand::Visitor);
    }

    #[test]
    fn v7_only_the_winner_has_won() {
        let over = AuctionState { status: StatusCode::Settled, winner: Some(Alias(3)), ..state(None) };
        assert_eq!(stand(&over, Some(&mine(Some(2), Standing::Outbid))), Stand::Lost);
        assert_eq!(stand(&over, Some(&mine(Some(3), Standing::Outbid))), Stand::Won { maximum: None });
    }
}
