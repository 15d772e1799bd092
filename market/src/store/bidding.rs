//! Bids and purchases: lock → read → decide (pure) → write → commit → publish.

mod batch;
mod known;
mod writing;

use std::{collections::BTreeSet, time::Instant as Moment};

use super::{
    Change, Market, Result,
    auctions::{self, Record},
    check_key,
    desk::{Arrival, Ask},
    measures, states,
};
use crate::{
    AuctionId, Money, Refusal, UserId,
    bidding::{Bid, Request},
    live::AuctionState,
    view::{BidReceipt, Standing},
};

use batch::Batch;

impl Market {
    /// Places `bid` for `user`; with a `key`, a repetition is answered as the first time.
    ///
    /// # Errors
    /// The refusals of the rules' *Bidding*; `malformed`: a senseless key; `busy` when the auction's row
    /// stays locked too long.
    pub async fn bid(
        &self,
        user: UserId,
        auction: AuctionId,
        bid: Bid,
        key: Option<&str>,
    ) -> Result<BidReceipt> {
        self.request(Arrival::now(), user, auction, Request::Bid(bid), key).await
    }

    /// Buys at the buy-now price, if it is not above `at_most`: what the buyer saw and agreed to.
    ///
    /// # Errors
    /// The refusals of the rules' *Buy now*; `would_buy_now`: the seller has raised the price since;
    /// `malformed`: a senseless key; `busy`.
    pub async fn buy_now(
        &self,
        user: UserId,
        auction: AuctionId,
        at_most: Option<Money>,
        key: Option<&str>,
    ) -> Result<BidReceipt> {
        self.request(Arrival::now(), user, auction, Request::BuyNow { at_most }, key).await
    }

    /// Bids or buys, as [`bid`](Self::bid) and [`buy_now`](Self::buy_now) do, for who reached this server at
    /// `arrival`: earlier ones are decided before him.
    ///
    /// # Errors
    /// Theirs.
    pub async fn request(
        &self,
        arrival: Arrival,
        user: UserId,
        auction: AuctionId,
        request: Request,
        key: Option<&str>,
    ) -> Result<BidReceipt> {
        key.map_or(Ok(()), check_key)?;
        self.ask(Ask { auction, user, request, key: key.map(str::to_owned), arrival }).await
    }
}

/// What a batch is answered with, ask by ask.
pub(super) type Outcomes = Vec<std::result::Result<BidReceipt, Refusal>>;

/// Decides all of `asks` in one transaction, in their order; they may be for several auctions. A fixed number
/// of statements, whatever they are.
pub(super) async fn decide_batch(market: &Market, asks: &[Ask]) -> Result<Outcomes> {
    let mut transaction = market.begin().await?;
    let ids: BTreeSet<AuctionId> = asks.iter().map(|ask| ask.auction).collect();
    let ids: Vec<AuctionId> = ids.into_iter().collect();
    let records = auctions::lock_all(&mut transaction, &ids).await?;
    let mut batch = Batch::read(market, &mut transaction, records, asks).await?;
    let outcomes: Vec<_> = asks.iter().map(|ask| batch.decide(ask)).collect::<Result<_>>()?;
    let people = batch.write(&mut transaction).await?;
    let states = states::states(&mut transaction, batch.records(), &batch.aliases, batch.newest()).await?;
    let began = Moment::now();
    transaction.commit().await?;
    measures::committed(began.elapsed());
    publish(market, &batch, &states, people);
    let receipt = |(ask, outcome): (&Ask, std::result::Result<_, Refusal>)| {
        outcome.and_then(|reply| batch.receipt(ask, reply, &states))
    };
    Ok(asks.iter().zip(outcomes).map(receipt).collect())
}

/// What a committed batch means to others.
fn publish(market: &Market, batch: &Batch, states: &[AuctionState], people: Vec<UserId>) {
    for (record, state) in batch.records().iter().zip(states) {
        if batch.has_changed(record.id) {
            market.announce(record.reach, state.clone(), Vec::new());
            market.announce_settling(&record.auction, batch.now);
        }
    }
    if !people.is_empty() {
        market.publish(Change::People(people.into()));
    }
}

/// How `user` stands in an auction.
pub(super) fn standing(record: &Record, user: UserId, has_bid: bool) -> Standing {
    let auction = &record.auction;
    if user == auction.seller {
        return Standing::Seller;
    }
    if let Some(leading) = auction.leading().filter(|leading| leading.user == user) {
        return Standing::Leading { maximum: leading.hold };
    }
    match auction.status.sale() {
        Some(sale) if sale.winner == user => Standing::Won { paid: sale.price_paid },
        _ if !has_bid => Standing::None,
        _ if matches!(auction.status, crate::Status::Live(_)) => Standing::Outbid,
        _ => Standing::Lost,
    }
}
