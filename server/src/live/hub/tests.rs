//! The hub over a database that nobody can reach: what it does with states that come, and without those that
//! do not.

use market::{Money, auction::StatusCode, store::Clock};
use sqlx::postgres::PgPoolOptions;

use super::*;

const FEED: Feed = Feed::Auction(AuctionId(7));

fn hub() -> Hub {
    let options = PgPoolOptions::new().acquire_timeout(Duration::from_millis(50));
    let pool = options.connect_lazy("postgres://nobody@127.0.0.1:1/nowhere").expect("a pool");
    let stop = Stop::new();
    Hub::start(&Market::over(pool, Clock::Database), &stop)
}

fn state(seq: i64) -> AuctionState {
    AuctionState {
        id: AuctionId(7),
        seq,
        status: StatusCode::Live,
        price: Money::won(seq * 1_000),
        leader: None,
        winner: None,
        reserve_met: None,
        starts_at: market::Instant::UNIX_EPOCH,
        ends_at: market::Instant::MAX_UTC,
        first_end: market::Instant::MAX_UTC,
        hard_stop_at: None,
        last_call: false,
        bid_count: 0,
        bidder_count: 0,
        bids: Vec::new(),
    }
}

#[tokio::test]
async fn k2_the_newest_number_wins_whatever_comes_after_it() {
    let hub = hub();
    let mut membership = hub.join(FEED);
    for seq in [5, 4, 6, 3, 6] {
        hub.auction_changed(&state(seq));
    }
    assert_eq!(membership.next().await, News::auction(state(6)).text());
    hub.auction_changed(&state(2));
    assert_eq!(membership.untold(), None);
}

#[tokio::test]
async fn what_is_known_is_told_without_the_database_unless_news_may_be_missing() {
    let hub = hub();
    let first = hub.join(FEED);
    hub.auction_changed(&state(1));
    let mut second = hub.listen(FEED).await.expect("from memory");
    assert_eq!(second.next().await, News::auction(state(1)).text());
    hub.set_hears_all(false);
    assert_eq!(hub.listen(FEED).await.err(), Some(Refusal::Busy));
    drop(first);
}

#[tokio::test]
async fn news_that_cannot_be_read_are_told_as_lost_until_a_whole_state_comes() {
    let hub = hub();
    let mut membership = hub.join(FEED);
    hub.auction_changed(&state(1));
    membership.next().await;
    for lost in 1..=2 {
        hub.refresh(FEED);
        assert_eq!(membership.next().await, news::RESYNC, "{lost}");
        assert_eq!(hub.listen(FEED).await.err(), Some(Refusal::Busy), "what it knows may be old");
    }
    hub.auction_changed(&state(2));
    assert_eq!(membership.next().await, News::auction(state(2)).text());
    assert!(hub.listen(FEED).await.is_ok());
}

#[tokio::test]
async fn the_last_one_out_takes_the_topic_and_only_he() {
    let hub = hub();
    let (one, other) = (hub.join(FEED), hub.join(FEED));
    hub.interest().take();
    drop(one);
    assert_eq!(hub.feeds(), [FEED]);
    assert!(hub.interest().take().is_empty());
    drop(other);
    assert_eq!(hub.feeds(), []);
    assert_eq!(hub.interest().take().into_iter().collect::<Vec<_>>(), [FEED]);
    assert_eq!(hub.listen(Feed::Me(UserId(1))).await.err(), Some(Refusal::Busy));
    assert_eq!(hub.feeds(), [], "a topic that cannot be read leaves nothing behind");
}
