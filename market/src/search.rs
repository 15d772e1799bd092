//! Words to find auctions and regions by: bigrams for Korean words of two syllables, which trigrams cannot
//! index, and 초성 (leading consonants) for thumbs. Computed here, stored and matched by the books.

use std::collections::BTreeSet;

use crate::text::clean;

/// The leading consonants in the order of Unicode's Hangul syllables.
const LEADS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];

/// The text as it is compared: NFC, lower case, words of letters and digits.
#[must_use]
pub fn fold(text: &str) -> String {
    let spaced: String =
        clean(text).to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
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
        grams.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    grams.into_iter().collect()
}

/// The leading consonants of the syllables of `text`; other characters stay: `라이카 M3` → `ㄹㅇㅋ m3`.
#[must_use]
pub fn leads(text: &str) -> String {
    fold(text).chars().map(lead).collect()
}

/// Whether `text` is typed in leading consonants alone.
#[must_use]
pub fn is_leads(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !c.is_whitespace()).peekable();
    letters.peek().is_some() && letters.all(|c| LEADS.contains(&c))
}

fn lead(c: char) -> char {
    // Hangul syllables: 가 + (lead × 21 + vowel) × 28 + tail (The Unicode Standard, 3.12).
    match u32::from(c).checked_sub(0xac00) {
        Some(offset) if offset < 19 * 21 * 28 => {
            usize::try_from(offset / (21 * 28)).map_or(c, |index| LEADS[index])
        }
        _ => c,
    }
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
}
