//! Pictures by their content's name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::Refusal;

/// An auction shows so many pictures at most (rules, *Opening*).
pub const MOST_PICTURES: usize = 10;

/// The widths in which every picture is stored, in pixels. A smaller original keeps its own size under the
/// same names.
pub const PICTURE_WIDTHS: [u32; 3] = [320, 800, 1600];

/// A picture's name: the SHA-256 of its largest rendition, 64 lowercase hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PictureId(String);

impl PictureId {
    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PictureId {
    type Err = Refusal;

    /// What is no picture's name names no picture: `not_found`.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::try_from(text.to_owned()).map_err(|_| Refusal::NotFound)
    }
}

impl TryFrom<String> for PictureId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let sound = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if sound { Ok(Self(text)) } else { Err("no picture's name") }
    }
}

impl From<PictureId> for String {
    fn from(id: PictureId) -> Self {
        id.0
    }
}

impl fmt::Display for PictureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A picture that was taken, as its upload is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Picture {
    /// Its name.
    pub id: PictureId,
    /// Of the largest rendition, in pixels.
    pub width: u32,
    /// Of the largest rendition, in pixels.
    pub height: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_64_lowercase_hexadecimal_digits_name_a_picture() {
        let sound = "0123456789abcdef".repeat(4);
        assert_eq!(sound.parse::<PictureId>().map(String::from), Ok(sound.clone()));
        let tricks = [String::new(), sound[1..].to_owned(), sound.to_uppercase(), format!("{sound}0")];
        for trick in tricks.into_iter().chain([format!("../{}", &sound[3..]), "가".repeat(64)]) {
            assert_eq!(trick.parse::<PictureId>(), Err(Refusal::NotFound), "{trick}");
            let json = serde_json::Value::String(trick);
            assert!(serde_json::from_value::<PictureId>(json.clone()).is_err(), "{json}");
        }
    }
}
