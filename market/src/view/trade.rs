//! A sale after its end: its steps, its dispute, and what staff see of it.

use serde::{Deserialize, Serialize};

use super::{Neighbour, PictureId};
use crate::{
    AuctionId, Instant, Money, Settlement,
    auction::StatusCode,
    trade::{Complaint, Decision, SettledBy, Side, Turn, settles_at},
    wallet::LedgerKind,
};

/// A sale, for its two and for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trade {
    /// Which.
    pub auction: AuctionId,
    /// The number of the auction's state that it was read with.
    pub seq: i64,
    /// Who looks at it.
    pub side: Side,
    /// How it stands.
    pub status: StatusCode,
    /// When the seller is paid.
    pub settlement: Settlement,
    /// Who bought.
    pub buyer: Neighbour,
    /// Who sold.
    pub seller: Neighbour,
    /// What the buyer paid.
    pub paid: Money,
    /// When he paid.
    pub paid_at: Instant,
    /// The seller's step, once it is done.
    pub handover: Option<Handover>,
    /// When and by what the money left escrow; a sale settled as it closed never was there.
    pub end: Option<SaleEnd>,
    /// The dispute, if there is or was one.
    pub dispute: Option<Dispute>,
}

impl Trade {
    /// When it settles by itself, as long as it may.
    #[must_use]
    pub fn settles_at(&self) -> Option<Instant> {
        (self.status == StatusCode::Sold).then(|| settles_at(self.paid_at))
    }

    /// Who must act next.
    #[must_use]
    pub fn turn(&self) -> Turn {
        match (self.status, &self.dispute) {
            (StatusCode::Disputed, Some(dispute)) => dispute.turn(),
            (StatusCode::Disputed, None) => Turn::Staff,
            (StatusCode::Sold, _) if self.handover.is_none() => Turn::Seller,
            (StatusCode::Sold, _) => Turn::Buyer,
            _ => Turn::Nobody,
        }
    }
}

/// The seller has handed it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Handover {
    /// When he said so.
    pub at: Instant,
    /// The parcel's number, or whatever else he wrote.
    pub note: Option<String>,
}

/// The money has left escrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaleEnd {
    /// When.
    pub at: Instant,
    /// By what.
    pub by: SettledBy,
}

/// A dispute with everything said in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dispute {
    /// What the buyer finds wrong.
    pub complaint: Complaint,
    /// Since when.
    pub opened_at: Instant,
    /// Oldest first.
    pub messages: Vec<DisputeMessage>,
    /// How staff decided, if they did.
    pub decided: Option<Decided>,
}

impl Dispute {
    /// Whose turn it is as long as it is open.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let since = self.messages.iter().rev().take_while(|message| message.side != Side::Staff);
        let (mut buyer, mut seller) = (false, false);
        for message in since {
            buyer |= message.side == Side::Buyer;
            seller |= message.side == Side::Seller;
        }
        Turn::after(buyer, seller)
    }
}

/// What somebody said in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisputeMessage {
    /// Which.
    pub id: i64,
    /// Who said it.
    pub side: Side,
    /// What.
    pub text: String,
    /// What he showed.
    pub picture: Option<PictureId>,
    /// When.
    pub at: Instant,
}

/// Staff have decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// How.
    pub decision: Decision,
    /// Why, for everybody concerned.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// The disputes that staff see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeList {
    /// Those that wait, oldest first.
    pub open: Vec<DisputeRow>,
    /// Those that are over, newest first.
    pub over: Vec<DisputeRow>,
    /// The server's time.
    pub now: Instant,
}

/// A dispute in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeRow {
    /// Of which auction.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// What the buyer paid.
    pub paid: Money,
    /// Who bought.
    pub buyer: Neighbour,
    /// Who sold.
    pub seller: Neighbour,
    /// What the buyer finds wrong.
    pub complaint: Complaint,
    /// Since when.
    pub opened_at: Instant,
    /// How the sale stands.
    pub status: StatusCode,
    /// Whose turn it is.
    pub turn: Turn,
    /// When and by what it ended.
    pub end: Option<SaleEnd>,
}

/// A dispute as staff see it before they decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputePage {
    /// What was sold.
    pub title: String,
    /// The sale.
    pub trade: Trade,
    /// The ledger rows that moved its money, oldest first.
    pub rows: Vec<SaleRow>,
    /// Who of the staff decided, if somebody did.
    pub decided_by: Option<String>,
    /// The server's time.
    pub now: Instant,
}

/// A ledger row of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRow {
    /// When.
    pub at: Instant,
    /// Whose wallet.
    pub side: Side,
    /// What it is.
    pub kind: LedgerKind,
    /// The change of what can be spent.
    pub available: Money,
    /// The change of what backs bids.
    pub held: Money,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dispute(sides: &[Side]) -> Dispute {
        let at = Instant::UNIX_EPOCH;
        let message =
            |&side: &Side| DisputeMessage { id: 1, side, text: "…".to_owned(), picture: None, at };
        let messages = sides.iter().map(message).collect();
        Dispute { complaint: Complaint::Other, opened_at: at, messages, decided: None }
    }

    #[test]
    fn whose_turn_it_is_follows_from_who_has_spoken_since_staff_did() {
        use Side::{Buyer, Seller, Staff};
        assert_eq!(dispute(&[Buyer]).turn(), Turn::Seller);
        assert_eq!(dispute(&[Buyer, Buyer]).turn(), Turn::Seller);
        assert_eq!(dispute(&[Buyer, Seller]).turn(), Turn::Staff);
        assert_eq!(dispute(&[Buyer, Seller, Staff]).turn(), Turn::Both);
        assert_eq!(dispute(&[Buyer, Seller, Staff, Seller]).turn(), Turn::Buyer);
        assert_eq!(dispute(&[Buyer, Seller, Staff, Seller, Buyer]).turn(), Turn::Staff);
    }
}
