//! Words that are spelled almost alike: one letter more, less, other, or two of them swapped. Korean
//! syllables count by their letters, for a slip of the thumb changes one of them: 라이까 and 라이카.
//!
//! Two words are that near only if some deletion of one is a deletion of the other (symmetric deletion, W.
//! Garbe, 2012): so the books find candidates by an index, and [`alike`] decides.

use super::{fold, syllable};

/// Shorter words have too many neighbours, in letters.
const LETTERS_MIN: usize = 4;
/// Longer ones are looked for as they are, in letters.
const LETTERS_MAX: usize = 40;

const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ',
    'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
const TAILS: [char; 27] = [
    'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ',
    'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// The words of a title that others may be mistaken for: whole ones, and their parts of one script, for
/// `아이폰12` is an 아이폰.
#[must_use]
pub fn vocabulary(title: &str) -> Vec<String> {
    let folded = fold(title);
    let mut words = Vec::new();
    for word in folded.split(' ') {
        words.push(word.to_owned());
        let letters: Vec<char> = word.chars().collect();
        words.extend(letters.chunk_by(|a, b| script(*a) == script(*b)).map(|part| part.iter().collect()));
    }
    words.retain(|word| !deletions(word).is_empty());
    words.sort();
    words.dedup();
    words
}

/// 0 for digits, 1 for Korean, 2 for everything else.
fn script(letter: char) -> u8 {
    if letter.is_ascii_digit() { 0 } else { 2 - u8::from(syllable(letter).is_some()) }
}

/// The letters of `word`, and what is left of them without each one. Empty for words that are too short or
/// too long, and for numbers: another number is no slip.
#[must_use]
pub fn deletions(word: &str) -> Vec<String> {
    let letters = letters(word);
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters.len()) || word.chars().all(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let without = |left_out: usize| {
        let kept = letters.iter().enumerate().filter(|(position, _)| *position != left_out);
        kept.map(|(_, letter)| letter).collect::<String>()
    };
    let mut deletions: Vec<String> = (0..letters.len()).map(without).collect();
    deletions.push(letters.iter().collect());
    deletions.sort();
    deletions.dedup();
    deletions
}

/// Whether `b` is `a` but for one slip. Another number is no slip: an 아이폰12 is no 아이폰13.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    a != b && digits(a) == digits(b) && strsim::generic_damerau_levenshtein(&letters(a), &letters(b)) <= 1
}

fn letters(word: &str) -> Vec<char> {
    word.chars()
        .flat_map(|letter| match syllable(letter) {
            Some([lead, vowel, tail]) => {
                [Some(super::LEADS[lead]), Some(VOWELS[vowel]), tail.checked_sub(1).map(|tail| TAILS[tail])]
            }
            None => [Some(letter), None, None],
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_more_less_other_or_two_swapped() {
        for (typed, meant) in [
            ("라이까", "라이카"),
            ("아이폭", "아이폰"),
            ("lieca", "leica"),
            ("맥부", "맥북"),
            ("자전저", "자전거"),
            ("camara", "camera"),
            ("닌텐토", "닌텐도"),
        ] {
            assert!(alike(typed, meant), "{typed} {meant}");
            let known = deletions(meant);
            assert!(deletions(typed).iter().any(|deletion| known.contains(deletion)), "{typed} {meant}");
        }
        for (typed, other) in [
            ("라이카", "라이카"),
            ("아이폰12", "아이폰13"),
            ("라이카", "나이키"),
            ("소니", "소파"),
            ("bike", "bear"),
        ] {
            assert!(!alike(typed, other), "{typed} {other}");
        }
    }

    #[test]
    fn short_words_and_numbers_have_no_neighbours() {
        for word in ["m3", "책", "12", "1234567", ""] {
            assert_eq!(deletions(word), Vec::<String>::new(), "{word}");
        }
        assert_eq!(deletions("의자").len(), 5, "ㅇㅢㅈㅏ: the whole, and without each of its four letters");
    }

    #[test]
    fn a_title_teaches_its_words_and_their_parts() {
        assert_eq!(vocabulary("아이폰12 프로 256GB"), ["256gb", "아이폰", "아이폰12", "프로"]);
    }
}
