//! The pure rules reproduce every world of the vectors: each reply, state, balance and ledger row.

mod common;

use std::collections::BTreeMap;

use common::worlds::{After, Op, Row, Step, Tally, World, at, read, seconds};
use market::{
    Auction, Money, Refusal, UserId,
    bidding::{Asker, Earlier, Reply, Request, Verdict, decide},
    wallet::{Transfer, Wallet},
};
use serde_json::{Value, json};

/// A market in memory.
struct Player {
    names: Vec<String>,
    wallets: Vec<Wallet>,
    auctions: Vec<Auction>,
    keys: BTreeMap<(usize, UserId, String), Earlier>,
    ledger: Vec<Row>,
}

impl Player {
    fn begin(world: &World) -> Self {
        let names: Vec<String> = world.deposits.iter().map(|(name, _)| name.clone()).collect();
        let seller = user(&names, "seller");
        let open = |auction: &common::worlds::OpenAuction| {
            Auction::opened(seller, auction.terms(), at(auction.starts_at), at(auction.ends_at))
        };
        let mut player = Self {
            wallets: vec![Wallet::EMPTY; names.len()],
            auctions: world.auctions.iter().map(open).collect(),
            keys: BTreeMap::new(),
            ledger: Vec::new(),
            names,
        };
        for (name, amount) in &world.deposits {
            let transfer = Transfer::deposit(user(&player.names, name), *amount);
            player.post(&[transfer], None);
        }
        player
    }

    fn post(&mut self, transfers: &[Transfer], auction: Option<usize>) {
        for transfer in transfers.iter().filter(|transfer| !transfer.is_nothing()) {
            let index = usize::try_from(transfer.user.0).expect("an index");
            let after = self.wallets[index].after(transfer);
            self.wallets[index] = after;
            self.ledger.push(Row {
                user: self.names[index].clone(),
                kind: transfer.kind,
                available: transfer.available,
                held: transfer.held,
                available_after: after.available,
                held_after: after.held,
                auction,
            });
        }
    }

    fn play(&mut self, step: &Step) -> Value {
        let outcome = match step.op.request() {
            Some((name, request)) => self.request(step, name, request).map(Reply::as_str),
            None => self.transition(step),
        };
        match outcome {
            Ok(code) => json!({ "ok": code }),
            Err(refusal) => serde_json::to_value(refusal).expect("JSON"),
        }
    }

    fn request(&mut self, step: &Step, name: &str, request: Request) -> Result<Reply, Refusal> {
        let asker = user(&self.names, name);
        let key = step.key.clone().map(|key| (step.auction, asker, key));
        let earlier = key.as_ref().and_then(|key| self.keys.get(key)).copied();
        let available = self.wallets[usize::try_from(asker.0).expect("an index")].available;
        let auction = &self.auctions[step.auction];
        let asker = Asker { user: asker, available, suspended: false };
        match decide(auction, asker, request, earlier, at(step.at))? {
            Verdict::Repeated(reply) => Ok(reply),
            Verdict::Accepted(effect) => {
                self.post(&effect.transfers, Some(step.auction));
                self.auctions[step.auction] = effect.auction;
                if let Some(key) = key {
                    self.keys.insert(key, Earlier { request, reply: effect.reply });
                }
                Ok(effect.reply)
            }
        }
    }

    fn transition(&mut self, step: &Step) -> Result<&'static str, Refusal> {
        let auction = self.auctions[step.auction].clone();
        let (auction, transfers) = match step.op {
            Op::Close => auction.close(at(step.at)),
            Op::Settle => auction.settle(),
            Op::Refund => auction.refund(),
            Op::Bid { .. } | Op::BuyNow { .. } => unreachable!("requests are played elsewhere"),
        }?;
        self.post(&transfers, Some(step.auction));
        let code = auction.status.code().as_str();
        self.auctions[step.auction] = auction;
        Ok(code)
    }

    fn after(&self, index: usize) -> After {
        let auction = &self.auctions[index];
        let name = |user: UserId| self.names[usize::try_from(user.0).expect("an index")].clone();
        let sale = auction.status.sale();
        After {
            price: auction.price,
            leader: auction.leading().map(|leading| name(leading.user)),
            hold: auction.leading().map_or(Money::ZERO, |leading| leading.hold),
            ends_at: seconds(auction.schedule.ends_at),
            status: auction.status.code(),
            winner: sale.map(|sale| name(sale.winner)),
            price_paid: sale.map(|sale| sale.price_paid),
            escrow: self.auctions.iter().map(|auction| auction.status.escrow()).sum(),
            wallets: self
                .names
                .iter()
                .zip(&self.wallets)
                .map(|(name, wallet)| (name.clone(), (wallet.available, wallet.held)))
                .collect(),
        }
    }
}

fn user(names: &[String], name: &str) -> UserId {
    let index = names.iter().position(|known| known == name).expect("a known user");
    UserId(i64::try_from(index).expect("few users"))
}

#[test]
fn every_world_is_reproduced_by_the_pure_rules() {
    let mut tally = Tally::default();
    for world in read() {
        let mut player = Player::begin(&world);
        for (number, step) in world.steps.iter().enumerate() {
            let place = format!("world {} step {number}", world.number);
            let reply = player.play(step);
            tally.compare(&format!("{place} reply"), &step.reply, &reply);
            tally.compare(&format!("{place} after"), &step.after, &player.after(step.auction));
            tally.steps += 1;
        }
        tally.compare(&format!("world {} ledger", world.number), &world.ledger, &player.ledger);
        tally.worlds += 1;
    }
    tally.report();
}
