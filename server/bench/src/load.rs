//! What every load shares: many at once until time is up, and how long each answer took.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::report::{millis, rate};

/// What came of a load, or of one of those who made it.
pub struct Load {
    times: Histogram<u64>,
    /// Answers that were a rule's no.
    pub refused: u64,
}

impl Load {
    /// Nothing yet.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self { times: Histogram::new(3)?, refused: 0 })
    }

    /// An answer to what was asked at `asked` arrived at `answered`.
    pub fn took(&mut self, asked: Instant, answered: Instant) -> anyhow::Result<()> {
        self.times.record(u64::try_from(answered.duration_since(asked).as_micros())?)?;
        Ok(())
    }

    /// The median, the 99th of 100 and the slowest, in milliseconds.
    pub fn quantiles(&self) -> (f64, f64, f64) {
        let at = |part| millis(self.times.value_at_quantile(part));
        (at(0.5), at(0.99), millis(self.times.max()))
    }

    /// Answers a second that were no refusals.
    pub fn rate(&self, span: Duration) -> f64 {
        rate(self.times.len(), span)
    }

    /// All answers a second, refusals too.
    pub fn decided(&self, span: Duration) -> f64 {
        rate(self.times.len() + self.refused, span)
    }
}

/// All of `people` at once; what came of it together. The first failure ends it.
pub async fn at_once<F>(people: impl IntoIterator<Item = F>) -> anyhow::Result<Load>
where
    F: Future<Output = anyhow::Result<Load>> + Send + 'static,
{
    let mut tasks: JoinSet<_> = people.into_iter().collect();
    let mut together = Load::new()?;
    while let Some(one) = tasks.join_next().await {
        let one = one??;
        together.times.add(one.times)?;
        together.refused += one.refused;
    }
    Ok(together)
}
