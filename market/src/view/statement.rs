//! The statement of a wallet: its filters as they stand in the URL, and its rows.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{AuctionId, Instant, Money, text, wallet::LedgerKind};

/// A ledger row as its owner reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Why.
    pub kind: LedgerKind,
    /// Of which auction.
    pub auction: Option<(AuctionId, String)>,
    /// The change of what is available.
    pub available: Money,
    /// The change of what is held.
    pub held: Money,
    /// Available afterwards.
    pub available_after: Money,
    /// Held afterwards.
    pub held_after: Money,
}

/// The statement's filters as they stand in the URL, all text; see [`StatementFilter::read`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct StatementQuery {
    /// See [`LedgerKind`].
    pub kind: String,
    /// A day in Asia/Seoul, `YYYY-MM-DD`: from its beginning.
    pub from: String,
    /// A day in Asia/Seoul: to its end.
    pub to: String,
    /// An auction's id.
    pub auction: String,
    /// The row behind which the page begins.
    pub after: String,
}

/// The filters as understood. What could not be read is left out and named (defect S1). Balances are those of
/// the whole ledger, whatever rows a filter leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatementFilter {
    /// Of this kind.
    pub kind: Option<LedgerKind>,
    /// From this instant.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// Of this auction.
    pub auction: Option<AuctionId>,
    /// Older than this row.
    pub after: Option<i64>,
    /// The fields that could not be read.
    pub ignored: Vec<String>,
}

impl StatementFilter {
    /// Reads the URL's words; what makes no sense is ignored and named.
    #[must_use]
    pub fn read(query: &StatementQuery) -> Self {
        fn read<T>(
            ignored: &mut Vec<String>,
            field: &str,
            text: &str,
            parse: fn(&str) -> Option<T>,
        ) -> Option<T> {
            let text = text.trim();
            let value = parse(text);
            if value.is_none() && !text.is_empty() {
                ignored.push(field.to_owned());
            }
            value
        }
        let mut ignored = Vec::new();
        Self {
            kind: read(&mut ignored, "kind", &query.kind, LedgerKind::from_name),
            from: read(&mut ignored, "from", &query.from, text::parse_day),
            until: read(&mut ignored, "to", &query.to, |day| {
                text::parse_day(day)?.checked_add_signed(TimeDelta::days(1))
            }),
            auction: read(&mut ignored, "auction", &query.auction, |id| id.parse().ok()),
            after: read(&mut ignored, "after", &query.after, |row| row.parse().ok()),
            ignored,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_senseless_filters_are_named_and_ignored() {
        let words = |word: &str| StatementQuery {
            kind: word.into(),
            from: word.into(),
            to: word.into(),
            auction: word.into(),
            after: word.into(),
        };
        for senseless in ["abc", "\0", "-", "99999-99-99", "2026-02-30", "1; DROP"] {
            let filter = StatementFilter::read(&words(senseless));
            assert_eq!(filter.ignored, ["kind", "from", "to", "auction", "after"], "{senseless}");
        }
        assert_eq!(StatementFilter::read(&StatementQuery::default()), StatementFilter::default());
    }

    #[test]
    fn a_day_is_one_of_seoul_from_midnight_to_midnight() {
        let day = "2026-11-22".to_owned();
        let filter = StatementFilter::read(&StatementQuery {
            from: day.clone(),
            to: day,
            ..StatementQuery::default()
        });
        assert_eq!(filter.from, text::parse_local("2026-11-22T00:00"));
        assert_eq!(filter.until, text::parse_local("2026-11-23T00:00"));
    }
}
