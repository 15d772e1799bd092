//! Words that mean the same: brands and things by their English names, and two Korean words for one thing.
//! Made by hand (`data/synonyms.csv`), for what sells here.

/// Two folded words a line, each of which may stand for the other.
const TABLE: &str = include_str!("../../data/synonyms.csv");

/// What else `word` may be called.
pub(super) fn of(word: &str) -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(move |line| match line.split_once(',')? {
        (one, other) if one == word => Some(other),
        (other, one) if one == word => Some(other),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold;

    #[test]
    fn every_line_is_two_folded_words() {
        for line in TABLE.lines() {
            let (from, to) = line.split_once(',').expect("a comma");
            assert_eq!((fold(from), fold(to)), (from.to_owned(), to.to_owned()));
            assert!(from != to && !from.is_empty() && !to.contains(','), "{line}");
        }
    }

    #[test]
    fn a_brand_is_found_by_its_english_name() {
        assert_eq!(of("leica").collect::<Vec<_>>(), ["라이카"]);
        assert_eq!(of("라이카").collect::<Vec<_>>(), ["leica"]);
        assert_eq!(of("라이").count(), 0);
    }
}
