//! What happens at the same moment, on a real PostgreSQL over many connections.
//!
//! After each test the invariants hold, asked as SQL, and no transaction was a deadlock's victim.

#[path = "races/at_the_end.rs"]
mod at_the_end;
#[path = "common/db.rs"]
mod db;
#[path = "races/everything.rs"]
mod everything;
#[path = "races/leaving.rs"]
mod leaving;
#[path = "races/locks.rs"]
mod locks;
#[path = "races/replay.rs"]
mod replay;

use db::{TestDatabase, opening, plain, refusal};
use futures::future::join_all;
use market::{
    AuctionId, Money, Refusal, UserId,
    bidding::{Bid, Reply},
    opening::Opening,
    store::{Clock, Error, Market},
    view::BidReceipt,
};

/// Connections of each server.
const CONNECTIONS: u32 = 20;

/// Books with two servers on them, and a seller.
struct Arena {
    database: TestDatabase,
    servers: [Market; 2],
    seller: UserId,
}

impl Arena {
    async fn new() -> Self {
        let database = TestDatabase::new(Clock::Database, CONNECTIONS).await;
        let servers = [database.market.clone(), database.another_server(CONNECTIONS).await];
        let seller = database.person("seller", 0).await;
        Self { database, servers, seller }
    }

    /// One of the servers.
    fn server(&self, number: usize) -> &Market {
        &self.servers[number % self.servers.len()]
    }

    /// The usual opening, an hour from now.
    async fn opening(&self) -> Opening {
        opening(self.database.market.now().await.expect("the time"), 60)
    }

    async fn auctions(&self, opening: &Opening, count: usize) -> Vec<AuctionId> {
        let mut auctions = Vec::with_capacity(count);
        for number in 0..count {
            auctions.push(self.database.auction(self.seller, &format!("auction {number}"), opening).await);
        }
        auctions
    }

    async fn people(&self, amount: i64, count: usize) -> Vec<UserId> {
        let mut people = Vec::with_capacity(count);
        for number in 0..count {
            people.push(self.database.person(&format!("person{number}"), amount).await);
        }
        people
    }
}

fn reply(outcome: Result<BidReceipt, Error>) -> Reply {
    outcome.expect("accepted").reply
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k1_two_users_cross_their_bids_on_two_auctions_for_a_thousand_rounds_without_a_deadlock() {
    const ROUNDS: i64 = 1_000;
    let arena = Arena::new().await;
    let people = arena.people(10_000_000, 2).await;
    let auctions = arena.auctions(&arena.opening().await, 2).await;
    for round in 0..ROUNDS {
        let bid = plain(10_000 + round * 1_000);
        let swap = usize::from(round % 2 == 1);
        // Each overtakes the other where the other leads: both transactions need both wallets.
        let (first, second) = tokio::join!(
            arena.server(0).bid(people[0], auctions[swap], bid, None),
            arena.server(1).bid(people[1], auctions[1 - swap], bid, None),
        );
        assert_eq!((reply(first), reply(second)), (Reply::Leading, Reply::Leading), "round {round}");
    }
    let last = 10_000 + (ROUNDS - 1) * 1_000;
    for person in people {
        assert_eq!(arena.database.wallet(person).await, (10_000_000 - last, last));
    }
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_purchases_at_once_sell_the_thing_once() {
    const PRICE: i64 = 50_000;
    let arena = Arena::new().await;
    let usual = arena.opening().await;
    let mut terms = usual.terms.clone();
    terms.buy_now = Some(Money::won(PRICE));
    let auctions = arena.auctions(&Opening { terms, ..usual }, 30).await;
    let people = arena.people(PRICE * 30, 2).await;
    let mut bought = [0; 2];
    for (number, &auction) in auctions.iter().enumerate() {
        let purchase = Bid { accept_buy_now: true, ..plain(PRICE + 1_000) };
        let (first, second) = tokio::join!(arena.server(0).buy_now(people[0], auction, None, None), async {
            // A bid at or above the price is a purchase, too.
            match number % 2 {
                0 => arena.server(1).buy_now(people[1], auction, None, None).await,
                _ => arena.server(1).bid(people[1], auction, purchase, None).await,
            }
        });
        let (winner, won, lost) = if first.is_ok() { (0, first, second) } else { (1, second, first) };
        assert_eq!(reply(won), Reply::Bought);
        assert_eq!(refusal(lost), Refusal::Ended);
        bought[winner] += 1;
    }
    for (&person, bought) in people.iter().zip(bought) {
        assert_eq!(arena.database.wallet(person).await, (PRICE * (30 - bought), 0));
    }
    assert_eq!(arena.database.wallet(arena.seller).await, (PRICE * 30, 0));
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k6_one_key_fifty_times_at_once_acts_once_and_is_answered_fifty_times_alike() {
    let arena = Arena::new().await;
    let usual = arena.opening().await;
    let mut terms = usual.terms.clone();
    terms.buy_now = Some(Money::won(80_000));
    let auction = arena.auctions(&Opening { terms, ..usual }, 1).await[0];
    let person = arena.people(100_000, 1).await[0];
    let bids = (0..50).map(|number| arena.server(number).bid(person, auction, plain(10_000), Some("a key")));
    let receipts: Vec<_> =
        join_all(bids).await.into_iter().map(|receipt| receipt.expect("accepted")).collect();
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    assert_eq!(arena.database.wallet(person).await, (90_000, 10_000));

    let buys = (0..50).map(|number| arena.server(number).buy_now(person, auction, None, Some("another key")));
    let receipts: Vec<_> =
        join_all(buys).await.into_iter().map(|receipt| receipt.expect("accepted")).collect();
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    assert_eq!(receipts[0].reply, Reply::Bought);
    assert_eq!(arena.database.wallet(person).await, (20_000, 0));

    let retry = arena.server(0).bid(person, auction, plain(10_000), Some("a key")).await;
    assert_eq!(reply(retry), Reply::Leading, "the stored reply, also after the end");
    let other = arena.server(0).bid(person, auction, plain(11_000), Some("a key")).await;
    assert_eq!(refusal(other), Refusal::KeyReused);
    let bids = "SELECT count(*) FROM bids WHERE auction_id = $1";
    assert_eq!(arena.database.count(bids, auction.0).await, 2);
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leads_twenty_auctions_and_is_overtaken_in_all_at_once_has_all_his_money_back() {
    const AUCTIONS: usize = 20;
    let arena = Arena::new().await;
    let auctions = arena.auctions(&arena.opening().await, AUCTIONS).await;
    let leader = arena.database.person("leader", 400_000).await;
    let rivals = arena.people(250_000, AUCTIONS / 2).await;
    let lead = auctions.iter().map(|&auction| arena.server(0).bid(leader, auction, plain(20_000), None));
    assert!(join_all(lead).await.into_iter().all(|outcome| reply(outcome) == Reply::Leading));
    assert_eq!(arena.database.wallet(leader).await, (0, 400_000));

    // Half of them by one and the same rival, the others by one each.
    let rival = |number: usize| rivals[number.min(AUCTIONS / 2 - 1)];
    let overtake = auctions
        .iter()
        .enumerate()
        .map(|(number, &auction)| arena.server(number).bid(rival(number), auction, plain(21_000), None));
    assert!(join_all(overtake).await.into_iter().all(|outcome| reply(outcome) == Reply::Leading));
    assert_eq!(arena.database.wallet(leader).await, (400_000, 0));
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_of_ten_thousand_that_bids_it_twice_at_once_succeeds_once() {
    const ROUNDS: usize = 25;
    let arena = Arena::new().await;
    let usual = arena.opening().await;
    let auctions = arena.auctions(&usual, 2 * ROUNDS).await;
    let people = arena.people(10_000, ROUNDS).await;
    for (round, (pair, &person)) in auctions.chunks(2).zip(&people).enumerate() {
        let (first, second) = tokio::join!(
            arena.server(0).bid(person, pair[0], plain(10_000), None),
            arena.server(round).bid(person, pair[1], plain(10_000), None),
        );
        let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(reply(won), Reply::Leading);
        let (required, available) = (Money::won(10_000), Money::ZERO);
        assert_eq!(refusal(lost), Refusal::InsufficientFunds { required, available });
        assert_eq!(arena.database.wallet(person).await, (0, 10_000));
    }
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m11_a_payment_sent_twenty_times_at_once_moves_money_once() {
    let arena = Arena::new().await;
    let person = arena.people(0, 1).await[0];
    let deposits = (0..20).map(|number| arena.server(number).deposit(person, Money::won(50_000), "in"));
    for wallet in join_all(deposits).await {
        assert_eq!(wallet.expect("a deposit").available, Money::won(50_000));
    }
    let withdrawals = (0..20).map(|number| arena.server(number).withdraw(person, Money::won(30_000), "out"));
    for wallet in join_all(withdrawals).await {
        assert_eq!(wallet.expect("a withdrawal").available, Money::won(20_000));
    }
    // Different keys are different payments: of twenty withdrawals of all there is, one succeeds.
    let keys: Vec<String> = (0..20).map(|number| format!("all {number}")).collect();
    let all = keys.iter().enumerate();
    let all = all.map(|(number, key)| arena.server(number).withdraw(person, Money::won(20_000), key));
    let outcomes = join_all(all).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(arena.database.wallet(person).await, (0, 0));
    arena.database.assert_sound().await;
}
