//! What people see: one folder or file per page, shared components, server functions.
//!
//! Compiled twice: with `ssr` into the server, which writes complete pages, and with `hydrate` into the
//! browser, which brings them to life. `cfg(feature = "ssr")` stands on module lines only.

pub mod app;
pub mod pages;
pub mod paths;

#[cfg(feature = "ssr")]
pub mod shell;

pub use app::App;
