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
