//! What people are told of, how and when: the kinds in groups, the channels, quiet hours, and what becomes of
//! a notice that waits to leave the house. Pure; the books keep what people chose, the server sends.

mod fate;
mod keys;
mod quiet;
mod settings;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

pub use fate::{Fate, STALE, Waiting, retry_after};
pub use keys::{Keys, is_endpoint};
pub use quiet::Quiet;
pub use settings::{NoticeSettings, switch};

use crate::view::NoticeKind;

/// How somebody is told, beside the row in his inbox, which is always kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A short word at the edge of an open page.
    Toast,
    /// A letter.
    Mail,
    /// A browser that is woken for it.
    Push,
}

impl Channel {
    /// All of them, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::Toast, Self::Mail, Self::Push];

    /// The word in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Toast => "toast",
            Self::Mail => "mail",
            Self::Push => "push",
        }
    }

    /// The kinds that go this way for people who never chose.
    #[must_use]
    pub fn usual(self) -> &'static [NoticeKind] {
        use NoticeKind as Kind;
        match self {
            Self::Toast => &Kind::ALL,
            Self::Mail => &[Kind::Won, Kind::Sold, Kind::Refunded, Kind::Paid, Kind::Disputed],
            Self::Push => &[Kind::Outbid, Kind::Won, Kind::Sold, Kind::Message, Kind::EndingSoon],
        }
    }

    /// After something was sent about an auction, more of the same kind waits at least so long: a war of
    /// bids is no storm of letters.
    #[must_use]
    pub fn pause(self) -> TimeDelta {
        match self {
            Self::Toast => TimeDelta::zero(),
            Self::Mail => TimeDelta::minutes(10),
            Self::Push => TimeDelta::seconds(30),
        }
    }
}

/// Kinds that belong together, as the inbox is filtered and the settings are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What I bid on.
    Bids,
    /// What I sell.
    Sales,
    /// What others say to me.
    Talk,
    /// The rest.
    Other,
}

impl Group {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Bids, Self::Sales, Self::Talk, Self::Other];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bids => "bids",
            Self::Sales => "sales",
            Self::Talk => "talk",
            Self::Other => "other",
        }
    }

    /// The group of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == name)
    }

    /// The group of a kind.
    #[must_use]
    pub fn of(kind: NoticeKind) -> Self {
        use NoticeKind as Kind;
        match kind {
            Kind::Outbid
            | Kind::EndingSoon
            | Kind::Won
            | Kind::Lost
            | Kind::HandedOver
            | Kind::Refunded
            | Kind::Cancelled => Self::Bids,
            Kind::NewBid | Kind::Sold | Kind::Unsold | Kind::Paid | Kind::Disputed => Self::Sales,
            Kind::Question | Kind::Answer | Kind::Message => Self::Talk,
            Kind::Found | Kind::Review => Self::Other,
        }
    }

    /// Its kinds.
    pub fn kinds(self) -> impl Iterator<Item = NoticeKind> {
        NoticeKind::ALL.into_iter().filter(move |kind| Self::of(*kind) == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_group() {
        let grouped: usize = Group::ALL.into_iter().map(|group| group.kinds().count()).sum();
        assert_eq!(grouped, NoticeKind::ALL.len());
    }
}
