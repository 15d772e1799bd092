//! What was accepted before under the same key.

use std::collections::HashMap;

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    AuctionId, UserId,
    bidding::{Bid, Earlier, Reply, Request},
    store::{Error, Result, desk::Ask, wallets::money},
};

/// Whose key, in which auction.
pub(super) type KeyOf = (AuctionId, UserId, String);

/// The key of an ask, if it has one.
pub(super) fn key_of(ask: &Ask) -> Option<KeyOf> {
    Some((ask.auction, ask.user, ask.key.clone()?))
}

/// The requests that were accepted before under the keys of `asks`: each looked up by itself (`LIMIT`), for
/// while an auction is hot the planner knows nothing of its bids yet and would read all of them.
pub(super) async fn earlier(connection: &mut PgConnection, asks: &[Ask]) -> Result<HashMap<KeyOf, Earlier>> {
    let keyed: Vec<KeyOf> = asks.iter().filter_map(key_of).collect();
    if keyed.is_empty() {
        return Ok(HashMap::new());
    }
    let auctions: Vec<i64> = keyed.iter().map(|(auction, ..)| auction.0).collect();
    let users: Vec<i64> = keyed.iter().map(|(_, user, _)| user.0).collect();
    let keys: Vec<String> = keyed.into_iter().map(|(.., key)| key).collect();
    let rows = sqlx::query!(
        r#"SELECT b.auction_id, b.user_id, b.key AS "key!", b.amount, b.automatic, b.accept_buy_now, b.reply
           FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u (auction_id, user_id, key)
           CROSS JOIN LATERAL (
             SELECT * FROM bids b
             WHERE b.auction_id = u.auction_id AND b.user_id = u.user_id AND b.key = u.key LIMIT 1
           ) b"#,
        &auctions,
        &users,
        &keys
    );
    let mut earlier = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        let request = stored_request(row.amount, row.automatic, row.accept_buy_now)?;
        let reply =
            Reply::from_name(&row.reply).ok_or_else(|| Error::Broken(format!("reply {}", row.reply)))?;
        let key = (AuctionId(row.auction_id), UserId(row.user_id), row.key);
        earlier.insert(key, Earlier { request, reply });
    }
    Ok(earlier)
}

fn stored_request(amount: Option<Decimal>, automatic: bool, accept_buy_now: bool) -> Result<Request> {
    Ok(match amount {
        None => Request::BuyNow { at_most: None },
        Some(amount) => Request::Bid(Bid { amount: money(amount)?, automatic, accept_buy_now }),
    })
}
