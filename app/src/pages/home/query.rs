//! The filters of an address: reading them, and the addresses that are one filter away.

use market::view::{ListQuery, Sort, Stage};

/// The address's words; what is usual is as good as not said, so that one list has one address. The panel's
/// form without scripts may say a `place` that was searched for, which then is the region.
pub fn read(value: impl Fn(&str) -> Option<String>) -> ListQuery {
    let text = |name: &str| value(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let unless_usual =
        |name: &str, usual: &str| Some(text(name)).filter(|text| text != usual).unwrap_or_default();
    let place = Some(text("place")).filter(|place| !place.is_empty());
    ListQuery {
        q: text("q"),
        region: place.unwrap_or_else(|| text("region")),
        category: text("category"),
        min_price: text("min_price"),
        max_price: text("max_price"),
        condition: text("condition"),
        reach: text("reach"),
        status: unless_usual("status", Stage::default().as_str()),
        sort: unless_usual("sort", Sort::default().as_str()),
        after: text("after"),
    }
}

/// Whether nothing but the region is asked for: the first page.
pub fn is_front(query: &ListQuery) -> bool {
    ListQuery { region: String::new(), ..query.clone() } == ListQuery::default()
}

/// Something that narrows the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrowing {
    /// What was searched.
    Words,
    /// A region other than one's own.
    Region,
    /// A category.
    Category,
    /// From a price.
    MinPrice,
    /// Up to a price.
    MaxPrice,
    /// A state of the thing.
    Condition,
    /// National or not.
    Reach,
    /// Not running.
    Status,
}

impl Narrowing {
    /// All of them, in the order of their chips.
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::Region,
        Self::Category,
        Self::MinPrice,
        Self::MaxPrice,
        Self::Condition,
        Self::Reach,
        Self::Status,
    ];

    /// What the panel narrows by; words have their own field.
    pub const OF_PANEL: [Self; 7] = [
        Self::Region,
        Self::Category,
        Self::MinPrice,
        Self::MaxPrice,
        Self::Condition,
        Self::Reach,
        Self::Status,
    ];

    fn of(self, query: &mut ListQuery) -> &mut String {
        match self {
            Self::Words => &mut query.q,
            Self::Region => &mut query.region,
            Self::Category => &mut query.category,
            Self::MinPrice => &mut query.min_price,
            Self::MaxPrice => &mut query.max_price,
            Self::Condition => &mut query.condition,
            Self::Reach => &mut query.reach,
            Self::Status => &mut query.status,
        }
    }

    /// The list narrowed to `value`, from its beginning; the other filters stay. Empty: not narrowed.
    pub fn to(self, query: &ListQuery, value: &str) -> ListQuery {
        let mut narrowed = from_the_start(query);
        value.clone_into(self.of(&mut narrowed));
        narrowed
    }

    /// Whether the address narrows the list so.
    pub fn stands_in(self, query: &ListQuery) -> bool {
        !self.of(&mut query.clone()).is_empty()
    }
}

/// The same list in another order, from its beginning.
pub fn sorted(query: &ListQuery, sort: Sort) -> ListQuery {
    let word = if sort == Sort::default() { "" } else { sort.as_str() };
    ListQuery { sort: word.to_owned(), ..from_the_start(query) }
}

/// The same list from its beginning.
pub fn from_the_start(query: &ListQuery) -> ListQuery {
    ListQuery { after: String::new(), ..query.clone() }
}

/// The page of the same list that begins behind a row.
pub fn behind(query: &ListQuery, after: &str) -> ListQuery {
    ListQuery { after: after.to_owned(), ..query.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn what_is_usual_is_the_first_page() {
        assert!(is_front(&query(&[("status", "running"), ("sort", "ending_soon"), ("q", " ")])));
        assert!(is_front(&query(&[("region", "all")])));
        assert!(!is_front(&query(&[("min_price", "abc")])));
        assert!(!is_front(&query(&[("after", "1.2")])));
    }

    #[test]
    fn a_place_that_was_searched_for_is_the_region() {
        assert_eq!(query(&[("region", "11"), ("place", "11440")]).region, "11440");
        assert_eq!(query(&[("region", "11"), ("place", "")]).region, "11");
    }

    #[test]
    fn one_filter_changes_and_the_others_stay() {
        let shown = query(&[("q", "의자"), ("min_price", "1000"), ("sort", "new"), ("after", "1.2")]);
        let next = Narrowing::Category.to(&shown, "가구");
        assert_eq!(
            crate::paths::list(&next),
            "/?q=%EC%9D%98%EC%9E%90&category=%EA%B0%80%EA%B5%AC&min_price=1000&sort=new"
        );
        assert!(!Narrowing::MinPrice.stands_in(&Narrowing::MinPrice.to(&shown, "")));
        assert_eq!(sorted(&shown, Sort::EndingSoon).sort, "");
    }
}
