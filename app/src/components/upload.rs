//! A picture on its way to the server.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

#[cfg(feature = "hydrate")]
pub use browser::upload;
#[cfg(not(feature = "hydrate"))]
pub use server::upload;
