//! Searches that people keep, to be told of what fits them.

use serde::{Deserialize, Serialize};

use super::{Category, Filter, ListQuery, Region};
use crate::SearchId;

/// A search that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SavedSearch {
    /// Which.
    pub id: SearchId,
    /// Its filters, as [`kept`] makes them.
    pub query: ListQuery,
    /// Where, unless in the whole country.
    pub region: Option<Region>,
    /// Under which category, unless under any.
    pub category: Option<Category>,
}

/// So many searches one person may keep.
pub const SEARCHES_MAX: usize = 20;

/// What of a filter can be kept, as the one address that it has: what was opened is looked at once, so the
/// stage, the order and the page are no part of it. The whole country is said, as its reader may have a
/// region that is shown when nothing is. `None` where nothing is narrowed.
#[must_use]
pub fn kept(filter: &Filter) -> Option<ListQuery> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let query = ListQuery {
        q: text(filter.q.clone()),
        region: text(filter.region.clone()),
        category: text(filter.category.clone()),
        min_price: text(filter.min_price.map(|price| price.to_string())),
        max_price: text(filter.max_price.map(|price| price.to_string())),
        condition: text(filter.condition.map(|condition| condition.as_str().to_owned())),
        reach: text(filter.reach.map(|reach| reach.as_str().to_owned())),
        ..ListQuery::default()
    };
    if query == ListQuery::default() {
        return None;
    }
    let region = if query.region.is_empty() { "all".to_owned() } else { query.region };
    Some(ListQuery { region, ..query })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_search_is_kept_under_one_address() {
        let typed = ListQuery {
            q: " 라이카 ".into(),
            max_price: "1,000,000원".into(),
            status: "ended".into(),
            sort: "new".into(),
            after: "1.2".into(),
            ..ListQuery::default()
        };
        let expected = ListQuery {
            q: "라이카".into(),
            region: "all".into(),
            max_price: "1000000".into(),
            ..ListQuery::default()
        };
        let kept_once = kept(&Filter::read(&typed)).expect("narrowed");
        assert_eq!(kept_once, expected);
        assert_eq!(kept(&Filter::read(&kept_once)), Some(kept_once));
    }

    #[test]
    fn what_narrows_nothing_is_not_kept() {
        for query in [
            ListQuery::default(),
            ListQuery { region: "all".into(), sort: "new".into(), ..ListQuery::default() },
            ListQuery { min_price: "abc".into(), status: "ended".into(), ..ListQuery::default() },
        ] {
            assert_eq!(kept(&Filter::read(&query)), None, "{query:?}");
        }
    }
}
