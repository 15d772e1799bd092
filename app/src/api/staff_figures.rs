//! What staff see of the whole market: the audit of its books, and how the business goes.

use leptos::prelude::*;
use market::view::{BusinessCharts, LedgerAudit};

use super::ApiError;

/// Every invariant of the books with its figures, run now.
#[server(endpoint = "staff_ledger", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_ledger() -> Result<LedgerAudit, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().ledger_audit(signed_in()?).await)
}

/// How the business goes.
#[server(endpoint = "staff_charts", prefix = "/api", input = server_fn::codec::GetUrl)]
pub async fn staff_charts() -> Result<BusinessCharts, ApiError> {
    use crate::server_side::{answer, market, signed_in};
    answer(market().business_charts(signed_in()?).await)
}
