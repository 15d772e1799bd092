//! Randomness for secrets: the operating system's, never a seeded generator.

use rand::{TryRng, rngs::SysRng};

use super::{Error, Result};

/// 32 random bytes.
pub(super) fn secret() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| Error::Broken(format!("no randomness: {error}")))?;
    Ok(bytes)
}

/// Bytes as lower-case hexadecimal text.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
