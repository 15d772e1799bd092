//! Who a bidder is to the others: a name that is stable within one auction and says nothing elsewhere (rules,
//! *Public*; defect S11). The bidders of an auction are numbered in the order of their first bid; the number
//! and the auction's id give the name, so nothing about the person goes into it.

use serde::{Deserialize, Serialize};

use crate::AuctionId;

/// A bidder's number within one auction, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Alias(pub i32);

const COUNT: u64 = 16;

/// Adjectives, Korean and English; colours and moods that suit any animal.
const MOODS: [(&str, &str); 16] = [
    ("푸른", "Blue"),
    ("졸린", "Sleepy"),
    ("씩씩한", "Brave"),
    ("조용한", "Quiet"),
    ("노란", "Yellow"),
    ("다정한", "Kind"),
    ("빠른", "Swift"),
    ("느긋한", "Easy"),
    ("초록", "Green"),
    ("반짝이는", "Bright"),
    ("수줍은", "Shy"),
    ("붉은", "Red"),
    ("엉뚱한", "Odd"),
    ("포근한", "Cosy"),
    ("하얀", "White"),
    ("든든한", "Steady"),
];

const ANIMALS: [(&str, &str); 16] = [
    ("여우", "fox"),
    ("고래", "whale"),
    ("수달", "otter"),
    ("두루미", "crane"),
    ("고양이", "cat"),
    ("다람쥐", "squirrel"),
    ("거북", "turtle"),
    ("참새", "sparrow"),
    ("너구리", "raccoon"),
    ("사슴", "deer"),
    ("물범", "seal"),
    ("올빼미", "owl"),
    ("토끼", "rabbit"),
    ("강아지", "puppy"),
    ("펭귄", "penguin"),
    ("고슴도치", "hedgehog"),
];

impl Alias {
    /// The name in Korean and in English, such as `푸른 여우 3`; the number keeps it unique in the auction.
    #[must_use]
    pub fn name(self, auction: AuctionId) -> (String, String) {
        let (mood, animal) = self.words(auction);
        (format!("{} {} {}", mood.0, animal.0, self.0), format!("{} {} {}", mood.1, animal.1, self.0))
    }

    fn words(self, auction: AuctionId) -> ((&'static str, &'static str), (&'static str, &'static str)) {
        // SplitMix64's finaliser (Steele, Lea and Flood 2014): neighbouring auctions get unlike names.
        let mut mixed = auction.0.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = mixed.wrapping_add(u64::from(self.0.cast_unsigned()));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let pick = |word: u64| usize::try_from(word % COUNT).unwrap_or(0);
        (MOODS[pick(mixed)], ANIMALS[pick(mixed >> 8)])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_stable_within_an_auction_unique_there_and_other_elsewhere() {
        let here = AuctionId(7);
        let names: HashSet<_> = (1..=200).map(|number| Alias(number).name(here)).collect();
        assert_eq!(names.len(), 200);
        assert_eq!(Alias(3).name(here), Alias(3).name(here));
        let same = (1..=200).filter(|&auction| Alias(1).name(AuctionId(auction)) == Alias(1).name(here));
        assert!(same.count() < 10, "a number alone does not name a person across auctions");
    }
}
