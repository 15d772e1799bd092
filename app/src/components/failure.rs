//! Why something did not happen, in words. Every refusal says what would be accepted.

use leptos::prelude::*;
use market::{
    Money, Refusal,
    refusal::{PictureFault, Reason},
};

use super::Icon;
use crate::{api::ApiError, language::won, reply::reply_to};

/// The words of an error.
#[must_use]
pub fn error_text(error: &ApiError) -> String {
    match error {
        ApiError::Refused(refusal) => refusal_text(refusal),
        ApiError::Failed { reference } => tr!(common.error.failed, reference = reference.clone()).to_string(),
        ApiError::Offline { .. } => tr!(common.error.offline).to_owned(),
    }
}

/// The words of a refusal.
#[must_use]
pub fn refusal_text(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooMany { retry_after } => tr!(common.refused.too_many, seconds = *retry_after).to_string(),
        Refusal::OffGrid { lower, upper } => {
            tr!(common.refused.off_grid, lower = won(*lower), upper = won(*upper)).to_string()
        }
        Refusal::WouldBuyNow { price } => tr!(common.refused.would_buy_now, price = won(*price)).to_string(),
        Refusal::BidTooLow { min } => tr!(common.refused.bid_too_low, min = won(*min)).to_string(),
        Refusal::BelowCurrentPrice { min } => {
            tr!(common.refused.below_current_price, min = won(*min)).to_string()
        }
        Refusal::InsufficientFunds { required, available } => {
            let missing = won(*required - *available);
            tr!(common.refused.insufficient_funds, available = won(*available), missing = missing).to_string()
        }
        Refusal::Fields { faults } => match faults.as_slice() {
            [fault] => reason_text(fault.reason).to_owned(),
            _ => tr!(common.refused.fields).to_owned(),
        },
        Refusal::Picture { fault } => picture_text(*fault).to_owned(),
        Refusal::AccountInUse { available, held, trades } => account_in_use_text(*available, *held, *trades),
        Refusal::Scope { .. } => tr!(common.refused.scope).to_owned(),
        plain => plain_refusal_text(plain).to_owned(),
    }
}

fn plain_refusal_text(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoSession => tr!(common.refused.no_session),
        Refusal::WrongCredentials => tr!(common.refused.wrong_credentials),
        Refusal::NotYours => tr!(common.refused.not_yours),
        Refusal::Suspended => tr!(common.refused.suspended),
        Refusal::NotFound => tr!(common.refused.not_found),
        Refusal::KeyReused => tr!(common.refused.key_reused),
        Refusal::NotStarted => tr!(common.refused.not_started),
        Refusal::Ended => tr!(common.refused.ended),
        Refusal::SellerCannotBid => tr!(common.refused.seller_cannot_bid),
        Refusal::InvalidAmount => tr!(common.refused.invalid_amount),
        Refusal::NoBuyNow => tr!(common.refused.no_buy_now),
        Refusal::SameMaximum => tr!(common.refused.same_maximum),
        Refusal::NotDue => tr!(common.refused.not_due),
        Refusal::NotSold => tr!(common.refused.not_sold),
        Refusal::HasBids => tr!(common.refused.has_bids),
        Refusal::NoBids => tr!(common.refused.no_bids),
        Refusal::AlreadyCalled => tr!(common.refused.already_called),
        Refusal::AlreadyNational => tr!(common.refused.already_national),
        Refusal::PaymentDeclined => tr!(common.refused.payment_declined),
        Refusal::TradeOpen => tr!(common.refused.trade_open),
        Refusal::AlreadyReviewed => tr!(common.refused.already_reviewed),
        Refusal::AlreadyAnswered => tr!(common.refused.already_answered),
        Refusal::AlreadyHandedOver => tr!(common.refused.already_handed_over),
        Refusal::Blocked => tr!(common.refused.blocked),
        Refusal::Busy => tr!(common.refused.busy),
        _ => tr!(common.refused.malformed),
    }
}

fn picture_text(fault: PictureFault) -> &'static str {
    match fault {
        PictureFault::TooLarge => tr!(common.picture.too_large),
        PictureFault::NotAPicture => tr!(common.picture.not_a_picture),
        PictureFault::TooManyPixels => tr!(common.picture.too_many_pixels),
        PictureFault::Broken => tr!(common.picture.broken),
    }
}

/// Names what is in the way, each with its figure.
fn account_in_use_text(available: Money, held: Money, trades: i64) -> String {
    let money = |amount: Money, text: String| (!amount.is_zero()).then_some(text);
    let reasons = [
        money(available, tr!(common.account.available, amount = won(available)).to_string()),
        money(held, tr!(common.account.held, amount = won(held)).to_string()),
        (trades > 0).then(|| tr!(common.account.trades, count = trades).to_string()),
    ];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    tr!(common.refused.account_in_use, reasons = reasons.join(", ")).to_string()
}

/// The words of a field's fault.
#[must_use]
pub fn reason_text(reason: Reason) -> &'static str {
    match reason {
        Reason::Required => tr!(common.reason.required),
        Reason::Malformed => tr!(common.reason.malformed),
        Reason::TooShort => tr!(common.reason.too_short),
        Reason::TooLong => tr!(common.reason.too_long),
        Reason::Taken => tr!(common.reason.taken),
        Reason::Unknown => tr!(common.reason.unknown),
        Reason::OutOfRange => tr!(common.reason.out_of_range),
        Reason::OffGrid => tr!(common.reason.off_grid),
        Reason::NotAboveStart => tr!(common.reason.not_above_start),
        Reason::BuyNowTooLow => tr!(common.reason.buy_now_too_low),
        Reason::EndTooEarly => tr!(common.reason.end_too_early),
        Reason::DurationTooShort => tr!(common.reason.duration_too_short),
        Reason::DurationTooLong => tr!(common.reason.duration_too_long),
        Reason::SoftCloseOutOfRange => tr!(common.reason.soft_close_out_of_range),
        Reason::CrookedLadder => tr!(common.reason.crooked_ladder),
        Reason::TooCommon => tr!(common.reason.too_common),
        Reason::TooMany => tr!(common.reason.too_many),
    }
}

/// The fault of one field in an error, if it has one.
#[must_use]
pub fn fault_of(error: Option<&ApiError>, field: &str) -> Option<&'static str> {
    match error?.refusal()? {
        Refusal::Fields { faults } => {
            faults.iter().find(|fault| fault.field == field).map(|fault| reason_text(fault.reason))
        }
        _ => None,
    }
}

/// What is wrong with the form as a whole: the faults of its fields stand beside them.
#[must_use]
pub fn beside_fields(error: Signal<Option<ApiError>>) -> Signal<Option<ApiError>> {
    Signal::derive(move || error.get().filter(|error| !error.is_of_fields()))
}

/// An error above a form or in place of a page's part.
#[component]
pub fn FailureNotice(
    /// What went wrong.
    error: ApiError,
) -> impl IntoView {
    view! {
        <div class="notice is-bad" role="alert">
            <Icon name="alert" />
            <p>{error_text(&error)}</p>
        </div>
    }
}

/// What went wrong with a form: the script's answer, else the plain form's.
#[must_use]
pub fn failure<T: Clone + Send + Sync + 'static>(
    form: &str,
    value: impl Fn() -> Option<Result<T, ApiError>> + Send + Sync + 'static,
) -> Signal<Option<ApiError>> {
    let plain = reply_to(form).and_then(|reply| reply.error());
    Signal::derive(move || match value() {
        Some(answer) => answer.err(),
        None => plain.clone(),
    })
}

/// Shows it, as long as there is something.
#[component]
pub fn Failed(
    /// See [`failure`].
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    move || error.get().map(|error| view! { <FailureNotice error /> })
}
