//! The filters of the list in words: for its panel, its chips and the searches that people keep.

use market::{
    opening::Reach,
    view::{Filter, SavedSearch, Stage},
};

use super::goods_words::{category_name, condition_name};
use crate::language::won;

/// A stage in words.
#[must_use]
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Running => tr!(home.filter.running),
        Stage::Scheduled => tr!(home.filter.scheduled),
        Stage::Ended => tr!(home.filter.ended),
    }
}

/// A reach in words.
#[must_use]
pub fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::National => tr!(common.national_live),
        Reach::Neighbourhood => tr!(common.neighbourhood),
    }
}

/// `“의자”`
#[must_use]
pub fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// From which price: `10,000원 이상`.
#[must_use]
pub fn from_price(filter: &Filter) -> Option<String> {
    filter.min_price.map(|price| tr!(home.applied.min_price, price = won(price)).to_string())
}

/// Up to which price: `50,000원 이하`.
#[must_use]
pub fn up_to_price(filter: &Filter) -> Option<String> {
    filter.max_price.map(|price| tr!(home.applied.max_price, price = won(price)).to_string())
}

/// A kept search in words, all of its filters: `“의자” · 서울특별시 마포구 · 50,000원 이하`.
#[must_use]
pub fn search_name(search: &SavedSearch) -> String {
    let filter = Filter::read(&search.query);
    let region = match &search.region {
        Some(region) => region.full_name.clone(),
        None => tr!(home.filter.everywhere).to_owned(),
    };
    let words = [
        filter.q.as_deref().map(quoted),
        search.category.as_ref().map(|category| category_name(category).to_owned()),
        Some(region),
        from_price(&filter),
        up_to_price(&filter),
        filter.condition.map(|condition| condition_name(condition).to_owned()),
        filter.reach.map(|reach| reach_name(reach).to_owned()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
