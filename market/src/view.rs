//! What pages show: plain data, read in a fixed number of queries and sent to the browser as it is.

mod account;
mod auction;
mod card;
mod list;
mod mine;
mod notice;
mod person;
mod picture;
mod questions;
mod review;
mod searches;
mod selling;
mod shelves;
mod statement;
mod talk;
mod trade;
mod wallet;

pub use account::*;
pub use auction::*;
pub use card::*;
pub use list::*;
pub use mine::*;
pub use notice::*;
pub use person::*;
pub use picture::*;
pub use questions::*;
pub use review::*;
pub use searches::*;
pub use selling::*;
pub use shelves::*;
pub use statement::*;
pub use talk::*;
pub use trade::*;
pub use wallet::*;
