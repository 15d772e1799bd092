//! The server functions: who calls, parse, one call, return. Endpoints are fixed, `/api/<name>`; readers are
//! GET, what changes state is POST. Amounts and ids arrive as text and are parsed in the body, so that a bad
//! one is refused with its reason.
#![allow(missing_docs, reason = "the fields of the generated types repeat the arguments")]

mod access;
mod bids;
mod catalogue;
mod chat;
mod error;
mod mine;
mod notices;
mod preferences;
mod profile;
mod questions;
mod reports;
mod reviews;
mod searches;
mod selling;
mod sessions;
mod staff;
mod staff_acts;
mod staff_figures;
mod trades;
mod wallets;

pub use access::*;
pub use bids::*;
pub use catalogue::*;
pub use chat::*;
pub use error::ApiError;
pub use mine::*;
pub use notices::*;
pub use preferences::*;
pub use profile::*;
pub use questions::*;
pub use reports::*;
pub use reviews::*;
pub use searches::*;
pub use selling::*;
pub use sessions::*;
pub use staff::*;
pub use staff_acts::*;
pub use staff_figures::*;
pub use trades::*;
pub use wallets::*;
