//! What a batch writes: bidders, bids, ledger rows, wallets, auctions, notices.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::batch::Batch;
use crate::{
    AuctionId, BidId, Money, UserId,
    bidding::{Bid, Listed, Request},
    store::{
        Result, auctions, column, expect_rows,
        notices::{self, Notify},
    },
    view::NoticeKind,
};

impl Batch {
    /// Writes everything that was accepted, in a fixed number of statements (and two for each sale); the
    /// people concerned.
    pub async fn write(&mut self, connection: &mut PgConnection) -> Result<Vec<UserId>> {
        if self.accepted.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.now;
        self.write_bidders(&mut *connection).await?;
        let bids = self.write_bids(&mut *connection).await?;
        self.wallets.write(&mut *connection, &bids, now).await?;
        auctions::save_all(&mut *connection, self.changed(), now).await?;
        let notices = self.notices();
        notices::write(&mut *connection, &notices, now).await?;
        let mut people: BTreeSet<UserId> = self.wallets.changed().into_iter().collect();
        people.extend(notices.iter().map(|notice| notice.user));
        for record in self.changed() {
            if let Some(sale) = record.auction.status.sale() {
                let (id, winner, lost) = (record.id, Some(sale.winner), NoticeKind::Lost);
                people.extend(notices::write_to_bidders(&mut *connection, id, winner, lost, now).await?);
            }
        }
        Ok(people.into_iter().collect())
    }

    async fn write_bidders(&self, connection: &mut PgConnection) -> Result<()> {
        if self.joined.is_empty() {
            return Ok(());
        }
        let (auctions, users): (Vec<i64>, Vec<i64>) =
            self.joined.iter().map(|(auction, user)| (auction.0, user.0)).unzip();
        let numbers: Vec<i32> =
            self.joined.iter().filter_map(|joined| self.aliases.get(joined)).map(|alias| alias.0).collect();
        let written = sqlx::query!(
            "INSERT INTO bidders (auction_id, user_id, number)
             SELECT u.auction_id, u.user_id, u.number
             FROM unnest($1::bigint[], $2::bigint[], $3::integer[]) AS u (auction_id, user_id, number)",
            &auctions,
            &users,
            &numbers
        );
        let written = written.execute(connection).await?.rows_affected();
        expect_rows(written, self.joined.len(), "bidders")
    }

    async fn write_bids(&self, connection: &mut PgConnection) -> Result<Vec<BidId>> {
        let bids = &self.accepted;
        let of_bid = |value: fn(Bid) -> bool| {
            column(bids, |bid| matches!(bid.request, Request::Bid(request) if value(request)))
        };
        let listed = |value: fn(Listed) -> Money| {
            column(bids, |bid| bid.listed.map(|(_, listed)| value(listed).to_decimal()))
        };
        let mut ids = sqlx::query_scalar!(
            "INSERT INTO bids (auction_id, at, user_id, key, amount, automatic, accept_buy_now, reply, number,
                               shown_amount, price_after)
             SELECT u.auction_id, $2, u.user_id, u.key, u.amount, u.automatic, u.accept_buy_now, u.reply,
                    u.number, u.shown_amount, u.price_after
             FROM unnest($1::bigint[], $3::bigint[], $4::text[], $5::numeric[], $6::boolean[], $7::boolean[],
                         $8::text[], $9::integer[], $10::numeric[], $11::numeric[]) WITH ORDINALITY
                  AS u (auction_id, user_id, key, amount, automatic, accept_buy_now, reply, number,
                        shown_amount, price_after, position)
             ORDER BY u.position
             RETURNING id",
            &column(bids, |bid| bid.auction.0),
            self.now,
            &column(bids, |bid| bid.user.0),
            &column(bids, |bid| bid.key.clone()) as &[Option<String>],
            &column(bids, |bid| bid.request.amount().map(Money::to_decimal)) as &[Option<Decimal>],
            &of_bid(|bid| bid.automatic),
            &of_bid(|bid| bid.accept_buy_now),
            &column(bids, |bid| bid.reply.as_str().to_owned()),
            &column(bids, |bid| bid.listed.map(|(number, _)| number)) as &[Option<i32>],
            &listed(|listed| listed.amount) as &[Option<Decimal>],
            &listed(|listed| listed.price) as &[Option<Decimal>],
        )
        .fetch_all(connection)
        .await?;
        expect_rows(ids.len() as u64, bids.len(), "bids")?;
        // Identities rise in the order of insertion; RETURNING promises no order.
        ids.sort_unstable();
        Ok(ids.into_iter().map(BidId).collect())
    }

    /// Who learns of the batch besides the askers: the overtaken and the seller, or after a purchase the
    /// buyer and the seller; that all others lost is written to them in one statement.
    fn notices(&mut self) -> Vec<Notify> {
        let mut listed: BTreeMap<AuctionId, i32> = BTreeMap::new();
        for bid in self.accepted.iter().filter(|bid| bid.listed.is_some()) {
            *listed.entry(bid.auction).or_default() += 1;
        }
        let led = std::mem::take(&mut self.led);
        let mut notices = Vec::new();
        for record in self.changed() {
            let (id, auction) = (record.id, &record.auction);
            let price = Some(auction.price);
            let mut notify = |user: UserId, kind: NoticeKind, times: i32| {
                notices.push(Notify { auction: id, user, kind, amount: price, times });
            };
            if let Some(sale) = auction.status.sale() {
                notify(sale.winner, NoticeKind::Won, 1);
                notify(auction.seller, NoticeKind::Sold, 1);
                continue;
            }
            let leader = auction.leading().map(|leading| leading.user);
            let overtaken = led.range((id, UserId(i64::MIN))..=(id, UserId(i64::MAX)));
            for &(_, user) in overtaken.filter(|(_, user)| Some(*user) != leader) {
                notify(user, NoticeKind::Outbid, 1);
            }
            if let Some(&times) = listed.get(&id) {
                notify(auction.seller, NoticeKind::NewBid, times);
            }
        }
        notices
    }
}
