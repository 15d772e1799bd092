//! People, and where they and their things are filed.

use serde::{Deserialize, Serialize};

use super::AuditAlarm;
use crate::{CategoryId, Instant, UserId, live::MyState};

/// Who looks: the signed-in person as the header shows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// Who.
    pub id: UserId,
    /// To sign in with.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// Where he lives.
    pub region: Option<Region>,
    /// Whether staff pages are open to him.
    pub is_staff: bool,
}

/// A region, with the names above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Region {
    /// The code of a parent is a prefix of its children's.
    pub code: String,
    /// `망원동`.
    pub name: String,
    /// `서울특별시 마포구 망원동`.
    pub full_name: String,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// In URLs.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// The illustration that stands for it, in `/art`.
    pub art: String,
    /// The line icon, in `/icons`.
    pub glyph: String,
}

/// A seller as others see him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SellerCard {
    /// Who.
    pub id: UserId,
    /// His name.
    pub nickname: String,
    /// He has closed his account: his name is not told any more.
    pub has_left: bool,
    /// Of the reviews of him as a seller that everybody sees; `None` without any, and not 0.
    pub score: Option<i32>,
    /// How many those are.
    pub review_count: i64,
    /// Sales that have settled.
    pub sold_count: i64,
    /// Auctions running now.
    pub running_count: i64,
    /// Since when he is here.
    pub since: Instant,
}

/// What the header shows of the signed-in person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedIn {
    /// Who.
    pub me: Me,
    /// What moves.
    pub state: MyState,
    /// For staff, while the books do not add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<AuditAlarm>,
}
