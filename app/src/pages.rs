//! The pages.

mod auction;
mod gallery;
mod home;
mod me;
mod not_found;
mod sell;
mod server_error;
mod sign_in;
mod sign_up;
mod wallet;

pub use auction::Auction;
pub use gallery::Gallery;
pub use home::Home;
pub use me::MyAuctions;
pub use not_found::NotFound;
pub use sell::Sell;
pub use server_error::ServerError;
pub use sign_in::SignIn;
pub use sign_up::SignUp;
pub use wallet::Wallet;
