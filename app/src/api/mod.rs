//! The server functions: who calls, parse, one call, return. Endpoints are fixed, `/api/<name>`; readers are
//! GET, what changes state is POST. Amounts and ids arrive as text and are parsed in the body, so that a bad
//! one is refused with its reason.
#![allow(missing_docs, reason = "the fields of the generated types repeat the arguments")]

mod bids;
mod catalogue;
mod error;
mod preferences;
mod selling;
mod sessions;
mod wallets;

pub use bids::*;
pub use catalogue::*;
pub use error::ApiError;
pub use preferences::*;
pub use selling::*;
pub use sessions::*;
pub use wallets::*;
