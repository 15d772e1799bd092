//! What is known of those who ask: their numbers, and what was accepted before under the same key.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    AuctionId, UserId,
    alias::Alias,
    bidding::{Bid, Earlier, Reply, Request},
    store::{Error, Result, desk::Ask, states::Aliases, wallets::money},
};

/// Whose key, in which auction.
pub(super) type KeyOf = (AuctionId, UserId, String);

/// The key of an ask, if it has one.
pub(super) fn key_of(ask: &Ask) -> Option<KeyOf> {
    Some((ask.auction, ask.user, ask.key.clone()?))
}

/// What is known of those who ask.
#[derive(Default)]
pub(super) struct Known {
    /// The numbers of those who are bidders already.
    pub aliases: Aliases,
    /// The requests that were accepted before under the same keys.
    pub earlier: HashMap<KeyOf, Earlier>,
}

impl Known {
    /// Of those who ask and those who lead, in one statement: each looked up by itself (`LIMIT`), for while
    /// an auction is hot the planner knows nothing of its bids and bidders yet and would read all of them.
    pub async fn read(
        connection: &mut PgConnection,
        asks: &[Ask],
        leaders: &BTreeSet<(AuctionId, UserId)>,
    ) -> Result<Self> {
        let of_ask = |ask: &Ask| (ask.auction.0, ask.user.0, ask.key.clone());
        let leaders = leaders.iter().map(|(auction, user)| (auction.0, user.0, None));
        let rows: Vec<(i64, i64, Option<String>)> = asks.iter().map(of_ask).chain(leaders).collect();
        let rows = sqlx::query!(
            r#"SELECT u.auction_id AS "auction_id!", u.user_id AS "user_id!", u.key, x.number AS "number?",
                      b.amount, b.automatic AS "automatic?", b.accept_buy_now AS "accept_buy_now?",
                      b.reply AS "reply?"
               FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u (auction_id, user_id, key)
               LEFT JOIN LATERAL (
                 SELECT * FROM bidders x WHERE x.auction_id = u.auction_id AND x.user_id = u.user_id LIMIT 1
               ) x ON true
               LEFT JOIN LATERAL (
                 SELECT * FROM bids b
                 WHERE b.auction_id = u.auction_id AND b.user_id = u.user_id AND b.key = u.key LIMIT 1
               ) b ON true"#,
            &rows.iter().map(|&(auction, ..)| auction).collect::<Vec<_>>(),
            &rows.iter().map(|&(_, user, _)| user).collect::<Vec<_>>(),
            &rows.into_iter().map(|(.., key)| key).collect::<Vec<_>>() as &[Option<String>],
        );
        let mut known = Self::default();
        for row in rows.fetch_all(connection).await? {
            let (auction, user) = (AuctionId(row.auction_id), UserId(row.user_id));
            known.aliases.extend(row.number.map(|number| ((auction, user), Alias(number))));
            let (Some(key), Some(automatic), Some(accept_buy_now), Some(reply)) =
                (row.key, row.automatic, row.accept_buy_now, row.reply)
            else {
                continue;
            };
            let request = stored_request(row.amount, automatic, accept_buy_now)?;
            let reply = Reply::from_name(&reply).ok_or_else(|| Error::Broken(format!("reply {reply}")))?;
            known.earlier.insert((auction, user, key), Earlier { request, reply });
        }
        Ok(known)
    }
}

fn stored_request(amount: Option<Decimal>, automatic: bool, accept_buy_now: bool) -> Result<Request> {
    Ok(match amount {
        None => Request::BuyNow { at_most: None },
        Some(amount) => Request::Bid(Bid { amount: money(amount)?, automatic, accept_buy_now }),
    })
}
