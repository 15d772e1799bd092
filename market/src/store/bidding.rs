//! Bids and purchases: lock → read → decide (pure) → write → commit → publish.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Error, Market, Result,
    auctions::{self, Record},
    check_key,
    desk::Ask,
    notices::{self, Notify},
    wallets::{LockedWallets, money},
};
use crate::{
    AuctionId, BidId, Instant, Money, Refusal, UserId,
    alias::Alias,
    bidding::{Asker, Bid, Earlier, Effect, Listed, Reply, Request, Verdict, decide},
    live::AuctionState,
    view::{BidReceipt, Mine, NoticeKind, Standing},
};

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
        key.map_or(Ok(()), check_key)?;
        let ask = Ask { user, request: Request::Bid(bid), key: key.map(str::to_owned) };
        self.ask(auction, ask).await
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
        key.map_or(Ok(()), check_key)?;
        let ask = Ask { user, request: Request::BuyNow { at_most }, key: key.map(str::to_owned) };
        self.ask(auction, ask).await
    }
}

/// An accepted request, to be written.
struct Accepted {
    user: UserId,
    request: Request,
    key: Option<String>,
    reply: Reply,
    listed: Option<(i32, Listed)>,
}

/// What was bid; a purchase names no amount.
fn amount(request: Request) -> Option<Money> {
    match request {
        Request::Bid(bid) => Some(bid.amount),
        Request::BuyNow { .. } => None,
    }
}

/// A batch under way: the auction, the wallets, and what was accepted so far.
struct Batch {
    record: Record,
    wallets: LockedWallets,
    aliases: BTreeMap<UserId, Alias>,
    earlier: HashMap<(UserId, String), Earlier>,
    accepted: Vec<Accepted>,
    /// Bidders whose first bid in this auction is in the batch.
    joined: Vec<UserId>,
    /// Everybody who led before or during the batch.
    led: BTreeSet<UserId>,
    now: Instant,
}

/// Decides all of `asks` in one transaction, in their order.
pub(super) async fn decide_batch(
    market: &Market,
    id: AuctionId,
    asks: &[Ask],
) -> Result<Vec<std::result::Result<BidReceipt, Refusal>>> {
    let mut transaction = market.begin().await?;
    let Some(record) = auctions::lock(&mut transaction, id).await? else {
        return Ok(asks.iter().map(|_| Err(Refusal::NotFound)).collect());
    };
    let mut batch = decide_batch_read(market, &mut transaction, record, asks).await?;
    let outcomes: Vec<_> = asks.iter().map(|ask| batch.decide(ask)).collect();
    let outcomes = outcomes.into_iter().collect::<Result<Vec<_>>>()?;
    let people = if batch.accepted.is_empty() { Vec::new() } else { batch.write(&mut transaction).await? };
    let state = auctions::state(&mut transaction, &batch.record).await?;
    transaction.commit().await?;
    if !batch.accepted.is_empty() {
        market.announce(batch.record.reach, state.clone(), people);
        market.announce_settling(&batch.record.auction, batch.now);
    }
    let receipt = |(ask, outcome): (&Ask, std::result::Result<Reply, Refusal>)| {
        outcome.map(|reply| batch.receipt(ask, reply, &state))
    };
    Ok(asks.iter().zip(outcomes).map(receipt).collect())
}

/// What the decisions need, in a fixed number of statements; wallets are locked after the auction, the clock
/// is read after both.
async fn decide_batch_read(
    market: &Market,
    connection: &mut PgConnection,
    record: Record,
    asks: &[Ask],
) -> Result<Batch> {
    let leader = record.auction.leading().map(|leading| leading.user);
    let seller = may_sell(&record, asks).then_some(record.auction.seller);
    let mut users: BTreeSet<UserId> = asks.iter().map(|ask| ask.user).collect();
    users.extend(leader);
    let bidders: Vec<UserId> = users.iter().copied().collect();
    let aliases = auctions::aliases(&mut *connection, record.id, &bidders).await?;
    users.extend(seller);
    let users: Vec<UserId> = users.into_iter().collect();
    let earlier = earlier(&mut *connection, record.id, asks).await?;
    let wallets = LockedWallets::lock(&mut *connection, &users).await?;
    let now = market.clock(connection).await?;
    Ok(Batch {
        record,
        wallets,
        aliases,
        earlier,
        accepted: Vec::new(),
        joined: Vec::new(),
        led: leader.into_iter().collect(),
        now,
    })
}

fn may_sell(record: &Record, asks: &[Ask]) -> bool {
    record.auction.terms.buy_now.is_some_and(|price| {
        asks.iter().any(|ask| match ask.request {
            Request::BuyNow { .. } => true,
            Request::Bid(bid) => bid.accept_buy_now && bid.amount >= price,
        })
    })
}

/// The requests that were accepted before under the keys of `asks`: each looked up by itself (`LIMIT`), for
/// while an auction is hot the planner knows nothing of its bids yet and would read all of them.
async fn earlier(
    connection: &mut PgConnection,
    id: AuctionId,
    asks: &[Ask],
) -> Result<HashMap<(UserId, String), Earlier>> {
    let (users, keys): (Vec<i64>, Vec<String>) =
        asks.iter().filter_map(|ask| Some((ask.user.0, ask.key.clone()?))).unzip();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"SELECT b.user_id, b.key AS "key!", b.amount, b.automatic, b.accept_buy_now, b.reply
           FROM unnest($2::bigint[], $3::text[]) AS u (user_id, key)
           CROSS JOIN LATERAL (
             SELECT * FROM bids b WHERE b.auction_id = $1 AND b.user_id = u.user_id AND b.key = u.key LIMIT 1
           ) b"#,
        id.0,
        &users,
        &keys
    );
    let mut earlier = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        let request = stored_request(row.amount, row.automatic, row.accept_buy_now)?;
        let reply =
            Reply::from_name(&row.reply).ok_or_else(|| Error::Broken(format!("reply {}", row.reply)))?;
        earlier.insert((UserId(row.user_id), row.key), Earlier { request, reply });
    }
    Ok(earlier)
}

fn stored_request(amount: Option<Decimal>, automatic: bool, accept_buy_now: bool) -> Result<Request> {
    Ok(match amount {
        None => Request::BuyNow { at_most: None },
        Some(amount) => Request::Bid(Bid { amount: money(amount)?, automatic, accept_buy_now }),
    })
}

impl Batch {
    /// Decides one ask on the state that those before it left.
    fn decide(&mut self, ask: &Ask) -> Result<std::result::Result<Reply, Refusal>> {
        let key = ask.key.clone().map(|key| (ask.user, key));
        let earlier = key.as_ref().and_then(|key| self.earlier.get(key)).copied();
        let Some(wallet) = self.wallets.get(ask.user) else {
            return Ok(Err(Refusal::NoSession));
        };
        let asker = Asker { user: ask.user, available: wallet.available };
        match decide(&self.record.auction, asker, ask.request, earlier, self.now) {
            Err(refusal) => Ok(Err(refusal)),
            Ok(Verdict::Repeated(reply)) => Ok(Ok(reply)),
            Ok(Verdict::Accepted(effect)) => {
                let reply = effect.reply;
                self.accept(ask, *effect)?;
                if let Some(key) = key {
                    self.earlier.insert(key, Earlier { request: ask.request, reply });
                }
                Ok(Ok(reply))
            }
        }
    }

    fn accept(&mut self, ask: &Ask, effect: Effect) -> Result<()> {
        self.wallets.post(&effect.transfers, Some(self.accepted.len()))?;
        if !self.aliases.contains_key(&ask.user) {
            self.record.bidder_count += 1;
            self.aliases.insert(ask.user, Alias(self.record.bidder_count));
            self.joined.push(ask.user);
        }
        let listed = effect.listed.map(|listed| {
            self.record.bid_count += 1;
            (self.record.bid_count, listed)
        });
        self.record.auction = effect.auction;
        self.led.extend(self.record.auction.leading().map(|leading| leading.user));
        let (key, request) = (ask.key.clone(), ask.request);
        self.accepted.push(Accepted { user: ask.user, request, key, reply: effect.reply, listed });
        Ok(())
    }

    /// Writes everything that was accepted, in a fixed number of statements; the people concerned.
    async fn write(&mut self, connection: &mut PgConnection) -> Result<Vec<UserId>> {
        let id = self.record.id;
        self.write_bidders(&mut *connection).await?;
        let bids = self.write_bids(&mut *connection).await?;
        self.wallets.write(&mut *connection, Some(id), &bids, self.now).await?;
        auctions::save(&mut *connection, &mut self.record, self.now).await?;
        let notices = self.notices();
        notices::write(&mut *connection, id, &notices, self.now).await?;
        let mut people: BTreeSet<UserId> = self.wallets.changed().into_iter().collect();
        people.extend(notices.iter().map(|notice| notice.user));
        if let Some(sale) = self.record.auction.status.sale() {
            let (winner, lost) = (Some(sale.winner), NoticeKind::Lost);
            people.extend(notices::write_to_bidders(connection, id, winner, lost, self.now).await?);
        }
        Ok(people.into_iter().collect())
    }

    async fn write_bidders(&self, connection: &mut PgConnection) -> Result<()> {
        if self.joined.is_empty() {
            return Ok(());
        }
        let users: Vec<i64> = self.joined.iter().map(|user| user.0).collect();
        let numbers: Vec<i32> =
            self.joined.iter().filter_map(|user| self.aliases.get(user)).map(|alias| alias.0).collect();
        let written = sqlx::query!(
            "INSERT INTO bidders (auction_id, user_id, number)
             SELECT $1, u.user_id, u.number FROM unnest($2::bigint[], $3::integer[]) AS u (user_id, number)",
            self.record.id.0,
            &users,
            &numbers
        );
        let written = written.execute(connection).await?.rows_affected();
        super::expect_rows(written, self.joined.len(), "bidders")
    }

    async fn write_bids(&self, connection: &mut PgConnection) -> Result<Vec<BidId>> {
        let bids = &self.accepted;
        let of_bid = |value: fn(Bid) -> bool| -> Vec<bool> {
            bids.iter().map(|bid| matches!(bid.request, Request::Bid(request) if value(request))).collect()
        };
        let amounts: Vec<Option<Decimal>> = bids
            .iter()
            .map(|bid| match bid.request {
                Request::Bid(request) => Some(request.amount.to_decimal()),
                Request::BuyNow { .. } => None,
            })
            .collect();
        let listed = |value: fn(Listed) -> Money| -> Vec<Option<Decimal>> {
            bids.iter().map(|bid| bid.listed.map(|(_, listed)| value(listed).to_decimal())).collect()
        };
        let numbers: Vec<Option<i32>> = bids.iter().map(|bid| bid.listed.map(|(number, _)| number)).collect();
        let mut ids = sqlx::query_scalar!(
            "INSERT INTO bids (auction_id, at, user_id, key, amount, automatic, accept_buy_now, reply, number,
                               shown_amount, price_after)
             SELECT $1, $2, u.user_id, u.key, u.amount, u.automatic, u.accept_buy_now, u.reply, u.number,
                    u.shown_amount, u.price_after
             FROM unnest($3::bigint[], $4::text[], $5::numeric[], $6::boolean[], $7::boolean[], $8::text[],
                         $9::integer[], $10::numeric[], $11::numeric[]) WITH ORDINALITY
                  AS u (user_id, key, amount, automatic, accept_buy_now, reply, number, shown_amount,
                        price_after, position)
             ORDER BY u.position
             RETURNING id",
            self.record.id.0,
            self.now,
            &bids.iter().map(|bid| bid.user.0).collect::<Vec<_>>(),
            &bids.iter().map(|bid| bid.key.clone()).collect::<Vec<_>>() as &[Option<String>],
            &amounts as &[Option<Decimal>],
            &of_bid(|bid| bid.automatic),
            &of_bid(|bid| bid.accept_buy_now),
            &bids.iter().map(|bid| bid.reply.as_str().to_owned()).collect::<Vec<_>>(),
            &numbers as &[Option<i32>],
            &listed(|listed| listed.amount) as &[Option<Decimal>],
            &listed(|listed| listed.price) as &[Option<Decimal>],
        )
        .fetch_all(connection)
        .await?;
        super::expect_rows(ids.len() as u64, bids.len(), "bids")?;
        // Identities rise in the order of insertion; RETURNING promises no order.
        ids.sort_unstable();
        Ok(ids.into_iter().map(BidId).collect())
    }

    /// Who learns of the batch besides the askers: the overtaken and the seller, or after a purchase the
    /// buyer and the seller; that all others lost is written to them in one statement.
    fn notices(&self) -> Vec<Notify> {
        let auction = &self.record.auction;
        let price = Some(auction.price);
        let notify = |user: UserId, kind: NoticeKind, times: i32| Notify { user, kind, amount: price, times };
        if let Some(sale) = auction.status.sale() {
            return vec![
                notify(sale.winner, NoticeKind::Won, 1),
                notify(auction.seller, NoticeKind::Sold, 1),
            ];
        }
        let leader = auction.leading().map(|leading| leading.user);
        let overtaken = self.led.iter().filter(|&&user| Some(user) != leader);
        let mut notices: Vec<Notify> = overtaken.map(|&user| notify(user, NoticeKind::Outbid, 1)).collect();
        let listed = self.accepted.iter().filter(|bid| bid.listed.is_some()).count();
        if let Some(times) = i32::try_from(listed).ok().filter(|&times| times > 0) {
            notices.push(notify(auction.seller, NoticeKind::NewBid, times));
        }
        notices
    }

    /// The answer to `user`, on the state after the whole batch.
    fn receipt(&self, ask: &Ask, reply: Reply, state: &AuctionState) -> BidReceipt {
        let user = ask.user;
        let available = self.wallets.get(user).map_or(Money::ZERO, |wallet| wallet.available);
        let standing = standing(&self.record, user, self.aliases.contains_key(&user));
        let alias = self.aliases.get(&user).copied();
        // A request that is repeated was accepted before; it answers the same.
        let newest = self.accepted.iter().rev().find(|bid| bid.user == user);
        let last = amount(newest.map_or(ask.request, |bid| bid.request));
        let mine = Mine { alias, standing, last, available, watching: false };
        BidReceipt { reply, state: state.clone(), mine }
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
