//! What is drawn: the terms of the auctions, and operations with amounts around the values that matter.

use std::collections::BTreeMap;

use market::{Increment, Money, Settlement, SoftClose, Terms, UserId};
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

use crate::{AUCTIONS, PEOPLE};

/// A value at which decisions change.
#[derive(Debug, Clone, Copy)]
pub enum Near {
    NextBid,
    Price,
    Hold,
    Reserve,
    BuyNow,
    Funds,
    Nothing,
}

/// An amount: near a value, off by some steps, and off the grid or not.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    pub near: Near,
    pub steps: i64,
    pub off: i64,
}

#[derive(Debug, Clone, Copy)]
pub enum Ask {
    Bid { amount: Amount, automatic: bool, accept_buy_now: bool },
    BuyNow,
}

/// What happens to an auction besides requests.
#[derive(Debug, Clone, Copy)]
pub enum Event {
    Close,
    Settle,
    Refund,
    Dispute,
    Cancel,
    CancelByStaff,
    CallLastBids,
}

#[derive(Debug, Clone, Copy)]
pub enum Operation {
    Deposit {
        user: UserId,
        amount: Money,
    },
    Request {
        user: UserId,
        auction: usize,
        ask: Ask,
    },
    /// The last accepted request is sent again with its key.
    Retry {
        auction: usize,
    },
    Event {
        auction: usize,
        event: Event,
    },
    /// The clock goes on, by seconds.
    Wait(i64),
    /// The clock goes on to so many seconds from the end of an auction.
    WaitForEnd {
        auction: usize,
        from: i64,
    },
}

/// The bookkeeping that knows nothing of auctions: what each person has brought in.
#[derive(Debug, Clone)]
pub struct Brought {
    pub terms: Vec<Terms>,
    pub deposits: BTreeMap<UserId, Money>,
}

pub struct Operations;

impl ReferenceStateMachine for Operations {
    type State = Brought;
    type Transition = Operation;

    fn init_state() -> BoxedStrategy<Brought> {
        let deposits = (0..PEOPLE).map(|id| (UserId(id), Money::won(100_000))).collect::<BTreeMap<_, _>>();
        let terms = proptest::collection::vec(terms(), AUCTIONS);
        terms.prop_map(move |terms| Brought { terms, deposits: deposits.clone() }).boxed()
    }

    fn transitions(_: &Brought) -> BoxedStrategy<Operation> {
        let user = || (0..PEOPLE).prop_map(UserId);
        let auction = || 0..AUCTIONS;
        prop_oneof![
            1 => (user(), 1..100_i64)
                .prop_map(|(user, thousands)| (user, Money::won(thousands * 1_000)))
                .prop_map(|(user, amount)| Operation::Deposit { user, amount }),
            15 => (user(), auction(), ask())
                .prop_map(|(user, auction, ask)| Operation::Request { user, auction, ask }),
            1 => auction().prop_map(|auction| Operation::Retry { auction }),
            2 => (auction(), event()).prop_map(|(auction, event)| Operation::Event { auction, event }),
            1 => (0..300_i64).prop_map(Operation::Wait),
            1 => (auction(), -400..=1_i64)
                .prop_map(|(auction, from)| Operation::WaitForEnd { auction, from }),
        ]
        .boxed()
    }

    fn apply(mut state: Brought, operation: &Operation) -> Brought {
        if let Operation::Deposit { user, amount } = *operation {
            let brought = state.deposits.entry(user).or_insert(Money::ZERO);
            *brought = *brought + amount;
        }
        state
    }
}

fn terms() -> impl Strategy<Value = Terms> {
    let increment = prop_oneof![
        3 => Just(Increment::default_unit()),
        1 => Just(Increment::offered_ladder()),
    ];
    let near_stop = SoftClose { window: 600, extension: 600, hard_stop: 900 };
    let soft_close = [None, Some(SoftClose::USUAL), Some(SoftClose::LIVE_SHOW), Some(near_stop)];
    let soft_close = proptest::sample::select(soft_close.to_vec());
    let settlement = prop_oneof![Just(Settlement::OnClose), Just(Settlement::OnHandover)];
    let reserve = proptest::option::of(20..40_i64);
    let buy_now = proptest::option::of(45..90_i64);
    (increment, reserve, buy_now, soft_close, settlement).prop_map(
        |(increment, reserve, buy_now, soft_close, settlement)| Terms {
            start_price: Money::won(10_000),
            increment,
            buy_now: buy_now.map(|thousands| Money::won(thousands * 1_000)),
            reserve: reserve.map(|thousands| Money::won(thousands * 1_000)),
            soft_close,
            settlement,
        },
    )
}

fn ask() -> impl Strategy<Value = Ask> {
    let near = prop_oneof![
        4 => Just(Near::NextBid),
        1 => Just(Near::Price),
        3 => Just(Near::Hold),
        1 => Just(Near::Reserve),
        1 => Just(Near::BuyNow),
        1 => Just(Near::Funds),
        1 => Just(Near::Nothing),
    ];
    let off = prop_oneof![9 => Just(0), 1 => -1..=1_i64];
    let amount = (near, -2..8_i64, off).prop_map(|(near, steps, off)| Amount { near, steps, off });
    let bid = (amount, any::<bool>(), proptest::bool::weighted(0.2));
    prop_oneof![
        15 => bid.prop_map(|(amount, automatic, accept_buy_now)| {
            Ask::Bid { amount, automatic, accept_buy_now }
        }),
        1 => Just(Ask::BuyNow),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => Just(Event::Close),
        4 => Just(Event::Settle),
        4 => Just(Event::Refund),
        6 => Just(Event::Dispute),
        1 => Just(Event::Cancel),
        1 => Just(Event::CancelByStaff),
        3 => Just(Event::CallLastBids),
    ]
}
