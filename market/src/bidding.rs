//! What happens to a bid (rules, *Bidding*): one pure function from the state and a request to a verdict.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{Auction, Instant, Leading, Money, Refusal, Sale, Settlement, Status, UserId, wallet::Transfer};

/// A wish to bid. The amount may be any whole number of won: the rules say what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bid {
    /// The price offered, or the maximum of an automatic bid.
    pub amount: Money,
    /// The system bids the least that leads, up to the amount.
    pub automatic: bool,
    /// An amount at or above the buy-now price is meant as the purchase.
    pub accept_buy_now: bool,
}

/// What a user asks of an auction with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// To bid.
    Bid(Bid),
    /// To buy at the buy-now price.
    BuyNow {
        /// The most to pay: the price that the buyer saw, for a seller may raise it until the first bid.
        at_most: Option<Money>,
    },
}

impl Request {
    /// What was bid; a purchase names no amount.
    #[must_use]
    pub fn amount(self) -> Option<Money> {
        match self {
            Self::Bid(bid) => Some(bid.amount),
            Self::BuyNow { .. } => None,
        }
    }

    /// Both ask for the same, so that one key may stand for both. Purchases are one and the same: there is
    /// but one of an auction, and its price is in the books.
    fn repeats(self, earlier: Self) -> bool {
        match (self, earlier) {
            (Self::BuyNow { .. }, Self::BuyNow { .. }) => true,
            (now, before) => now == before,
        }
    }
}

/// The answer to an accepted request; stored with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The bidder leads.
    Leading,
    /// The leader's maximum was not beaten.
    OutbidAtOnce,
    /// The leader's own maximum is another now.
    MaximumChanged,
    /// The auction is over: the user bought it.
    Bought,
}

impl Reply {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Leading, Self::OutbidAtOnce, Self::MaximumChanged, Self::Bought];

    /// The word in the books and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::OutbidAtOnce => "outbid_at_once",
            Self::MaximumChanged => "maximum_changed",
            Self::Bought => "bought",
        }
    }

    /// The reply of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.as_str() == name)
    }
}

/// A request of the same user to the same auction with the same key that was accepted before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// What was asked then.
    pub request: Request,
    /// What was answered.
    pub reply: Reply,
}

/// What the public list shows of a request that moved the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The amount as made public: never a maximum that still leads.
    pub amount: Money,
    /// The price it caused.
    pub price: Money,
}

/// What an accepted request does; nothing has been written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The answer.
    pub reply: Reply,
    /// The auction afterwards.
    pub auction: Auction,
    /// The ledger rows, in posting order.
    pub transfers: Vec<Transfer>,
    /// The row of the public list, if it has one.
    pub listed: Option<Listed>,
}

/// The outcome of a request that is not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same request was accepted before: the stored reply, and nothing happens again.
    Repeated(Reply),
    /// It is accepted now.
    Accepted(Box<Effect>),
}

/// Who asks, and with what money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The user.
    pub user: UserId,
    /// What he can spend besides his hold in this auction.
    pub available: Money,
    /// Staff have suspended him: what stands stays, nothing new is taken.
    pub suspended: bool,
}

/// Decides `request` of `asker` at `now`. The checks stand in the order of the rules; the first that fails is
/// the reply.
///
/// # Errors
/// `suspended`, and the refusals of *Bidding* 1–8 and of *Buy now*.
pub fn decide(
    auction: &Auction,
    asker: Asker,
    request: Request,
    earlier: Option<Earlier>,
    now: Instant,
) -> Result<Verdict, Refusal> {
    match earlier {
        Some(earlier) if request.repeats(earlier.request) => return Ok(Verdict::Repeated(earlier.reply)),
        _ if asker.suspended => return Err(Refusal::Suspended),
        Some(_) => return Err(Refusal::KeyReused),
        None => {}
    }
    auction.open_at(now)?;
    if asker.user == auction.seller {
        return Err(Refusal::SellerCannotBid);
    }
    let effect = match request {
        Request::BuyNow { at_most } => {
            let price = auction.terms.buy_now.ok_or(Refusal::NoBuyNow)?;
            if at_most.is_some_and(|at_most| price > at_most) {
                return Err(Refusal::WouldBuyNow { price });
            }
            purchase(auction, asker, price)?
        }
        Request::Bid(bid) => place(auction, asker, bid, now)?,
    };
    effect.auction.assert_invariants();
    Ok(Verdict::Accepted(Box::new(effect)))
}

/// Checks 4–8 and the effect.
fn place(auction: &Auction, asker: Asker, bid: Bid, now: Instant) -> Result<Effect, Refusal> {
    check_amount(auction, bid.amount)?;
    if let Some(price) = auction.terms.buy_now.filter(|&price| bid.amount >= price) {
        return if bid.accept_buy_now {
            purchase(auction, asker, price)
        } else {
            Err(Refusal::WouldBuyNow { price })
        };
    }
    check_height(auction, asker.user, bid.amount)?;
    check_funds(auction, asker, bid.amount)?;
    let mut effect = match auction.leading() {
        Some(leading) if leading.user == asker.user => change_maximum(auction, leading, bid.amount),
        Some(leading) if bid.amount <= leading.hold => lose_to(auction, leading, bid.amount),
        beaten => take_lead(auction, beaten, asker.user, bid),
    };
    lift_to_reserve(&mut effect);
    if effect.auction.price != auction.price {
        extend(&mut effect.auction, now);
    }
    if effect.reply == Reply::MaximumChanged {
        effect.listed = None;
    }
    Ok(effect)
}

/// Checks 4 and 5.
fn check_amount(auction: &Auction, amount: Money) -> Result<(), Refusal> {
    if !amount.is_positive() || amount > Money::ceiling() {
        return Err(Refusal::InvalidAmount);
    }
    if let Some(unit) = auction.terms.increment.grid() {
        let (lower, upper) = amount.neighbours(unit);
        if lower != upper {
            return Err(Refusal::OffGrid { lower, upper });
        }
    }
    Ok(())
}

/// Check 7.
fn check_height(auction: &Auction, user: UserId, amount: Money) -> Result<(), Refusal> {
    match auction.leading() {
        Some(leading) if leading.user == user => {
            if amount < auction.price {
                return Err(Refusal::BelowCurrentPrice { min: auction.price });
            }
            if amount == leading.hold {
                return Err(Refusal::SameMaximum);
            }
            Ok(())
        }
        _ => {
            let min = auction.next_bid();
            if amount < min { Err(Refusal::BidTooLow { min }) } else { Ok(()) }
        }
    }
}

/// Check 8: the hold in this auction may be spent again on it.
fn check_funds(auction: &Auction, asker: Asker, required: Money) -> Result<(), Refusal> {
    let available = asker.available + auction.hold_of(asker.user);
    if available < required {
        return Err(Refusal::InsufficientFunds { required, available });
    }
    Ok(())
}

/// The leader changes his maximum; he never outbids himself, so the price stays.
fn change_maximum(auction: &Auction, leading: Leading, amount: Money) -> Effect {
    let transfer = if amount > leading.hold {
        Transfer::lock(leading.user, amount - leading.hold)
    } else {
        Transfer::release(leading.user, leading.hold - amount)
    };
    let status = Status::Live(Some(Leading { hold: amount, ..leading }));
    Effect {
        reply: Reply::MaximumChanged,
        auction: Auction { status, ..auction.clone() },
        transfers: vec![transfer],
        listed: None,
    }
}

/// A challenger does not beat the leader's maximum; a tie goes to who came first. No money moves.
fn lose_to(auction: &Auction, leading: Leading, amount: Money) -> Effect {
    let price = leading.hold.min(amount + auction.terms.increment.step(amount));
    Effect {
        reply: Reply::OutbidAtOnce,
        auction: Auction { price, ..auction.clone() },
        transfers: Vec::new(),
        listed: Some(Listed { amount, price }),
    }
}

/// A first bidder, or a challenger above the leader's maximum, leads.
fn take_lead(auction: &Auction, beaten: Option<Leading>, user: UserId, bid: Bid) -> Effect {
    let price = match beaten {
        _ if !bid.automatic => bid.amount,
        None => auction.terms.start_price,
        Some(leading) => bid.amount.min(leading.hold + auction.terms.increment.step(leading.hold)),
    };
    let mut transfers: Vec<Transfer> =
        beaten.iter().map(|leading| Transfer::release(leading.user, leading.hold)).collect();
    transfers.push(Transfer::lock(user, bid.amount));
    let status = Status::Live(Some(Leading { user, hold: bid.amount }));
    Effect {
        reply: Reply::Leading,
        auction: Auction { price, status, ..auction.clone() },
        transfers,
        listed: Some(Listed { amount: price, price }),
    }
}

/// A leader whose maximum meets the reserve pays at least the reserve.
fn lift_to_reserve(effect: &mut Effect) {
    let auction = &mut effect.auction;
    let (Some(reserve), Some(leading)) = (auction.terms.reserve, auction.leading()) else { return };
    if leading.hold < reserve || auction.price >= reserve {
        return;
    }
    auction.price = reserve;
    if let Some(listed) = &mut effect.listed {
        listed.price = reserve;
        if effect.reply == Reply::Leading {
            // What an automatic leader's row shows is the price it led at, after this rule.
            listed.amount = reserve;
        }
    }
}

/// Soft close: an accepted bid that changed the price late moves the end, never past the hard stop.
fn extend(auction: &mut Auction, now: Instant) {
    let Some(soft) = auction.terms.soft_close else { return };
    let schedule = &mut auction.schedule;
    if now < schedule.ends_at - TimeDelta::seconds(soft.window) {
        return;
    }
    let hard_stop = schedule.first_end + TimeDelta::seconds(soft.hard_stop);
    let moved = (now + TimeDelta::seconds(soft.extension)).min(hard_stop);
    schedule.ends_at = schedule.ends_at.max(moved);
}

/// Buy now: the leader is released, the buyer pays, the sale settles.
fn purchase(auction: &Auction, asker: Asker, price: Money) -> Result<Effect, Refusal> {
    check_funds(auction, asker, price)?;
    let mut transfers = Vec::with_capacity(3);
    if let Some(leading) = auction.leading() {
        transfers.push(Transfer::release(leading.user, leading.hold));
    }
    transfers.push(Transfer::pay(asker.user, price));
    let sale = Sale { winner: asker.user, price_paid: price };
    let status = settle_sale(auction, sale, &mut transfers);
    Ok(Effect {
        reply: Reply::Bought,
        auction: Auction { price, status, ..auction.clone() },
        transfers,
        listed: Some(Listed { amount: price, price }),
    })
}

/// A sale settles as chosen at opening: the seller earns at once, or the money waits in escrow.
pub(crate) fn settle_sale(auction: &Auction, sale: Sale, transfers: &mut Vec<Transfer>) -> Status {
    match auction.terms.settlement {
        Settlement::OnClose => {
            transfers.push(Transfer::earn(auction.seller, sale.price_paid));
            Status::Settled(sale)
        }
        Settlement::OnHandover => Status::Sold(sale),
    }
}
