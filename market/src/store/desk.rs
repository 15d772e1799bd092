//! The bid desk's queues: whatever waits for the same auction is decided together.
//!
//! One worker per auction that has requests waiting; it takes all of them, decides them in one transaction
//! and looks again. A lone request is a batch of one: there is no second path (design, *The one way of a
//! bid*).

use std::sync::Arc;

use tokio::sync::oneshot;

use super::{Error, Market, Result, bidding, queues::Queues};
use crate::{AuctionId, UserId, bidding::Request, view::BidReceipt};

/// The most requests that one transaction decides.
const BATCH_MAX: usize = 256;

/// A request at the desk.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub user: UserId,
    pub request: Request,
    pub key: Option<String>,
}

/// What an ask is answered with.
pub(super) type Answer = Result<BidReceipt>;

pub(super) struct Waiting {
    ask: Ask,
    answer: oneshot::Sender<Answer>,
}

/// The queues, by auction.
pub(super) type Desk = Queues<AuctionId, Waiting>;

impl Market {
    /// Puts `ask` into the queue of its auction and waits for its answer. The work goes on even if the caller
    /// goes away, so that a batch is never cut in half.
    pub(super) async fn ask(&self, auction: AuctionId, ask: Ask) -> Answer {
        let (answer, receiver) = oneshot::channel();
        if self.inner.desk.push(auction, Waiting { ask, answer }) {
            tokio::spawn(serve(self.clone(), auction));
        }
        // The worker cannot die before it answers; if it did, its transaction never committed.
        receiver.await.unwrap_or_else(|_| Err(Error::Broken("the desk's worker died".to_owned())))
    }
}

async fn serve(market: Market, auction: AuctionId) {
    while let Some(batch) = market.inner.desk.take(auction, BATCH_MAX) {
        let (asks, answers): (Vec<Ask>, Vec<_>) =
            batch.into_iter().map(|waiting| (waiting.ask, waiting.answer)).unzip();
        for (answer, outcome) in answers.into_iter().zip(decide_all(&market, auction, asks).await) {
            // The caller may be gone; what was committed stays committed.
            drop(answer.send(outcome));
        }
    }
}

/// Decides a batch; one that fails is tried again ask by ask, so that a poisoned one fails alone.
async fn decide_all(market: &Market, auction: AuctionId, asks: Vec<Ask>) -> Vec<Answer> {
    let asks: Arc<[Ask]> = asks.into();
    match decide_batch(market, auction, Arc::clone(&asks)).await {
        Ok(answers) => answers,
        Err(error) if asks.len() == 1 => vec![Err(error)],
        // Waiting longer ask by ask would only hold up those who wait behind: all may try again.
        Err(Error::Refused(refusal)) => asks.iter().map(|_| Err(refusal.clone().into())).collect(),
        Err(error) => {
            tracing::warn!(%auction, %error, asks = asks.len(), "a batch failed; deciding one by one");
            let mut answers = Vec::with_capacity(asks.len());
            for ask in asks.iter() {
                let alone = decide_batch(market, auction, Arc::new([ask.clone()])).await;
                answers.push(alone.and_then(|mut one| {
                    one.pop().unwrap_or_else(|| Err(Error::Broken("no answer".to_owned())))
                }));
            }
            answers
        }
    }
}

/// Decides a batch in a task of its own: an invariant that panics takes its transaction with it, and nothing
/// else.
async fn decide_batch(market: &Market, auction: AuctionId, asks: Arc<[Ask]>) -> Result<Vec<Answer>> {
    let market = market.clone();
    let task = tokio::spawn(async move { bidding::decide_batch(&market, auction, &asks).await });
    let outcomes = task.await.map_err(|panic| Error::Broken(panic.to_string()))??;
    Ok(outcomes.into_iter().map(|outcome| outcome.map_err(Error::Refused)).collect())
}
