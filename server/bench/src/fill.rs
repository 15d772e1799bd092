//! People with money, and auctions to bid on.

use anyhow::Context;
use chrono::TimeDelta;
use market::{
    AuctionId, Increment, Money, Settlement, Terms, UserId,
    bidding::Bid,
    opening::{Condition, Listing, Opening, Reach, Shipping},
    store::accounts::fresh_key,
};

use crate::place::Place;

/// The step of every auction here, in won.
pub const UNIT: i64 = 1_000;
/// What everybody has, in won: more than any bench can spend.
const RICH: i64 = 1_000_000_000_000;

/// People with money, by the statements of a sign-up and a deposit, a thousand at a time.
pub async fn people(place: &Place, count: i32, name: &str) -> anyhow::Result<Vec<UserId>> {
    let ids = sqlx::query_scalar::<_, i64>(
        "WITH person AS (
           INSERT INTO users (username, nickname, region_code, created_at)
           SELECT $1 || n, $1 || n, '11440123', clock_timestamp() FROM generate_series(1, $2) n
           RETURNING id
         ), wallet AS (
           INSERT INTO wallets (user_id, available) SELECT id, $3 FROM person RETURNING user_id
         ), posted AS (
           INSERT INTO ledger_rows (user_id, kind, available, held, available_after, held_after, at)
           SELECT user_id, 'deposit', $3, 0, $3, 0, clock_timestamp() FROM wallet
         )
         SELECT id FROM person ORDER BY id",
    );
    let ids = ids.bind(name).bind(count).bind(RICH).fetch_all(&place.pool).await?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// National auctions with plain terms that outlast the bench, of as many sellers, at most a hundred.
pub async fn auctions(place: &Place, count: usize, name: &str) -> anyhow::Result<Vec<AuctionId>> {
    let sellers = people(place, i32::try_from(count.min(100))?, &format!("{name} ")).await?;
    let starts_at = place.market.now().await?;
    let opening = Opening {
        listing: Listing {
            title: "라이카 M3".to_owned(),
            description: String::new(),
            category: "기타".to_owned(),
            condition: Condition::A,
            shipping: Shipping::Seller,
            reach: Reach::National,
            region: None,
        },
        pictures: Vec::new(),
        terms: Terms {
            start_price: Money::won(UNIT),
            increment: Increment::Fixed { unit: Money::won(UNIT) },
            buy_now: None,
            reserve: None,
            soft_close: None,
            settlement: Settlement::OnClose,
        },
        starts_at,
        ends_at: starts_at + TimeDelta::days(1),
    };
    let mut ids = Vec::with_capacity(count);
    for &seller in sellers.iter().cycle().take(count) {
        let id = place.market.open_auction(seller, &fresh_key()?, &opening).await;
        ids.push(id.context("an auction to bid on")?);
    }
    Ok(ids)
}

/// Nothing is broken in the books.
pub async fn assert_sound(place: &Place) -> anyhow::Result<()> {
    let broken = place.market.audit().await?;
    anyhow::ensure!(broken.is_empty(), "the books do not add up after the bench: {broken:?}");
    Ok(())
}

/// A session for each of `people`; their tokens.
pub async fn sessions(place: &Place, people: &[UserId]) -> anyhow::Result<Vec<String>> {
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let tokens = sqlx::query_scalar::<_, String>(
        "WITH token AS (
           SELECT id, md5(id::text) || md5(id || 'bench') AS text FROM unnest($1::bigint[]) AS id
         ), session AS (
           INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at)
           SELECT sha256(convert_to(text, 'UTF8')), id, clock_timestamp(), clock_timestamp(),
                  clock_timestamp() + interval '1 day'
           FROM token
         )
         SELECT text FROM token ORDER BY id",
    );
    Ok(tokens.bind(&ids).fetch_all(&place.pool).await?)
}

/// Bids of twenty people on `auction`, one after the other.
pub async fn history(place: &Place, auction: AuctionId, bids: usize) -> anyhow::Result<()> {
    let people = people(place, 20, "history ").await?;
    for (number, &person) in people.iter().cycle().take(bids).enumerate() {
        let amount = Money::won(i64::try_from(number + 1)? * UNIT);
        let bid = Bid { amount, automatic: false, accept_buy_now: false };
        place.market.bid(person, auction, bid, None).await?;
    }
    Ok(())
}
