//! Who goes away in the middle of an operation: a browser that is closed, a socket that breaks. The server
//! drops what it did for him wherever it waited, and the connection goes to the next one.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use market::{
    AuctionId, Money, UserId,
    store::{Clock, Market},
};
use tokio::time::timeout;

use crate::db::{TestDatabase, opening, plain};

/// More often than any operation here waits.
const WAITS_MAX: usize = 1_000;

/// Lets `work` go on until it has waited `waits` times, and drops it there; whether it came to its end
/// before.
async fn ends_within(waits: usize, work: impl Future<Output = ()>) -> bool {
    let mut work = pin!(work);
    let mut waited = 0;
    poll_fn(|context| {
        if work.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        waited += 1;
        if waited == waits { Poll::Ready(false) } else { Poll::Pending }
    })
    .await
}

/// Asks until no transaction is open. What goes on without who asked for it (the desk) comes to its end; what
/// nobody knows of stays.
async fn until_none_is_open(database: &TestDatabase) {
    let open = "SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND $1 = 1";
    while database.count(open, 1).await > 0 {
        tokio::task::yield_now().await;
    }
}

/// What is asked of the market.
#[derive(Debug, Clone, Copy)]
enum Operation {
    MyState,
    Deposit,
    Bid,
}

impl Operation {
    async fn run(self, market: &Market, user: UserId, auction: AuctionId, round: i64) {
        match self {
            Self::MyState => drop(market.my_state(user).await.expect("my state")),
            Self::Deposit => {
                let key = format!("deposit {round}");
                market.deposit(user, Money::won(1), &key).await.expect("a deposit");
            }
            Self::Bid => {
                let bid = plain(10_000 + round * 1_000);
                drop(market.bid(user, auction, bid, None).await.expect("a bid"));
            }
        }
    }
}

#[tokio::test]
async fn who_goes_away_in_the_middle_leaves_no_transaction_open_to_those_who_come_after() {
    let database = TestDatabase::new(Clock::Database, 1).await;
    let market = &database.market;
    let seller = database.person("seller", 0).await;
    let person = database.person("person", 100_000_000).await;
    let now = market.now().await.expect("the time");
    let auction = database.auction(seller, "a", &opening(now, 60)).await;
    let mut round = 0;
    for operation in [Operation::MyState, Operation::Deposit, Operation::Bid] {
        for waits in 1.. {
            assert!(waits < WAITS_MAX, "{operation:?} never ends");
            round += 1;
            if ends_within(waits, operation.run(market, person, auction, round)).await {
                break;
            }
            // The market's one connection is at hand again.
            market.now().await.expect("the time");
            let closed = timeout(Duration::from_secs(5), until_none_is_open(&database)).await;
            assert!(closed.is_ok(), "{operation:?}, dropped when it had waited {waits} times");
        }
    }
    database.assert_sound().await;
}
