//! Whatever people do, in whatever order, the invariants of the rules hold after each step (rules, *Always
//! true*).
//!
//! proptest draws sequences of operations on a small market in memory and shrinks one that breaks an
//! invariant. Amounts are drawn around the values where decisions change: the next bid, the price, the hold,
//! the reserve, buy-now and what the bidder has.

#[path = "invariants/operations.rs"]
mod operations;

use std::{cell::RefCell, collections::BTreeMap};

use chrono::{DateTime, TimeDelta};
use market::{
    Auction, Instant, Money, Refusal, Status, Terms, UserId,
    bidding::{Asker, Bid, Earlier, Reply, Request, Verdict, decide},
    closing::Transition,
    wallet::{Transfer, Wallet},
};
use operations::{Amount, Ask, Brought, Event, Near, Operation, Operations};
use proptest::{prelude::ProptestConfig, test_runner::TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

const SELLER: UserId = UserId(0);
/// The seller and four bidders.
const PEOPLE: i64 = 5;
const AUCTIONS: usize = 2;
/// How long the auctions run, in seconds.
const RUN: i64 = 3_600;

/// What must have happened for the test to mean something: replies, statuses and refusals of bidding, and an
/// end that moved as far as it may.
const OUTCOMES: [&str; 23] = [
    "leading",
    "outbid_at_once",
    "maximum_changed",
    "bought",
    "repeated",
    "unsold",
    "cancelled",
    "sold",
    "disputed",
    "settled",
    "refunded",
    "not_started",
    "ended",
    "seller_cannot_bid",
    "invalid_amount",
    "off_grid",
    "would_buy_now",
    "bid_too_low",
    "below_current_price",
    "same_maximum",
    "insufficient_funds",
    "extended",
    "hard stop reached",
];

thread_local! {
    /// How often each outcome was seen.
    static SEEN: RefCell<BTreeMap<String, usize>> = const { RefCell::new(BTreeMap::new()) };
}

fn saw(outcome: &str) {
    SEEN.with_borrow_mut(|seen| *seen.entry(outcome.to_owned()).or_default() += 1);
}

/// The code under which a refusal goes over the wire.
fn code(refusal: &Refusal) -> String {
    let json = serde_json::to_value(refusal).expect("JSON");
    json["refused"].as_str().expect("a code").to_owned()
}

fn at(seconds: i64) -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
}

/// The market in memory, as the books would hold it.
struct Market {
    now: Instant,
    auctions: Vec<Auction>,
    wallets: BTreeMap<UserId, Wallet>,
    ledger: Vec<Transfer>,
    accepted: Vec<Option<(UserId, Earlier)>>,
}

impl Market {
    fn post(&mut self, transfers: &[Transfer]) {
        for transfer in transfers.iter().filter(|transfer| !transfer.is_nothing()) {
            let wallet = self.wallets.get_mut(&transfer.user).expect("a wallet");
            *wallet = wallet.after(transfer);
            self.ledger.push(*transfer);
        }
    }

    fn amount(&self, user: UserId, auction: &Auction, amount: Amount) -> Money {
        let hold = auction.leading().map_or(Money::ZERO, |leading| leading.hold);
        let base = match amount.near {
            Near::NextBid => auction.next_bid(),
            Near::Price => auction.price,
            Near::Hold => hold,
            Near::Reserve => auction.terms.reserve.unwrap_or(Money::ZERO),
            Near::BuyNow => auction.terms.buy_now.unwrap_or(Money::ZERO),
            Near::Funds => self.wallets[&user].available + auction.hold_of(user),
            Near::Nothing => Money::ZERO,
        };
        base + auction.terms.increment.step(base).times(amount.steps) + Money::won(amount.off)
    }

    fn request(&mut self, user: UserId, index: usize, request: Request) {
        let before = self.auctions[index].clone();
        let asker = Asker { user, available: self.wallets[&user].available, suspended: false };
        match decide(&before, asker, request, None, self.now) {
            Ok(Verdict::Repeated(reply)) => panic!("{reply:?} without an earlier request"),
            Ok(Verdict::Accepted(effect)) => {
                saw(effect.reply.as_str());
                check_accepted(&before, user, effect.reply, &effect.auction, self.now);
                self.post(&effect.transfers);
                self.auctions[index] = effect.auction;
                self.accepted[index] = Some((user, Earlier { request, reply: effect.reply }));
            }
            Err(refusal) => {
                saw(&code(&refusal));
                check_refused(&before, asker, &refusal);
            }
        }
    }

    /// The same request under its key is answered as before, even after the end; another one is refused.
    fn retry(&self, index: usize) {
        let Some((user, earlier)) = self.accepted[index] else { return };
        saw("repeated");
        let asker = Asker { user, available: Money::ZERO, suspended: false };
        let again = |request| decide(&self.auctions[index], asker, request, Some(earlier), self.now);
        assert_eq!(again(earlier.request), Ok(Verdict::Repeated(earlier.reply)));
        let bid = Bid { amount: Money::won(1), automatic: false, accept_buy_now: false };
        assert_eq!(again(Request::Bid(bid)), Err(Refusal::KeyReused));
    }

    fn event(&mut self, index: usize, event: Event) {
        let auction = self.auctions[index].clone();
        let outcome: Result<Transition, Refusal> = match event {
            Event::Close => auction.close(self.now),
            Event::Settle => auction.settle(),
            Event::Refund => auction.refund(),
            Event::Dispute => auction.dispute(),
            Event::Cancel => auction.cancel(self.now),
            Event::CancelByStaff => auction.cancel_by_staff(self.now),
            Event::CallLastBids => auction.call_last_bids(self.now),
        };
        let Ok((after, transfers)) = outcome else { return };
        let before = &self.auctions[index];
        assert_eq!(after.price, before.price, "no transition moves a price: {event:?}");
        assert!(!matches!(after.status, Status::Live(_)) || after.leading() == before.leading());
        saw(after.status.code().as_str());
        self.post(&transfers);
        self.auctions[index] = after;
    }

    fn end_of(&self, index: usize) -> Instant {
        self.auctions[index].schedule.ends_at
    }
}

/// What holds between an auction before and after an accepted request.
fn check_accepted(before: &Auction, user: UserId, reply: Reply, after: &Auction, now: Instant) {
    assert_ne!(user, before.seller, "defect M2: the seller bids");
    assert!(before.schedule.starts_at <= now && now < before.schedule.ends_at, "outside its time");
    assert!(before.price <= after.price, "the price falls: {before:?} {after:?}");
    assert!(before.schedule.ends_at <= after.schedule.ends_at, "a bid brings the end nearer");
    let led = before.leading();
    match reply {
        Reply::Leading => assert_eq!(after.leading().map(|leading| leading.user), Some(user)),
        Reply::OutbidAtOnce => assert_eq!(after.leading(), led, "who loses changes nothing for the leader"),
        Reply::MaximumChanged => {
            assert_eq!(led.map(|leading| leading.user), Some(user));
            let lifted = before.terms.reserve == Some(after.price);
            assert!(after.price == before.price || lifted, "defect V8: the leader outbids himself");
        }
        Reply::Bought => {
            assert_eq!(Some(after.price), before.terms.buy_now);
            assert!(
                led.is_none_or(|leading| leading.hold < after.price),
                "defect M1: bought under a maximum"
            );
        }
    }
    if before.schedule.ends_at < after.schedule.ends_at {
        saw("extended");
    }
    if after.terms.soft_close.is_some() && after.hard_stop_at() == Some(after.schedule.ends_at) {
        saw("hard stop reached");
    }
    if reply == Reply::Bought || before.price == after.price {
        assert_eq!(before.schedule, after.schedule, "only a changed price moves the end");
    }
}

/// A refusal that names an amount names one that would not be refused for the same reason.
fn check_refused(auction: &Auction, asker: Asker, refusal: &Refusal) {
    match *refusal {
        Refusal::BidTooLow { min } => assert_eq!(min, auction.next_bid()),
        Refusal::BelowCurrentPrice { min } => assert_eq!(min, auction.price),
        Refusal::OffGrid { lower, upper } => {
            assert!(auction.terms.increment.on_grid(lower) && auction.terms.increment.on_grid(upper));
        }
        Refusal::InsufficientFunds { required, available } => {
            assert_eq!(available, asker.available + auction.hold_of(asker.user));
            assert!(available < required);
        }
        _ => {}
    }
}

struct Invariants;

impl StateMachineTest for Invariants {
    type SystemUnderTest = Market;
    type Reference = Operations;

    fn init_test(brought: &Brought) -> Market {
        let open = |terms: &Terms| Auction::opened(SELLER, terms.clone(), at(60), at(60 + RUN));
        let mut market = Market {
            now: at(0),
            auctions: brought.terms.iter().map(open).collect(),
            wallets: (0..PEOPLE).map(|id| (UserId(id), Wallet::EMPTY)).collect(),
            ledger: Vec::new(),
            accepted: vec![None; AUCTIONS],
        };
        let deposits = brought.deposits.iter().map(|(&user, &amount)| Transfer::deposit(user, amount));
        market.post(&deposits.collect::<Vec<_>>());
        market
    }

    fn apply(mut market: Market, _: &Brought, operation: Operation) -> Market {
        match operation {
            Operation::Deposit { user, amount } => market.post(&[Transfer::deposit(user, amount)]),
            Operation::Request { user, auction, ask } => {
                let request = match ask {
                    Ask::BuyNow => Request::BuyNow { at_most: None },
                    Ask::Bid { amount, automatic, accept_buy_now } => {
                        let amount = market.amount(user, &market.auctions[auction], amount);
                        Request::Bid(Bid { amount, automatic, accept_buy_now })
                    }
                };
                market.request(user, auction, request);
            }
            Operation::Retry { auction } => market.retry(auction),
            Operation::Event { auction, event } => market.event(auction, event),
            Operation::Wait(seconds) => market.now += TimeDelta::seconds(seconds),
            Operation::WaitForEnd { auction, from } => {
                market.now = market.now.max(market.end_of(auction) + TimeDelta::seconds(from));
            }
        }
        market
    }

    fn check_invariants(market: &Market, brought: &Brought) {
        for auction in &market.auctions {
            check_auction(auction);
        }
        for (&user, &wallet) in &market.wallets {
            check_wallet(market, user, wallet);
        }
        let wallets: Money = market.wallets.values().map(|wallet| wallet.available + wallet.held).sum();
        let escrow: Money = market.auctions.iter().map(|auction| auction.status.escrow()).sum();
        let deposits: Money = brought.deposits.values().copied().sum();
        assert_eq!(wallets + escrow, deposits, "money is conserved");
    }
}

fn check_auction(auction: &Auction) {
    auction.assert_invariants();
    let schedule = auction.schedule;
    assert!(schedule.starts_at < schedule.ends_at);
    let latest = auction.hard_stop_at().unwrap_or(schedule.first_end);
    assert!(schedule.ends_at <= latest, "the end is beyond the hard stop: {auction:?}");
    assert!(schedule.first_end <= at(60 + RUN), "the first end only ever comes nearer");
    match auction.status {
        Status::Live(None) => assert!(auction.price.is_zero(), "a price without a leader: {auction:?}"),
        Status::Live(Some(leading)) => {
            let reserve_met = auction.terms.reserve.is_none_or(|reserve| auction.price >= reserve);
            let can_meet = auction.terms.reserve.is_some_and(|reserve| leading.hold >= reserve);
            assert!(reserve_met || !can_meet, "a hold that meets the reserve lifts the price to it");
        }
        _ => {}
    }
    if let Some(sale) = auction.status.sale() {
        assert_eq!(sale.price_paid, auction.price);
        assert!(auction.terms.reserve.is_none_or(|reserve| sale.price_paid >= reserve), "sold under reserve");
    }
}

fn check_wallet(market: &Market, user: UserId, wallet: Wallet) {
    assert!(!wallet.available.is_negative() && !wallet.held.is_negative());
    let rows = market.ledger.iter().filter(|row| row.user == user);
    let (available, held) = rows.fold((Money::ZERO, Money::ZERO), |(available, held), row| {
        (available + row.available, held + row.held)
    });
    assert_eq!((available, held), (wallet.available, wallet.held), "defect M10: rows sum to balances");
    let holds: Money = market.auctions.iter().map(|auction| auction.hold_of(user)).sum();
    assert_eq!(wallet.held, holds, "who does not lead holds nothing");
}

#[test]
fn the_invariants_hold_whatever_people_do_in_whatever_order() {
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    let operations = Operations::sequential_strategy(1..120);
    let outcome = TestRunner::new(config.clone()).run(&operations, |(brought, operations, counter)| {
        Invariants::test_sequential(config.clone(), brought, operations, counter);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = SEEN.with_borrow(Clone::clone);
    println!("{seen:?}");
    for outcome in OUTCOMES {
        assert!(seen.get(outcome).is_some_and(|&times| times >= 20), "hardly tried: {outcome}");
    }
}
