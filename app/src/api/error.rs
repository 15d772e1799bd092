//! What a server function answers when it does not succeed.

use market::Refusal;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// A refusal of the rules, a failure with its reference, or a request that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ApiError {
    /// `{"refused":"bid_too_low","min":12000}`
    Refused(Refusal),
    /// `{"reference":"1f2e3d4c"}`: something broke; the log has the cause under the same reference.
    Failed {
        /// To be told to whoever runs the market.
        reference: String,
    },
    /// `{"offline":true}`: the request or its answer did not arrive. Only the browser makes it.
    Offline {
        /// Always true.
        offline: bool,
    },
}

impl ApiError {
    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Failed { .. } | Self::Offline { .. } => None,
        }
    }

    /// Whether it is told beside the fields of the form that it is about.
    #[must_use]
    pub fn is_of_fields(&self) -> bool {
        matches!(self, Self::Refused(Refusal::Fields { .. }))
    }

    /// Whether the request may have been carried out though no answer says so: its answer was lost, or
    /// something broke on the way. It is sent again under the same key, so that it counts once; so is what
    /// the market was too busy for.
    #[must_use]
    pub fn may_have_counted(&self) -> bool {
        match self {
            Self::Refused(refusal) => *refusal == Refusal::Busy,
            Self::Failed { .. } | Self::Offline { .. } => true,
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::Refused(Refusal::Malformed),
            _ => Self::Offline { offline: true },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_has_not_counted_and_what_was_lost_may_have() {
        assert!(!ApiError::from(Refusal::Ended).may_have_counted());
        assert!(!ApiError::from(Refusal::PaymentDeclined).may_have_counted());
        assert!(ApiError::from(Refusal::Busy).may_have_counted());
        assert!(ApiError::Failed { reference: "1f2e3d4c".to_owned() }.may_have_counted());
        assert!(ApiError::Offline { offline: true }.may_have_counted());
    }
}
