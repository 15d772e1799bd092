//! What the tests of the pure rules and those of the books share: the vectors, and how they are compared.
#![allow(dead_code, reason = "each test binary uses its part of this module")]

pub mod worlds;

/// A file named by the environment, or the project's own copy.
pub fn data_file(variable: &str, own: &str) -> String {
    let path =
        std::env::var(variable).unwrap_or_else(|_| format!("{}/data/{own}", env!("CARGO_MANIFEST_DIR")));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
