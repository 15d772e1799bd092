//! What pages show: plain data, read in a fixed number of queries and sent to the browser as it is.

mod auction;
mod card;
mod list;
mod mine;
mod notice;
mod person;
mod wallet;

pub use auction::*;
pub use card::*;
pub use list::*;
pub use mine::*;
pub use notice::*;
pub use person::*;
pub use wallet::*;
