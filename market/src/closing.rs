//! How an auction leaves `live`, and how a sale settles (rules, *Ending*). Every transition consumes the old
//! state; the transfers are in posting order.

use chrono::TimeDelta;

use crate::{Auction, Instant, Refusal, Sale, Status, bidding::settle_sale, wallet::Transfer};

/// After this long in escrow a sale settles by itself.
pub const HANDOVER_DAYS: i64 = 7;

/// How long last bids are taken once they were called, in seconds.
pub const LAST_CALL_SECONDS: i64 = 120;

/// The auction after a transition, and the ledger rows of it.
pub type Transition = (Auction, Vec<Transfer>);

impl Auction {
    /// The clock has reached the end.
    ///
    /// # Errors
    /// `ended` when it is closed already, `not_due` before its end.
    pub fn close(self, now: Instant) -> Result<Transition, Refusal> {
        let Status::Live(leading) = self.status else { return Err(Refusal::Ended) };
        if now < self.schedule.ends_at {
            return Err(Refusal::NotDue);
        }
        let mut transfers = Vec::with_capacity(3);
        let status = match leading {
            None => Status::Unsold,
            Some(leading) if self.reserve_met() == Some(false) => {
                transfers.push(Transfer::release(leading.user, leading.hold));
                Status::Unsold
            }
            Some(leading) => {
                let sale = Sale { winner: leading.user, price_paid: self.price };
                transfers.push(Transfer::pay_from_hold(leading.user, self.price));
                let rest = Transfer::release(leading.user, leading.hold - self.price);
                if !rest.is_nothing() {
                    transfers.push(rest);
                }
                settle_sale(&self, sale, &mut transfers)
            }
        };
        Ok((Self { status, ..self }, transfers))
    }

    /// Confirmation, the 7 days, or staff: the seller is paid out of escrow.
    ///
    /// # Errors
    /// `not_sold` unless the money waits in escrow.
    pub fn settle(self) -> Result<Transition, Refusal> {
        let sale = self.sale_in_escrow()?;
        let earning = Transfer::earn(self.seller, sale.price_paid);
        Ok((Self { status: Status::Settled(sale), ..self }, vec![earning]))
    }

    /// Staff send the money back to the buyer.
    ///
    /// # Errors
    /// `not_sold` unless the money waits in escrow.
    pub fn refund(self) -> Result<Transition, Refusal> {
        let sale = self.sale_in_escrow()?;
        let refund = Transfer::refund(sale.winner, sale.price_paid);
        Ok((Self { status: Status::Refunded(sale), ..self }, vec![refund]))
    }

    /// The buyer disputes: the escrow is frozen for staff.
    ///
    /// # Errors
    /// `not_sold` unless the sale waits for the handover.
    pub fn dispute(self) -> Result<Transition, Refusal> {
        let Status::Sold(sale) = self.status else { return Err(Refusal::NotSold) };
        Ok((Self { status: Status::Disputed(sale), ..self }, Vec::new()))
    }

    /// The seller takes an auction back that nobody has bid on.
    ///
    /// # Errors
    /// `ended`, `has_bids`.
    pub fn cancel(self, now: Instant) -> Result<Transition, Refusal> {
        self.still_live(now)?;
        if self.leading().is_some() {
            return Err(Refusal::HasBids);
        }
        Ok((Self { status: Status::Cancelled, ..self }, Vec::new()))
    }

    /// Staff take a live or scheduled auction back; the leader has his hold again. One whose end is reached
    /// has a winner, though nobody has closed it yet.
    ///
    /// # Errors
    /// `ended`.
    pub fn cancel_by_staff(self, now: Instant) -> Result<Transition, Refusal> {
        self.still_live(now)?;
        let leading = self.leading();
        let transfers = leading.map(|leading| Transfer::release(leading.user, leading.hold));
        Ok((Self { status: Status::Cancelled, ..self }, transfers.into_iter().collect()))
    }

    /// The seller calls last bids: never an end at one click after a low bid.
    ///
    /// # Errors
    /// `not_started`, `ended`, `no_bids`, `already_called`.
    pub fn call_last_bids(mut self, now: Instant) -> Result<Transition, Refusal> {
        self.open_at(now)?;
        if self.leading().is_none() {
            return Err(Refusal::NoBids);
        }
        if self.last_call {
            return Err(Refusal::AlreadyCalled);
        }
        let called = now + TimeDelta::seconds(LAST_CALL_SECONDS);
        self.schedule.ends_at = self.schedule.ends_at.min(called);
        self.schedule.first_end = self.schedule.first_end.min(called);
        self.last_call = true;
        Ok((self, Vec::new()))
    }

    /// Live by status and by the clock; a scheduled auction may be taken back too.
    fn still_live(&self, now: Instant) -> Result<(), Refusal> {
        match self.status {
            Status::Live(_) if now < self.schedule.ends_at => Ok(()),
            _ => Err(Refusal::Ended),
        }
    }

    fn sale_in_escrow(&self) -> Result<Sale, Refusal> {
        match self.status {
            Status::Sold(sale) | Status::Disputed(sale) => Ok(sale),
            _ => Err(Refusal::NotSold),
        }
    }
}
