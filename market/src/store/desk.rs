//! The bid desk: whatever waits is decided together, of one auction or of many.
//!
//! A few workers share the tray. Each takes up to [`BATCH_MAX`] asks of auctions that no other worker has in
//! hand, decides them in one transaction and looks again; so the asks of an auction keep their order, and no
//! two workers wait for the same row. A lone request is a batch of one: there is no second path (design, *The
//! one way of a bid*).

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Instant as Moment,
};

use tokio::sync::oneshot;

use super::{Error, Market, Result, bidding, measures};
use crate::{AuctionId, UserId, bidding::Request, view::BidReceipt};

/// The most requests that one transaction decides.
const BATCH_MAX: usize = 256;
/// The most batches at once: while one waits for its commit another is decided. More would only make them
/// smaller.
const WORKERS: usize = 2;

/// How often at most a worker lets other tasks go first when it has answered: tokio polls some sixty of them
/// each time, and a batch has answered up to [`BATCH_MAX`].
const ROUNDS: usize = 8;

/// When a request reached this server; it means nothing to any other.
///
/// On its way to the desk a request waits for its form and its session, now longer, now shorter. Whoever was
/// here first is decided first all the same, as long as he is at the desk before its batch is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival(Moment);

impl Arrival {
    /// This moment.
    #[must_use]
    pub fn now() -> Self {
        Self(Moment::now())
    }
}

/// A request at the desk.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub auction: AuctionId,
    pub user: UserId,
    pub request: Request,
    pub key: Option<String>,
    pub arrival: Arrival,
}

/// What an ask is answered with.
pub(super) type Answer = Result<BidReceipt>;

struct Waiting {
    ask: Ask,
    answer: oneshot::Sender<Answer>,
}

/// What waits, and who works.
#[derive(Default)]
pub(super) struct Desk(Mutex<Tray>);

#[derive(Default)]
struct Tray {
    /// By auction, in the order of their arrival; never empty.
    waiting: HashMap<AuctionId, VecDeque<Waiting>>,
    /// Auctions with something waiting that no worker has in hand, longest first.
    turn: VecDeque<AuctionId>,
    in_hand: HashSet<AuctionId>,
    workers: usize,
}

impl Market {
    /// Puts `ask` on the desk and waits for its answer. The work goes on even if the caller goes away, so
    /// that a batch is never cut in half.
    pub(super) async fn ask(&self, ask: Ask) -> Answer {
        let (answer, receiver) = oneshot::channel();
        if self.inner.desk.push(Waiting { ask, answer }) {
            tokio::spawn(serve(self.clone()));
        }
        // The worker cannot die before it answers; if it did, its transaction never committed.
        receiver.await.unwrap_or_else(|_| Err(Error::Broken("the desk's worker died".to_owned())))
    }
}

impl Desk {
    /// Puts something down; whether one more worker should come.
    fn push(&self, waiting: Waiting) -> bool {
        let mut tray = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let auction = waiting.ask.auction;
        let queue = tray.waiting.entry(auction).or_default();
        let place = queue.partition_point(|earlier| earlier.ask.arrival <= waiting.ask.arrival);
        queue.insert(place, waiting);
        let is_first = queue.len() == 1;
        if is_first && !tray.in_hand.contains(&auction) {
            tray.turn.push_back(auction);
        }
        let come = !tray.turn.is_empty() && tray.workers < WORKERS;
        tray.workers += usize::from(come);
        come
    }

    /// The next batch, whose auctions nobody else gets until they are [put back](Self::put_back). When there
    /// is none, the worker goes.
    fn take(&self) -> Option<Vec<Waiting>> {
        let mut tray = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tray = &mut *tray;
        let mut batch = Vec::new();
        while batch.len() < BATCH_MAX {
            let Some(auction) = tray.turn.pop_front() else { break };
            tray.in_hand.insert(auction);
            let Some(queue) = tray.waiting.get_mut(&auction) else { continue };
            let size = queue.len().min(BATCH_MAX - batch.len());
            batch.extend(queue.drain(..size));
            if queue.is_empty() {
                tray.waiting.remove(&auction);
            }
        }
        if batch.is_empty() {
            tray.workers -= 1;
            return None;
        }
        Some(batch)
    }

    /// Lets those who were just answered ask again before their auctions are anybody's: else a crowd falls
    /// apart into two, by turns, and each costs a batch's statements. When nobody asks, nobody is waited for:
    /// the first round brings nothing new.
    async fn let_ask_again(&self, auctions: &BTreeSet<AuctionId>) {
        for _ in 0..ROUNDS {
            let waiting = self.waiting(auctions);
            tokio::task::yield_now().await;
            if self.waiting(auctions) == waiting {
                break;
            }
        }
    }

    /// How many wait for these auctions.
    fn waiting(&self, auctions: &BTreeSet<AuctionId>) -> usize {
        let tray = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        auctions.iter().filter_map(|auction| tray.waiting.get(auction)).map(VecDeque::len).sum()
    }

    /// The worker is done with these auctions; what came for them meanwhile is due.
    fn put_back(&self, auctions: &BTreeSet<AuctionId>) {
        let mut tray = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for auction in auctions {
            if tray.in_hand.remove(auction) && tray.waiting.contains_key(auction) {
                tray.turn.push_back(*auction);
            }
        }
    }
}

async fn serve(market: Market) {
    while let Some(batch) = market.inner.desk.take() {
        let first = batch.iter().map(|waiting| waiting.ask.arrival).min();
        measures::batch(batch.len(), first.map(|arrival| arrival.0.elapsed()).unwrap_or_default());
        let (asks, answers): (Vec<Ask>, Vec<_>) =
            batch.into_iter().map(|waiting| (waiting.ask, waiting.answer)).unzip();
        let auctions: BTreeSet<AuctionId> = asks.iter().map(|ask| ask.auction).collect();
        let outcomes = decide_all(&market, asks.into()).await;
        measures::answered(&outcomes);
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // The caller may be gone; what was committed stays committed.
            drop(answer.send(outcome));
        }
        market.inner.desk.let_ask_again(&auctions).await;
        market.inner.desk.put_back(&auctions);
    }
}

/// Decides a batch; one that fails is tried again auction by auction, and one auction's ask by ask, so that
/// what is poisoned fails alone.
async fn decide_all(market: &Market, asks: Arc<[Ask]>) -> Vec<Answer> {
    let error = match decide_batch(market, Arc::clone(&asks)).await {
        Ok(answers) => return answers,
        Err(error) => error,
    };
    if asks.len() == 1 {
        return vec![Err(error)];
    }
    let mut parts: BTreeMap<AuctionId, Vec<usize>> = BTreeMap::new();
    for (place, ask) in asks.iter().enumerate() {
        parts.entry(ask.auction).or_default().push(place);
    }
    let parts: Vec<Vec<usize>> = match (parts.len(), &error) {
        // Waiting longer ask by ask would only hold up those who wait behind: all may try again.
        (1, Error::Refused(_)) => return asks.iter().map(|_| Err(error.repeated())).collect(),
        (1, _) => (0..asks.len()).map(|place| vec![place]).collect(),
        _ => parts.into_values().collect(),
    };
    tracing::warn!(%error, asks = asks.len(), parts = parts.len(), "a batch failed; deciding it in parts");
    let mut answers: BTreeMap<usize, Answer> = BTreeMap::new();
    for part in parts {
        let some: Arc<[Ask]> = part.iter().filter_map(|&place| asks.get(place).cloned()).collect();
        answers.extend(part.into_iter().zip(Box::pin(decide_all(market, some)).await));
    }
    answers.into_values().collect()
}

/// Decides a batch in a task of its own: an invariant that panics takes its transaction with it, and nothing
/// else.
async fn decide_batch(market: &Market, asks: Arc<[Ask]>) -> Result<Vec<Answer>> {
    let market = market.clone();
    let task = tokio::spawn(async move { bidding::decide_batch(&market, &asks).await });
    let outcomes = task.await.map_err(|panic| Error::Broken(panic.to_string()))??;
    Ok(outcomes.into_iter().map(|outcome| outcome.map_err(Error::Refused)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Money,
        bidding::{Bid, Request},
    };

    fn waiting(arrival: Arrival, user: i64) -> Waiting {
        let bid = Bid { amount: Money::won(1_000), automatic: false, accept_buy_now: false };
        let ask =
            Ask { auction: AuctionId(1), user: UserId(user), request: Request::Bid(bid), key: None, arrival };
        Waiting { ask, answer: oneshot::channel().0 }
    }

    #[test]
    fn who_arrived_first_is_decided_first_however_long_his_way_to_the_desk_was() {
        let (first, second) = (Arrival::now(), Arrival::now());
        let third = Arrival(second.0 + std::time::Duration::from_millis(1));
        let desk = Desk::default();
        for (arrival, user) in [(third, 3), (second, 2), (third, 4), (first, 1)] {
            desk.push(waiting(arrival, user));
        }
        let batch = desk.take().expect("a batch");
        let users: Vec<i64> = batch.iter().map(|waiting| waiting.ask.user.0).collect();
        assert_eq!(users, [1, 2, 3, 4], "of two at one moment, who came to the desk first");
    }
}
