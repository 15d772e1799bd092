//! The list: its filters as they stand in the URL, and one page of it.

use serde::{Deserialize, Serialize};

use super::{Card, Region};
use crate::{
    AuctionId, Instant, Money,
    opening::{Condition, Reach},
};

/// How a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What ends next first.
    #[default]
    EndingSoon,
    /// What began last first; of what has not begun or is over, what was opened last.
    New,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// Most bids first.
    MostBids,
    /// Nearest first, from the point of the chosen region, else of the viewer's.
    Near,
}

impl Sort {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::EndingSoon, Self::New, Self::PriceUp, Self::PriceDown, Self::MostBids, Self::Near];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EndingSoon => "ending_soon",
            Self::New => "new",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
            Self::MostBids => "most_bids",
            Self::Near => "near",
        }
    }
}

/// The status filter of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bids are taken.
    #[default]
    Running,
    /// Will start.
    Scheduled,
    /// Over, whatever came of it.
    Ended,
}

impl Stage {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Running, Self::Scheduled, Self::Ended];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Scheduled => "scheduled",
            Self::Ended => "ended",
        }
    }
}

/// The list's filters as they stand in the URL, all text; see [`Filter::read`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListQuery {
    /// Words.
    pub q: String,
    /// A region's code, or `all`; empty: the 시/군/구 of the signed-in person.
    pub region: String,
    /// A category's slug.
    pub category: String,
    /// Won.
    pub min_price: String,
    /// Won.
    pub max_price: String,
    /// See [`Condition`].
    pub condition: String,
    /// See [`Reach`].
    pub reach: String,
    /// See [`Stage`].
    pub status: String,
    /// See [`Sort`].
    pub sort: String,
    /// Where the next page begins; opaque.
    pub after: String,
}

/// The filters as understood. What could not be read is left out and named, for the page's hint (defect S1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words, cleaned.
    pub q: Option<String>,
    /// A region's code: its subtree and all national auctions.
    pub region: Option<String>,
    /// A category's slug.
    pub category: Option<String>,
    /// From this price.
    pub min_price: Option<Money>,
    /// Up to this price.
    pub max_price: Option<Money>,
    /// In this state.
    pub condition: Option<Condition>,
    /// With this reach.
    pub reach: Option<Reach>,
    /// In this stage.
    pub stage: Stage,
    /// In this order.
    pub sort: Sort,
    /// After this row.
    pub after: Option<Cursor>,
    /// The fields that could not be read.
    pub ignored: Vec<String>,
}

/// The last row of a page: the sorted value and the id, so that the next page begins behind it whatever was
/// added meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds, won or a count, as the sort goes.
    pub key: i64,
    /// Breaks ties.
    pub id: AuctionId,
}

impl Cursor {
    /// As it stands in the URL.
    #[must_use]
    pub fn encode(self) -> String {
        format!("{}.{}", self.key, self.id)
    }

    /// Its key as microseconds since 1970, within the years that PostgreSQL knows: it comes from the URL
    /// (defect S1).
    #[must_use]
    pub fn instant(self) -> Instant {
        const YEAR_10000: i64 = 253_402_300_800_000_000;
        chrono::DateTime::from_timestamp_micros(self.key.clamp(0, YEAR_10000 - 1)).unwrap_or_default()
    }

    /// Back from the URL.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let (key, id) = text.split_once('.')?;
        Some(Self { key: key.parse().ok()?, id: id.parse().ok()? })
    }
}

impl Filter {
    /// Reads the URL's words; what makes no sense is ignored and named.
    #[must_use]
    pub fn read(query: &ListQuery) -> Self {
        let mut ignored = Vec::new();
        let words = crate::text::clean(&query.q);
        let words: String = words.chars().take(100).collect();
        let region = query.region.trim();
        let is_code = |code: &str| code.len() <= 10 && code.chars().all(|c| c.is_ascii_digit());
        let region = match region {
            "" | "all" => None,
            code if is_code(code) => Some(code.to_owned()),
            _ => {
                ignored.push("region".to_owned());
                None
            }
        };
        let price = |text: &str| Money::parse(text).filter(|amount| !amount.is_negative());
        Self {
            q: Some(words).filter(|words| !words.is_empty()),
            region,
            category: Some(crate::text::clean(&query.category)).filter(|slug| !slug.is_empty()),
            min_price: read("min_price", &query.min_price, price, &mut ignored),
            max_price: read("max_price", &query.max_price, price, &mut ignored),
            condition: read("condition", &query.condition, Condition::from_name, &mut ignored),
            reach: read("reach", &query.reach, Reach::from_name, &mut ignored),
            stage: read(
                "status",
                &query.status,
                |name| by_name(Stage::ALL, Stage::as_str, name),
                &mut ignored,
            )
            .unwrap_or_default(),
            sort: read("sort", &query.sort, |name| by_name(Sort::ALL, Sort::as_str, name), &mut ignored)
                .unwrap_or_default(),
            after: read("after", &query.after, Cursor::decode, &mut ignored),
            ignored,
        }
    }
}

fn read<T>(
    field: &str,
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    ignored: &mut Vec<String>,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = parse(text);
    if value.is_none() {
        ignored.push(field.to_owned());
    }
    value
}

fn by_name<T: Copy, const N: usize>(all: [T; N], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.into_iter().find(|&one| name_of(one) == name)
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListPage {
    /// The cards, in order.
    pub cards: Vec<Card>,
    /// How many match in all, counted up to [`COUNTED_TO`].
    pub count: i64,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The region whose subtree is shown.
    pub region: Option<Region>,
    /// What was searched for instead of the words, if nothing is called that: `라이카` for `라이까`.
    pub instead: Option<String>,
    /// The fields of the URL that could not be read.
    pub ignored: Vec<String>,
    /// The server's time, in which cards count down.
    pub now: Instant,
}

/// The list's count stops here and says "or more".
pub const COUNTED_TO: i64 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_senseless_filters_are_named_and_ignored() {
        let query = ListQuery {
            q: "\0%".into(),
            region: "abc".into(),
            min_price: "abc".into(),
            max_price: "-1".into(),
            sort: "best".into(),
            after: "x".into(),
            ..ListQuery::default()
        };
        let filter = Filter::read(&query);
        assert_eq!(filter.ignored, ["region", "min_price", "max_price", "sort", "after"]);
        assert_eq!(filter.q.as_deref(), Some("%"));
        assert_eq!((filter.region, filter.min_price, filter.sort), (None, None, Sort::EndingSoon));
    }

    #[test]
    fn cursors_come_back_from_the_url() {
        let cursor = Cursor { key: -5, id: AuctionId(9) };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("1"), None);
    }
}
