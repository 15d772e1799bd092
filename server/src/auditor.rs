//! The books are audited each minute; the first won that does not add up raises an alarm: a metric, an error
//! in the log, and a banner that staff see on every page.
//!
//! Every server tries, one does it ([`Market::audit_turn`]): the others learn from the books what it found,
//! so that each server's metric says the same whoever is asked, and no server need be the chosen one.

use std::time::Duration;

use market::store::{Market, Result, audit::AuditNews};
use tracing::{error, info};

use crate::watching;

/// Between two runs.
pub const EVERY: Duration = Duration::from_mins(1);

/// A turn at the audit, with everything that follows from what is found.
///
/// # Errors
/// When the books fail.
pub async fn round(market: &Market) -> Result<()> {
    let turn = market.audit_turn().await?;
    if let Some(run) = &turn.run {
        watching::audited(run.violations, run.at);
    }
    match turn.news {
        AuditNews::Alarm(alarm) => error!(
            reference = alarm.reference,
            invariant = alarm.invariant.as_str(),
            violations = alarm.violations,
            "the books do not add up"
        ),
        AuditNews::Raised(alarm) => error!(
            reference = alarm.reference,
            invariant = alarm.invariant.as_str(),
            violations = alarm.violations,
            since = %alarm.since,
            "the books still do not add up"
        ),
        AuditNews::Cleared => info!("the books add up again"),
        AuditNews::Sound | AuditNews::NotRun => {}
    }
    Ok(())
}
