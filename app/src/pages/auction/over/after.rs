//! What only those see who take part, after the end.

use market::{
    Money,
    view::{AuctionPage, Trade},
};

/// What was read of it last.
#[derive(Debug, Clone, PartialEq)]
pub struct After {
    /// The number of the auction's state that it was read with.
    pub seq: i64,
    /// The sale, for its two and for staff.
    pub trade: Option<Trade>,
    /// What I got back of my last hold.
    pub returned: Option<Money>,
}

impl After {
    /// From the page as it was read.
    #[must_use]
    pub fn of(page: &AuctionPage) -> Self {
        Self { seq: page.state.seq, trade: page.trade.clone(), returned: page.returned }
    }
}
