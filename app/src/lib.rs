//! What people see: one folder or file per page, shared components, server functions.
//!
//! Compiled twice: with `ssr` into the server, which writes complete pages, and with `hydrate` into the
//! browser, which brings them to life. `cfg(feature = "ssr")` stands on module lines only.
#![recursion_limit = "256"]

#[macro_use]
pub mod i18n;
pub mod api;
pub mod app;
pub mod components;
mod key;
pub mod language;
pub mod live;
pub mod pages;
pub mod paths;
pub mod reply;

#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
pub mod server_side;
#[cfg(feature = "ssr")]
pub mod shell;

pub use app::{Alive, App};
