//! Words to find auctions and regions by: bigrams for Korean words of two syllables, which trigrams cannot
//! index; single syllables; 초성 (leading consonants) for thumbs; and for what nothing is called, the words
//! that are spelled almost alike. Computed here, stored and matched by the books.
//!
//! [`grams`] is what an auction is found by, [`words`] what somebody looks for: every word must be found, in
//! one of its ways.

mod query;
mod spelling;
mod synonyms;

use std::collections::BTreeSet;

use crate::text::clean;

pub use query::{Word, query_grams, words};
pub use spelling::{alike, deletions, vocabulary};

/// What [`grams`] makes of a title changes with this number; the books then compute theirs again.
pub const VERSION: i16 = 1;

/// The leading consonants in the order of Unicode's Hangul syllables.
const LEADS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];

/// The text as it is compared: NFC, letters of full width as narrow ones, lower case, words of letters and
/// digits.
#[must_use]
pub fn fold(text: &str) -> String {
    let narrow: String = clean(text).chars().map(narrow).collect();
    let spaced: String =
        narrow.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Ａ` as `A`. The compatibility forms of Unicode would take the consonants apart that thumbs type.
fn narrow(letter: char) -> char {
    match u32::from(letter) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// The pairs of neighbouring characters within the words of `text`, and words of one character as they are.
#[must_use]
pub fn bigrams(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut grams = BTreeSet::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() == 1 {
            grams.insert(word.to_owned());
        }
        grams.extend(pairs(&letters));
    }
    grams.into_iter().collect()
}

/// Everything an auction of this title is found by: the pairs of its words; pairs across a space between two
/// Korean words, for 라운지체어 and 라운지 체어 are the same to people; its single syllables; the pairs of
/// leading consonants, and the first one of each word.
#[must_use]
pub fn grams(text: &str) -> Vec<String> {
    let mut grams: BTreeSet<String> = bigrams(text).into_iter().collect();
    let folded = fold(text);
    let mut run = Vec::new();
    for word in folded.split(' ') {
        for (position, letter) in word.chars().enumerate() {
            if let Some(lead) = lead(letter) {
                grams.insert(letter.to_string());
                if position == 0 {
                    grams.insert(lead.to_string());
                }
                run.push((letter, lead));
            } else {
                add_run(&mut grams, &run);
                run.clear();
            }
        }
    }
    add_run(&mut grams, &run);
    grams.into_iter().collect()
}

/// Korean syllables that follow each other, whatever spaces are between them.
fn add_run(grams: &mut BTreeSet<String>, run: &[(char, char)]) {
    let (letters, leads): (Vec<char>, Vec<char>) = run.iter().copied().unzip();
    grams.extend(pairs(&letters));
    grams.extend(pairs(&leads));
}

fn pairs(letters: &[char]) -> impl Iterator<Item = String> + '_ {
    letters.windows(2).map(|pair| pair.iter().collect())
}

/// The leading consonants of the syllables of `text`; other characters stay: `라이카 M3` → `ㄹㅇㅋ m3`.
#[must_use]
pub fn leads(text: &str) -> String {
    fold(text).chars().map(|letter| lead(letter).unwrap_or(letter)).collect()
}

/// Whether `text` is typed in leading consonants alone.
#[must_use]
pub fn is_leads(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !c.is_whitespace()).peekable();
    letters.peek().is_some() && letters.all(|c| LEADS.contains(&c))
}

/// The leading consonant of a Korean syllable.
fn lead(letter: char) -> Option<char> {
    syllable(letter).map(|[lead, ..]| LEADS[lead])
}

/// The numbers of lead, vowel and tail of a Korean syllable: 가 + (lead × 21 + vowel) × 28 + tail (The Unicode
/// Standard, 3.12).
fn syllable(letter: char) -> Option<[usize; 3]> {
    let offset = u32::from(letter).checked_sub(0xac00).filter(|offset| *offset < 19 * 21 * 28)?;
    let offset = usize::try_from(offset).ok()?;
    Some([offset / (21 * 28), offset / 28 % 21, offset % 28])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_two_syllables_are_one_gram() {
        assert_eq!(bigrams("의자"), ["의자"]);
        assert_eq!(bigrams("라이카 M3!"), ["m3", "라이", "이카"]);
        assert_eq!(bigrams(" % "), Vec::<String>::new());
    }

    #[test]
    fn leads_are_those_a_thumb_types() {
        assert_eq!(leads("라이카 M3"), "ㄹㅇㅋ m3");
        assert_eq!(leads("까치"), "ㄲㅊ");
        assert!(is_leads("ㄹㅇ ㅋ"));
        assert!(!is_leads("ㄹ이"));
        assert!(!is_leads(" "));
    }

    #[test]
    fn a_title_is_found_by_pairs_syllables_and_leads_and_across_korean_spaces() {
        let grams = grams("책상 의자 M3");
        let expected =
            ["m3", "ㅇ", "ㅇㅈ", "ㅅㅇ", "ㅊ", "ㅊㅅ", "상", "상의", "의", "의자", "자", "책", "책상"];
        let expected: BTreeSet<&str> = expected.into_iter().collect();
        assert_eq!(grams.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);
    }
}
