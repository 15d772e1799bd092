//! Everything that people, sellers, staff and the clock can do, at once, over two servers.

use chrono::TimeDelta;
use futures::future::join_all;
use market::{
    AuctionId, Instant, Money, Settlement, UserId,
    bidding::Bid,
    opening::Opening,
    store::{Error, Market, Result},
    trade::{Complaint, Statement},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::Arena;

const AUCTIONS: usize = 8;
const PEOPLE: usize = 20;
const STEPS: usize = 60;

/// What one person does at one moment; the answer does not matter, as long as it is one.
async fn act(
    market: &Market,
    user: UserId,
    seller: UserId,
    id: AuctionId,
    random: &mut StdRng,
) -> Result<()> {
    let key = random.random_range(0..1_000_000).to_string();
    match random.random_range(0..100) {
        0..60 => {
            let price = market.live_state(id).await?.price;
            let amount = price.max(Money::won(9_000)) + Money::won(1_000).times(random.random_range(0..=6));
            let (automatic, accept_buy_now) = (random.random_bool(0.5), random.random_bool(0.1));
            let bid = Bid { amount, automatic, accept_buy_now };
            market.bid(user, id, bid, Some(&key)).await.map(drop)
        }
        60..62 => market.buy_now(user, id, None, Some(&key)).await.map(drop),
        62..72 => market.deposit(user, Money::won(random.random_range(1..50_000)), &key).await.map(drop),
        72..80 => market.withdraw(user, Money::won(random.random_range(1..50_000)), &key).await.map(drop),
        80..86 => market.read_notices(user, i64::MAX).await,
        86..90 => market.watch(user, id, random.random_bool(0.7)).await.map(drop),
        90..92 => market.confirm_handover(user, id).await.map(drop),
        92..93 => {
            let said = Statement { text: "이상해요".to_owned(), picture: None };
            market.dispute(user, id, Complaint::Other, &said, &key).await.map(drop)
        }
        93..94 => market.settle(id).await.map(drop),
        94..95 => market.refund(id).await.map(drop),
        95..97 => market.call_last_bids(seller, id).await.map(drop),
        97 => market.cancel(seller, id).await.map(drop),
        98 => market.wallet_page(user, &::market::view::StatementFilter::default()).await.map(drop),
        _ => market.my_page(user, None, None).await.map(drop),
    }
}

async fn act_often(arena: &Arena, number: usize, user: UserId, auctions: &[AuctionId]) -> usize {
    let mut random = StdRng::seed_from_u64(number as u64);
    let mut succeeded = 0;
    for step in 0..STEPS {
        let auction = auctions[random.random_range(0..auctions.len())];
        match act(arena.server(number + step), user, arena.seller, auction, &mut random).await {
            Ok(()) => succeeded += 1,
            Err(Error::Refused(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
    succeeded
}

/// Closes what is due until nothing is live, as the closer of each server does.
async fn close_all(market: &Market, latest_end: Instant) {
    loop {
        let past_all = market.now().await.expect("the time") >= latest_end;
        for auction in market.due(100).await.expect("asked") {
            match market.close(auction).await {
                Ok(_) | Err(Error::Refused(_)) => {}
                Err(failure) => panic!("{failure}"),
            }
        }
        if past_all {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_at_once_fails_nowhere_and_keeps_every_invariant() {
    let arena = Arena::new().await;
    let people = arena.people(200_000, PEOPLE).await;
    let mut auctions = Vec::with_capacity(AUCTIONS);
    let usual = arena.opening().await;
    let mut ends_at = usual.starts_at + TimeDelta::seconds(1);
    for number in 0..AUCTIONS {
        let mut opening = usual.clone();
        opening.terms.buy_now = (number % 2 == 0).then(|| Money::won(90_000));
        opening.terms.reserve = (number % 3 == 0).then(|| Money::won(40_000));
        opening.terms.soft_close = None;
        if number % 2 == 1 {
            opening.terms.settlement = Settlement::OnHandover;
        }
        ends_at += TimeDelta::milliseconds(200);
        let opening = Opening { ends_at, ..opening };
        auctions.push(arena.database.auction(arena.seller, &format!("item {number}"), &opening).await);
    }
    let acting = people.iter().enumerate();
    let acting = acting.map(|(number, &user)| act_often(&arena, number, user, &auctions));
    let (succeeded, (), ()) = tokio::join!(
        join_all(acting),
        close_all(arena.server(0), ends_at),
        close_all(arena.server(1), ends_at),
    );
    println!("operations {}, succeeded {}", PEOPLE * STEPS, succeeded.iter().sum::<usize>());
    let live = "SELECT count(*) FROM auctions WHERE status = 'live' AND $1 = 0";
    assert_eq!(arena.database.count(live, 0).await, 0);
    arena.database.assert_sound().await;
}
