//! What the books count of themselves, for whoever listens; without a listener it costs nothing. Everything
//! is counted once a batch, however many bids it decides, and each label has few values, known here.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;

use super::{Error, desk::Answer};
use crate::{Refusal, auction::StatusCode};

/// A batch is taken off the desk, whose first request has waited so long.
pub(super) fn batch(size: usize, longest_wait: Duration) {
    metrics::histogram!("neighborbid_desk_batch_size")
        .record(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
    metrics::histogram!("neighborbid_desk_wait_seconds").record(longest_wait);
}

/// A batch was committed.
pub(super) fn committed(took: Duration) {
    metrics::histogram!("neighborbid_commit_seconds").record(took);
}

/// What a batch was answered with. A repetition that is answered as before counts as accepted.
pub(super) fn answered(answers: &[Answer]) {
    let (mut accepted, mut failed) = (0, 0);
    let mut refused: BTreeMap<&'static str, u64> = BTreeMap::new();
    for answer in answers {
        match answer {
            Ok(_) => accepted += 1,
            Err(Error::Refused(refusal)) => *refused.entry(reason(refusal)).or_default() += 1,
            Err(_) => failed += 1,
        }
    }
    let count = |outcome: &'static str, number: u64| {
        if number > 0 {
            metrics::counter!("neighborbid_bids_total", "outcome" => outcome).increment(number);
        }
    };
    count("accepted", accepted);
    count("refused", refused.values().sum());
    count("failed", failed);
    for (reason, number) in refused {
        metrics::counter!("neighborbid_bids_refused_total", "reason" => reason).increment(number);
    }
}

/// An auction was closed so long after its end.
pub(super) fn closed(status: StatusCode, late: TimeDelta) {
    let is_end = matches!(status, StatusCode::Unsold | StatusCode::Sold | StatusCode::Settled);
    // Before the end somebody took it back: that is no closing.
    if let (true, Ok(late)) = (is_end, late.to_std()) {
        metrics::histogram!("neighborbid_closing_lag_seconds").record(late);
    }
}

/// A refusal's code, of those that a bid can meet.
fn reason(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::KeyReused => "key_reused",
        Refusal::NotStarted => "not_started",
        Refusal::Ended => "ended",
        Refusal::SellerCannotBid => "seller_cannot_bid",
        Refusal::InvalidAmount => "invalid_amount",
        Refusal::OffGrid { .. } => "off_grid",
        Refusal::WouldBuyNow { .. } => "would_buy_now",
        Refusal::NoBuyNow => "no_buy_now",
        Refusal::BidTooLow { .. } => "bid_too_low",
        Refusal::BelowCurrentPrice { .. } => "below_current_price",
        Refusal::SameMaximum => "same_maximum",
        Refusal::InsufficientFunds { .. } => "insufficient_funds",
        Refusal::NoSession => "no_session",
        Refusal::NotFound => "not_found",
        Refusal::Suspended => "suspended",
        Refusal::Busy => "busy",
        _ => "other",
    }
}
