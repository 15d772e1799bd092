//! The books reproduce every world of the vectors: the same replies, states, balances and ledger rows as the
//! pure rules, out of a real PostgreSQL with the clock set by the test.

mod common;
#[path = "common/db.rs"]
mod db;

use std::collections::BTreeMap;

use common::worlds::{After, Op, Row, Step, Tally, World, at, read, seconds};
use db::TestDatabase;
use futures::{StreamExt, stream};
use market::{
    AuctionId, Instant, Money, UserId,
    auction::StatusCode,
    bidding::Request,
    opening::Opening,
    store::{Clock, Error, Market},
    wallet::LedgerKind,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// How many worlds are played at the same time.
const AT_ONCE: u32 = 8;

/// A world in the books. Worlds share a database and have their own people.
struct Player<'a> {
    database: &'a TestDatabase,
    market: Market,
    clock: Clock,
    users: BTreeMap<String, UserId>,
    auctions: Vec<AuctionId>,
}

impl<'a> Player<'a> {
    async fn begin(database: &'a TestDatabase, world: &World) -> Self {
        let clock = Clock::set_to(at(0));
        let market = database.market.with_clock(clock.clone());
        let mut users = BTreeMap::new();
        for (name, amount) in &world.deposits {
            let user = database.person(&format!("{name}.{}", world.number), 0).await;
            if amount.is_positive() {
                market.post_deposit(user, *amount).await.expect("a deposit");
            }
            users.insert(name.clone(), user);
        }
        let mut auctions = Vec::new();
        for (index, open) in world.auctions.iter().enumerate() {
            let usual = db::opening(at(open.starts_at), 1);
            let opening = Opening { terms: open.terms(), ends_at: at(open.ends_at), ..usual };
            auctions.push(database.auction(users["seller"], &index.to_string(), &opening).await);
        }
        Self { database, market, clock, users, auctions }
    }

    async fn play(&self, step: &Step) -> Value {
        self.clock.set(at(step.at));
        let id = self.auctions[step.auction];
        let key = step.key.as_deref();
        let status = |code: StatusCode| json!({ "ok": code });
        let outcome = match step.op.request() {
            Some((name, Request::Bid(bid))) => self
                .market
                .bid(self.users[name], id, bid, key)
                .await
                .map(|receipt| json!({ "ok": receipt.reply })),
            Some((name, Request::BuyNow { at_most })) => self
                .market
                .buy_now(self.users[name], id, at_most, key)
                .await
                .map(|receipt| json!({ "ok": receipt.reply })),
            None => match step.op {
                Op::Close => self.market.close(id).await.map(status),
                Op::Settle => self.market.settle(id).await.map(status),
                _ => self.market.refund(id).await.map(status),
            },
        };
        match outcome.map_err(Error::refusal) {
            Ok(reply) => reply,
            Err(Ok(refusal)) => serde_json::to_value(refusal).expect("JSON"),
            Err(Err(failure)) => panic!("{failure}"),
        }
    }

    fn name(&self, user: i64) -> String {
        let found = self.users.iter().find(|(_, known)| known.0 == user);
        found.map(|(name, _)| name.clone()).expect("a person of this world")
    }

    async fn after(&self, index: usize) -> After {
        type AuctionRow =
            (Decimal, Option<i64>, Decimal, Instant, String, Option<i64>, Option<Decimal>, Decimal);
        let row: AuctionRow = sqlx::query_as(
            "SELECT price, leader_id, hold, ends_at, status, winner_id, price_paid,
                    (SELECT coalesce(sum(price_paid), 0) FROM auctions e
                     WHERE e.seller_id = a.seller_id AND e.status IN ('sold', 'disputed'))
             FROM auctions a WHERE id = $1",
        )
        .bind(self.auctions[index].0)
        .fetch_one(&self.database.pool)
        .await
        .expect("the auction");
        let (price, leader, hold, ends_at, status, winner, price_paid, escrow) = row;
        After {
            price: won(price),
            leader: leader.map(|leader| self.name(leader)),
            hold: won(hold),
            ends_at: seconds(ends_at),
            status: StatusCode::from_name(&status).expect("a status"),
            winner: winner.map(|winner| self.name(winner)),
            price_paid: price_paid.map(won),
            escrow: won(escrow),
            wallets: self.wallets().await,
        }
    }

    async fn wallets(&self) -> BTreeMap<String, (Money, Money)> {
        let ids: Vec<i64> = self.users.values().map(|user| user.0).collect();
        let rows: Vec<(i64, Decimal, Decimal)> =
            sqlx::query_as("SELECT user_id, available, held FROM wallets WHERE user_id = ANY($1)")
                .bind(ids)
                .fetch_all(&self.database.pool)
                .await
                .expect("wallets");
        rows.into_iter()
            .map(|(user, available, held)| (self.name(user), (won(available), won(held))))
            .collect()
    }

    async fn ledger(&self) -> Vec<Row> {
        type LedgerRow = (i64, String, Decimal, Decimal, Decimal, Decimal, Option<i64>);
        let ids: Vec<i64> = self.users.values().map(|user| user.0).collect();
        let rows: Vec<LedgerRow> = sqlx::query_as(
            "SELECT user_id, kind, available, held, available_after, held_after, auction_id
             FROM ledger_rows WHERE user_id = ANY($1) ORDER BY id",
        )
        .bind(ids)
        .fetch_all(&self.database.pool)
        .await
        .expect("the ledger");
        rows.into_iter()
            .map(|(user, kind, available, held, available_after, held_after, auction)| Row {
                user: self.name(user),
                kind: LedgerKind::from_name(&kind).expect("a kind"),
                available: won(available),
                held: won(held),
                available_after: won(available_after),
                held_after: won(held_after),
                auction: auction
                    .map(|id| self.auctions.iter().position(|known| known.0 == id).expect("known")),
            })
            .collect()
    }
}

fn won(amount: Decimal) -> Money {
    Money::from_decimal(amount).expect("whole won")
}

/// Plays `world` to its end; what was counted and what was different.
async fn play(database: &TestDatabase, world: World) -> Tally {
    let mut tally = Tally { worlds: 1, ..Tally::default() };
    let player = Player::begin(database, &world).await;
    for (number, step) in world.steps.iter().enumerate() {
        let place = format!("world {} step {number}", world.number);
        let reply = player.play(step).await;
        tally.compare(&format!("{place} reply"), &step.reply, &reply);
        tally.compare(&format!("{place} after"), &step.after, &player.after(step.auction).await);
        tally.steps += 1;
    }
    tally.compare(&format!("world {} ledger", world.number), &world.ledger, &player.ledger().await);
    tally
}

#[tokio::test]
async fn every_world_is_reproduced_by_the_books() {
    let database = TestDatabase::new(Clock::set_to(at(0)), AT_ONCE).await;
    let worlds = stream::iter(read()).map(|world| play(&database, world));
    let tallies = worlds.buffer_unordered(AT_ONCE as usize).collect::<Vec<_>>().await;
    database.assert_sound().await;
    tallies.into_iter().fold(Tally::default(), Tally::add).report();
}
