//! The API as programs see it: what is described is what is answered, and a token does what it may.

#[path = "../../../market/tests/common/db.rs"]
mod db;
mod described;
mod leaving;
mod limits;
mod scopes;
mod site;
mod tokens;
