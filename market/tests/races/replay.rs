//! A hundred bidders at once: what was committed equals a replay of its order through the pure rules.

use std::collections::BTreeMap;

use futures::future::join_all;
use market::{
    Auction, AuctionId, Instant, Money, Refusal, SoftClose, UserId,
    bidding::{Asker, Bid, Listed, Request, Verdict, decide},
    opening::Opening,
    store::{Error, Market},
    wallet::{Transfer, Wallet},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;

use crate::{Arena, db::TestDatabase};

const BIDDERS: usize = 100;
const BIDS_EACH: usize = 20;

/// A committed request.
#[derive(sqlx::FromRow)]
struct BidRow {
    user_id: i64,
    amount: Decimal,
    automatic: bool,
    accept_buy_now: bool,
    reply: String,
    at: Instant,
    shown_amount: Option<Decimal>,
    price_after: Option<Decimal>,
}

impl BidRow {
    fn request(&self) -> Request {
        let (amount, automatic) = (won(self.amount), self.automatic);
        Request::Bid(Bid { amount, automatic, accept_buy_now: self.accept_buy_now })
    }

    fn listed(&self) -> Option<Listed> {
        let (amount, price) = self.shown_amount.zip(self.price_after)?;
        Some(Listed { amount: won(amount), price: won(price) })
    }
}

/// A market in memory.
struct Replay {
    auction: Auction,
    wallets: BTreeMap<UserId, Wallet>,
    ledger: Vec<(i64, Decimal, Decimal)>,
}

impl Replay {
    fn begin(seller: UserId, opening: &Opening, deposits: &[(UserId, i64)]) -> Self {
        let auction = Auction::opened(seller, opening.terms.clone(), opening.starts_at, opening.ends_at);
        let wallets = deposits.iter().map(|&(user, _)| (user, Wallet::EMPTY)).collect();
        let mut replay = Self { auction, wallets, ledger: Vec::new() };
        for &(user, amount) in deposits {
            replay.post(&[Transfer::deposit(user, Money::won(amount))]);
        }
        replay
    }

    fn post(&mut self, transfers: &[Transfer]) {
        for transfer in transfers {
            let wallet = self.wallets.get_mut(&transfer.user).expect("a bidder");
            *wallet = wallet.after(transfer);
            let (available, held) = (transfer.available.to_decimal(), transfer.held.to_decimal());
            self.ledger.push((transfer.user.0, available, held));
        }
    }

    fn play(&mut self, row: &BidRow) {
        let user = UserId(row.user_id);
        let asker = Asker { user, available: self.wallets[&user].available, suspended: false };
        let verdict = decide(&self.auction, asker, row.request(), None, row.at);
        let Ok(Verdict::Accepted(effect)) = verdict else { panic!("it was accepted, now: {verdict:?}") };
        assert_eq!(effect.reply.as_str(), row.reply);
        assert_eq!(effect.listed, row.listed());
        self.post(&effect.transfers);
        self.auction = effect.auction;
    }

    async fn assert_equals_the_books(&self, database: &TestDatabase, id: AuctionId) {
        type Row = (Decimal, Option<i64>, Decimal, Instant);
        let sql = "SELECT price, leader_id, hold, ends_at FROM auctions WHERE id = $1";
        let row: Row = sqlx::query_as(sql).bind(id.0).fetch_one(&database.pool).await.expect("the auction");
        let leading = self.auction.leading().expect("a leader");
        let ends_at = self.auction.schedule.ends_at;
        let expected =
            (self.auction.price.to_decimal(), Some(leading.user.0), leading.hold.to_decimal(), ends_at);
        assert_eq!(row, expected);
        for (&user, wallet) in &self.wallets {
            let expected = (wallet.available.to_won(), wallet.held.to_won());
            assert_eq!(database.wallet(user).await, expected, "{user}");
        }
        let sql = "SELECT user_id, available, held FROM ledger_rows ORDER BY id";
        let ledger: Vec<(i64, Decimal, Decimal)> =
            sqlx::query_as(sql).fetch_all(&database.pool).await.expect("the ledger");
        assert_eq!(ledger, self.ledger);
    }
}

fn won(amount: Decimal) -> Money {
    Money::from_decimal(amount).expect("whole won")
}

/// Bids again and again a little above what is needed, plain or automatic; how many bids were accepted.
async fn bid_wildly(market: &Market, user: UserId, auction: AuctionId, mut random: StdRng) -> usize {
    let mut accepted = 0;
    let mut needed = Money::won(10_000);
    for _ in 0..BIDS_EACH {
        let amount = needed + Money::won(1_000).times(random.random_range(0..=30));
        let bid = Bid { amount, automatic: random.random_bool(0.7), accept_buy_now: false };
        match market.bid(user, auction, bid, None).await.map_err(Error::refusal) {
            Ok(receipt) => {
                accepted += 1;
                needed = receipt.state.price + Money::won(1_000);
            }
            Err(Ok(Refusal::BidTooLow { min } | Refusal::BelowCurrentPrice { min })) => needed = min,
            Err(Ok(Refusal::SameMaximum | Refusal::InsufficientFunds { .. })) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    accepted
}

/// Lets a hundred bid at once over the first `servers` servers, and replays what was committed.
async fn a_hundred_bid(servers: usize, seed: u64) {
    let arena = Arena::new().await;
    let mut random = StdRng::seed_from_u64(seed);
    let usual = arena.opening().await;
    let mut terms = usual.terms.clone();
    terms.reserve = Some(Money::won(40_000));
    // Every bid is late, so every changed price moves the end.
    terms.soft_close = Some(SoftClose { window: 600, extension: 600, hard_stop: 3_600 });
    let ends_at = usual.starts_at + chrono::TimeDelta::minutes(10);
    let opening = Opening { terms, ends_at, ..usual };
    let auction = arena.auctions(&opening, 1).await[0];
    let mut deposits = Vec::with_capacity(BIDDERS);
    for number in 0..BIDDERS {
        let amount = random.random_range(50..6_000) * 1_000;
        deposits.push((arena.database.person(&format!("bidder{number}"), amount).await, amount));
    }
    let bidders = deposits.iter().enumerate().map(|(number, &(user, _))| {
        bid_wildly(arena.server(number % servers), user, auction, StdRng::seed_from_u64(random.random()))
    });
    let accepted: usize = join_all(bidders.collect::<Vec<_>>()).await.into_iter().sum();

    let sql = "SELECT user_id, amount, automatic, accept_buy_now, reply, at, shown_amount, price_after
               FROM bids WHERE auction_id = $1 ORDER BY id";
    let rows = sqlx::query_as::<_, BidRow>(sql).bind(auction.0).fetch_all(&arena.database.pool);
    let rows = rows.await.expect("the bids");
    assert_eq!(rows.len(), accepted);
    let mut replay = Replay::begin(arena.seller, &opening, &deposits);
    for row in &rows {
        replay.play(row);
    }
    replay.assert_equals_the_books(&arena.database, auction).await;
    println!("bids {}, accepted {accepted}, price {}", BIDDERS * BIDS_EACH, replay.auction.price);
    arena.database.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_bidders_on_one_auction_end_where_a_replay_of_the_committed_order_ends() {
    a_hundred_bid(1, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_bidders_on_two_servers_end_where_a_replay_of_the_committed_order_ends() {
    a_hundred_bid(2, 2).await;
}
