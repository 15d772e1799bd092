//! Closes auctions on time (design, *Closing*), and pays sellers whose buyers kept silent for 7 days.
//!
//! No leader, no cron, no minute tick: each server sleeps until the next end, is woken when one moves nearer,
//! and closes what is due, each auction in a transaction of its own that checks again under the row's lock.
//! Several servers may try the same one: the lock orders them, and all but one are told that it has ended.
//!
//! A sleep lasts at most [`LONGEST_SLEEP`]. That is the safety net for ends that other servers set while no
//! news of theirs reach us; a server that sets an end is woken for it by itself.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use market::{
    AuctionId, Instant, Refusal,
    auction::StatusCode,
    store::{Change, Error, Market, Result},
};
use tokio::{
    sync::{Notify, broadcast, broadcast::error::RecvError},
    task::{Id, JoinError, JoinSet},
    time::{Instant as Moment, sleep_until},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::{stop::Stop, watching};

/// The most transactions at once.
const AT_ONCE: usize = 16;
/// How many due ones are listed at a time.
const LISTED: i64 = 256;
/// See the module.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// Whatever the two clocks say, there is a pause between two looks.
const SHORTEST_SLEEP: Duration = Duration::from_millis(5);
/// While something due is under way or cannot be done, its end hides the next one's: look this often.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// A row that stayed locked is tried again after this.
const BUSY_PAUSE: Duration = Duration::from_millis(50);
/// What failed is tried again after this, then after twice as long, …
const FAILED_PAUSE: Duration = Duration::from_millis(500);
/// … but no later than after this.
const FAILED_PAUSE_MAX: Duration = Duration::from_mins(1);

/// Starts the closer; what fell due while nobody was there is closed at once (defect M5).
pub fn start(market: Market, stop: &Stop) -> Alarm {
    let alarm = Alarm::default();
    let changes = market.changes();
    let closer = Closer::new(market, alarm.clone());
    stop.tasks.spawn(closer.run(changes, stop.token.clone()));
    alarm
}

/// Wakes the closer for ends that were set elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Alarm(Arc<Bell>);

#[derive(Debug, Default)]
struct Bell {
    earliest: Mutex<Option<Instant>>,
    rung: Notify,
}

impl Alarm {
    /// Something ends at `end`.
    pub fn set(&self, end: Instant) {
        let mut earliest = self.0.earliest.lock().unwrap_or_else(PoisonError::into_inner);
        *earliest = Some(earliest.map_or(end, |before| before.min(end)));
        self.0.rung.notify_one();
    }

    /// Something may have ended: look now.
    pub fn ring(&self) {
        self.set(Instant::MIN_UTC);
    }

    async fn rung(&self) -> Instant {
        loop {
            self.0.rung.notified().await;
            if let Some(end) = self.0.earliest.lock().unwrap_or_else(PoisonError::into_inner).take() {
                return end;
            }
        }
    }
}

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Job {
    Close(AuctionId),
    PayOut(AuctionId),
}

/// What is not tried for a while.
struct Rest {
    until: Moment,
    failures: u32,
}

struct Closer {
    market: Market,
    alarm: Alarm,
    waiting: VecDeque<Job>,
    running: JoinSet<Result<StatusCode>>,
    jobs: HashMap<Id, Job>,
    resting: HashMap<Job, Rest>,
    /// When to look next.
    wake: Moment,
    /// What the market's clock said, and when that was by ours.
    reading: Option<(Instant, Moment)>,
    is_blind: bool,
}

impl Closer {
    fn new(market: Market, alarm: Alarm) -> Self {
        Self {
            market,
            alarm,
            waiting: VecDeque::new(),
            running: JoinSet::new(),
            jobs: HashMap::new(),
            resting: HashMap::new(),
            wake: Moment::now(),
            reading: None,
            is_blind: false,
        }
    }

    async fn run(mut self, mut changes: broadcast::Receiver<Change>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.look().await;
            self.until_next_look(&mut changes, &stop).await;
        }
        // What has begun ends in its own time: none of it is cut in half.
        self.waiting.clear();
        while let Some(done) = self.running.join_next_with_id().await {
            self.finished(done);
        }
    }

    /// Lists what is due, starts it, and plans the next look.
    async fn look(&mut self) {
        let now = Moment::now();
        self.wake = now + LONGEST_SLEEP;
        match self.list().await {
            Ok(next) => {
                if std::mem::take(&mut self.is_blind) {
                    info!("the closer sees the books again");
                }
                if let Some(next) = next {
                    self.expect(next);
                }
                let least = if self.has_due() { LOOK_EVERY } else { SHORTEST_SLEEP };
                self.wake = self.wake.max(now + least);
            }
            Err(failure) => {
                if !std::mem::replace(&mut self.is_blind, true) {
                    error!(error = %failure, "the closer cannot read the books; it keeps trying");
                }
                self.wake = now + FAILED_PAUSE;
            }
        }
        self.start_some();
    }

    /// Puts what is due in line; when the next one is.
    async fn list(&mut self) -> Result<Option<Instant>> {
        let limit = LISTED + i64::try_from(self.resting.len()).unwrap_or(0);
        let closing = self.market.due(limit).await?.into_iter().map(Job::Close);
        let paying = self.market.handovers_due(limit).await?.into_iter().map(Job::PayOut);
        let due: Vec<Job> = closing.chain(paying).collect();
        let now = Moment::now();
        let is_known = |job: &Job| self.waiting.contains(job) || self.jobs.values().any(|known| known == job);
        let rests = |job: &Job| self.resting.get(job).is_some_and(|rest| rest.until > now);
        let fresh: Vec<Job> = due.iter().copied().filter(|job| !is_known(job) && !rests(job)).collect();
        // What is no longer due (somebody repaired or closed it) need not be remembered.
        self.resting.retain(|job, _| due.contains(job));
        self.waiting.extend(fresh);
        let (next, said) = self.market.next_due().await?;
        self.reading = Some((said, Moment::now()));
        Ok(next)
    }

    fn has_due(&self) -> bool {
        !(self.waiting.is_empty() && self.jobs.is_empty() && self.resting.is_empty())
    }

    fn start_some(&mut self) {
        while self.running.len() < AT_ONCE
            && let Some(job) = self.waiting.pop_front()
        {
            let market = self.market.clone();
            let task = self.running.spawn(async move {
                match job {
                    Job::Close(id) => market.close(id).await,
                    Job::PayOut(id) => market.settle_by_time(id).await,
                }
            });
            self.jobs.insert(task.id(), job);
        }
    }

    /// Waits until it is time, or until something was done and nothing is left to do.
    async fn until_next_look(&mut self, changes: &mut broadcast::Receiver<Change>, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = sleep_until(self.wake) => return,
                end = self.alarm.rung() => self.expect(end),
                change = changes.recv() => match change {
                    Ok(Change::End(end)) => self.expect(end),
                    Ok(Change::Auction(_) | Change::People(_) | Change::Chat(_) | Change::Sessions(_)) => {}
                    Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => return stop.cancelled().await,
                },
                Some(done) = self.running.join_next_with_id() => {
                    self.finished(done);
                    self.start_some();
                    if self.running.is_empty() {
                        return;
                    }
                }
            }
        }
    }

    /// Something ends at `end`, by the market's clock: be awake then.
    fn expect(&mut self, end: Instant) {
        let Some((said, at)) = self.reading else { return };
        let left = (end - said).to_std().unwrap_or_default();
        self.wake = at.checked_add(left).map_or(self.wake, |then| self.wake.min(then));
    }

    fn finished(&mut self, done: std::result::Result<(Id, Result<StatusCode>), JoinError>) {
        let (id, outcome) = match done {
            Ok(done) => done,
            Err(panic) => (panic.id(), Err(Error::Broken(panic.to_string()))),
        };
        let Some(job) = self.jobs.remove(&id) else { return };
        match outcome {
            Ok(status) => {
                info!(?job, status = status.as_str(), "closed");
                metrics::counter!(watching::CLOSED, "status" => status.as_str()).increment(1);
                self.resting.remove(&job);
            }
            Err(Error::Refused(Refusal::Busy)) => self.rest(job, BUSY_PAUSE, 0),
            // Another server was quicker, or a late bid moved the end.
            Err(Error::Refused(refusal)) => {
                debug!(?job, ?refusal, "not closed");
                self.resting.remove(&job);
            }
            Err(failure) => {
                let failures = self.resting.get(&job).map_or(1, |rest| rest.failures.saturating_add(1));
                let pause =
                    FAILED_PAUSE.saturating_mul(2_u32.saturating_pow(failures - 1)).min(FAILED_PAUSE_MAX);
                error!(?job, error = %failure, failures, "could not be closed; the others are");
                self.rest(job, pause, failures);
            }
        }
    }

    fn rest(&mut self, job: Job, pause: Duration, failures: u32) {
        if failures == 0 {
            warn!(?job, "busy; tried again shortly");
        }
        let until = Moment::now() + pause;
        self.resting.insert(job, Rest { until, failures });
        self.wake = self.wake.min(until);
    }
}
