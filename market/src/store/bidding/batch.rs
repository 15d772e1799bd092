//! A batch under way: auctions and wallets under lock, and what was accepted so far.

use std::collections::{BTreeSet, HashMap, btree_map::Entry};

use sqlx::PgConnection;

use super::{
    known::{KeyOf, Known, key_of},
    standing,
};
use crate::{
    AuctionId, Instant, Money, Refusal, UserId,
    alias::Alias,
    bidding::{Asker, Earlier, Effect, Listed, Reply, Request, Verdict, decide},
    live::{AuctionState, LISTED_IN_FRAME, ListedBid},
    store::{
        Market, Result,
        auctions::Record,
        desk::Ask,
        states::{Aliases, Newest, newest},
        wallets::LockedWallets,
    },
    view::{BidReceipt, Mine},
};

/// An accepted request, to be written.
pub(super) struct Accepted {
    pub auction: AuctionId,
    pub user: UserId,
    pub request: Request,
    pub key: Option<String>,
    pub reply: Reply,
    pub listed: Option<(i32, Listed)>,
}

/// Everything that is decided together.
pub(super) struct Batch {
    /// Ascending, as they were locked.
    records: Vec<Record>,
    pub wallets: LockedWallets,
    pub aliases: Aliases,
    earlier: HashMap<KeyOf, Earlier>,
    /// The newest listed bids before the batch, of auctions whose frame the batch may not fill.
    listed_before: Newest,
    pub accepted: Vec<Accepted>,
    /// Bidders whose first bid in an auction is in the batch.
    pub joined: Vec<(AuctionId, UserId)>,
    /// Everybody who led before or during the batch.
    pub led: BTreeSet<(AuctionId, UserId)>,
    /// Read after all locks.
    pub now: Instant,
}

impl Batch {
    /// What the decisions on the locked `records` need; wallets are locked after the auctions, the clock is
    /// read after both. What the auctions' locks suffice for is read before the wallets': others wait for
    /// those.
    pub async fn read(
        market: &Market,
        connection: &mut PgConnection,
        records: Vec<Record>,
        asks: &[Ask],
    ) -> Result<Self> {
        let leader = |record: &Record| Some((record.id, record.auction.leading()?.user));
        let led: BTreeSet<_> = records.iter().filter_map(leader).collect();
        let bidders: BTreeSet<_> =
            asks.iter().map(|ask| (ask.auction, ask.user)).chain(led.clone()).collect();
        let Known { aliases, earlier } = Known::read(&mut *connection, asks, &led).await?;
        let asked = |record: &&Record| asks.iter().filter(|ask| ask.auction == record.id).count();
        let few = records.iter().filter(|record| asked(record) < LISTED_IN_FRAME);
        let few: Vec<AuctionId> = few.map(|record| record.id).collect();
        let listed_before =
            if few.is_empty() { Newest::new() } else { newest(&mut *connection, &few).await? };
        let sellers = records.iter().filter(|record| may_sell(record, asks));
        let sellers = sellers.map(|record| record.auction.seller);
        let users: BTreeSet<UserId> = bidders.iter().map(|&(_, user)| user).chain(sellers).collect();
        let users: Vec<UserId> = users.into_iter().collect();
        let wallets = LockedWallets::lock(&mut *connection, &users).await?;
        let now = market.clock(connection).await?;
        let (accepted, joined) = (Vec::new(), Vec::new());
        Ok(Self { records, wallets, aliases, earlier, listed_before, accepted, joined, led, now })
    }

    /// The auctions, ascending.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Those that changed, to be saved.
    pub fn changed(&mut self) -> Vec<&mut Record> {
        let changed: BTreeSet<AuctionId> = self.accepted.iter().map(|bid| bid.auction).collect();
        self.records.iter_mut().filter(|record| changed.contains(&record.id)).collect()
    }

    /// Whether something was accepted in an auction.
    pub fn has_changed(&self, auction: AuctionId) -> bool {
        self.accepted.iter().any(|bid| bid.auction == auction)
    }

    fn place(&self, auction: AuctionId) -> std::result::Result<usize, Refusal> {
        self.records.binary_search_by_key(&auction, |record| record.id).map_err(|_| Refusal::NotFound)
    }

    /// Decides one ask on the state that those before it left.
    pub fn decide(&mut self, ask: &Ask) -> Result<std::result::Result<Reply, Refusal>> {
        let place = match self.place(ask.auction) {
            Ok(place) => place,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let key = key_of(ask);
        let earlier = key.as_ref().and_then(|key| self.earlier.get(key)).copied();
        let Some(wallet) = self.wallets.get(ask.user) else {
            return Ok(Err(Refusal::NoSession));
        };
        let suspended = self.wallets.is_suspended(ask.user);
        let asker = Asker { user: ask.user, available: wallet.available, suspended };
        match decide(&self.records[place].auction, asker, ask.request, earlier, self.now) {
            Err(refusal) => Ok(Err(refusal)),
            Ok(Verdict::Repeated(reply)) => Ok(Ok(reply)),
            Ok(Verdict::Accepted(effect)) => {
                let reply = effect.reply;
                self.accept(place, ask, *effect)?;
                if let Some(key) = key {
                    self.earlier.insert(key, Earlier { request: ask.request, reply });
                }
                Ok(Ok(reply))
            }
        }
    }

    fn accept(&mut self, place: usize, ask: &Ask, effect: Effect) -> Result<()> {
        let (auction, user) = (ask.auction, ask.user);
        self.wallets.post(&effect.transfers, Some(auction), Some(self.accepted.len()))?;
        let record = &mut self.records[place];
        if let Entry::Vacant(place) = self.aliases.entry((auction, user)) {
            record.bidder_count += 1;
            place.insert(Alias(record.bidder_count));
            self.joined.push((auction, user));
        }
        let listed = effect.listed.map(|listed| {
            record.bid_count += 1;
            (record.bid_count, listed)
        });
        record.auction = effect.auction;
        self.led.extend(record.auction.leading().map(|leading| (auction, leading.user)));
        let (key, request) = (ask.key.clone(), ask.request);
        self.accepted.push(Accepted { auction, user, request, key, reply: effect.reply, listed });
        Ok(())
    }

    /// The newest listed bids of the auctions, the batch's own first. Of those that were not read before and
    /// whose frame the batch does not fill, nothing.
    pub fn newest(&self) -> Newest {
        let mut newest = Newest::new();
        for bid in self.accepted.iter().rev() {
            let alias = self.aliases.get(&(bid.auction, bid.user));
            let (Some((number, listed)), Some(&bidder)) = (bid.listed, alias) else { continue };
            let bids = newest.entry(bid.auction).or_default();
            if bids.len() < LISTED_IN_FRAME {
                let (amount, price) = (listed.amount, listed.price);
                bids.push(ListedBid { number, bidder, amount, price, at: self.now });
            }
        }
        for (auction, before) in &self.listed_before {
            let bids = newest.entry(*auction).or_default();
            bids.extend(before.iter().take(LISTED_IN_FRAME - bids.len()).copied());
        }
        newest.retain(|auction, bids| {
            bids.len() == LISTED_IN_FRAME || self.listed_before.contains_key(auction)
        });
        newest
    }

    /// The answer to an ask, on the state after the whole batch.
    ///
    /// # Errors
    /// `not_found`
    pub fn receipt(
        &self,
        ask: &Ask,
        reply: Reply,
        states: &[AuctionState],
    ) -> std::result::Result<BidReceipt, Refusal> {
        let place = self.place(ask.auction)?;
        let (record, state) = (&self.records[place], &states[place]);
        let user = ask.user;
        let available = self.wallets.get(user).map_or(Money::ZERO, |wallet| wallet.available);
        let alias = self.aliases.get(&(ask.auction, user)).copied();
        let standing = standing(record, user, alias.is_some());
        // A request that is repeated was accepted before; it answers the same.
        let mut newest = self.accepted.iter().rev();
        let newest = newest.find(|bid| bid.auction == ask.auction && bid.user == user);
        let last = newest.map_or(ask.request, |bid| bid.request).amount();
        let mine = Mine { alias, standing, last, available, watching: false };
        Ok(BidReceipt { reply, state: state.clone(), mine })
    }
}

/// Whether one of `asks` may be the purchase, which pays the seller.
fn may_sell(record: &Record, asks: &[Ask]) -> bool {
    record.auction.terms.buy_now.is_some_and(|price| {
        asks.iter().filter(|ask| ask.auction == record.id).any(|ask| match ask.request {
            Request::BuyNow { .. } => true,
            Request::Bid(bid) => bid.accept_buy_now && bid.amount >= price,
        })
    })
}
