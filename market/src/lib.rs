//! The rules of the market, and its books.
//!
//! Everything outside [`store`] is pure: no I/O, no clock, no randomness. The same functions decide a bid on
//! the server and show the next possible bid in the browser. [`store`] (feature `postgres`) holds every SQL
//! statement of the project and calls the pure functions between its reads and its writes.
#![deny(clippy::float_arithmetic)]

pub mod access;
pub mod alias;
pub mod auction;
pub mod bidding;
pub mod closing;
pub mod device;
pub mod ids;
pub mod increment;
pub mod live;
pub mod money;
pub mod notice;
pub mod opening;
pub mod people;
pub mod questions;
pub mod refusal;
pub mod review;
#[cfg(feature = "schema")]
mod schema;
pub mod search;
pub mod staff;
pub mod talk;
pub mod text;
pub mod trade;
mod typed;
pub mod view;
pub mod wallet;

#[cfg(feature = "postgres")]
pub mod store;

pub use auction::{Auction, Leading, Sale, Schedule, Settlement, SoftClose, Status, Terms};
pub use ids::{
    AccessId, AuctionId, BidId, CategoryId, NoticeId, QuestionId, ReviewId, SearchId, SessionId, UserId,
};
pub use increment::{Band, Increment};
pub use money::Money;
pub use refusal::Refusal;
pub use view::PictureId;

/// An instant. One clock gives them all: the database's (rules, *Bidding* 2).
pub type Instant = chrono::DateTime<chrono::Utc>;
