//! What somebody looks for: words, each with the ways in which it may be found.

use super::{LEADS, bigrams, fold, leads, pairs, spelling, synonyms};

/// So many words are looked for; more narrow nothing any more.
const WORDS_MAX: usize = 8;

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed, folded.
    pub text: String,
    /// The word itself and what means the same, each as the grams that must all be there. Never empty.
    pub ways: Vec<Vec<String>>,
    /// What to look up words by that are spelled almost like it; empty where that would find anything.
    pub deletions: Vec<String>,
}

impl Word {
    /// Something that is spelled almost alike may be found instead.
    pub fn add_way(&mut self, other: &str) {
        let way = way(other);
        if !way.is_empty() && !self.ways.contains(&way) {
            self.ways.push(way);
        }
    }
}

/// The words of a search. `None` where nothing could be found, such as for `%`.
#[must_use]
pub fn words(typed: &str) -> Option<Vec<Word>> {
    let folded = fold(typed);
    let words: Vec<Word> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| Word {
            text: word.to_owned(),
            ways: std::iter::once(way(word)).chain(synonyms::of(word).map(way)).collect(),
            deletions: spelling::deletions(word),
        })
        .collect();
    (!words.is_empty()).then_some(words)
}

/// The grams that must all be there for exactly these words; for what waits to be matched, such as a saved
/// search.
#[must_use]
pub fn query_grams(typed: &str) -> Vec<String> {
    let mut grams: Vec<String> = fold(typed).split(' ').take(WORDS_MAX).flat_map(way).collect();
    grams.sort();
    grams.dedup();
    grams
}

/// The grams of one word. Consonants that stand alone are leads: `ㄹㅇㅋ`, and `라이ㅋ` while it is being typed.
fn way(word: &str) -> Vec<String> {
    let is_lead = |letter: char| LEADS.contains(&letter);
    if !word.contains(is_lead) {
        return bigrams(word);
    }
    let mut grams: Vec<String> = word
        .split(is_lead)
        .flat_map(|whole| if whole.is_empty() { Vec::new() } else { bigrams(whole) })
        .collect();
    let leads: Vec<char> = leads(word).chars().collect();
    if let [one] = leads.as_slice() {
        grams.push(one.to_string());
    }
    // Only consonants make such pairs; those of other letters are none of a title.
    grams.extend(pairs(&leads).filter(|pair| pair.chars().all(is_lead)));
    grams
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::grams;

    /// Whether a title is found by what is typed, without any help for spelling.
    fn finds(typed: &str, title: &str) -> bool {
        let grams = grams(title);
        let found = |word: &Word| {
            word.ways.iter().any(|way| !way.is_empty() && way.iter().all(|gram| grams.contains(gram)))
        };
        words(typed).is_some_and(|words| words.iter().all(found))
    }

    #[test]
    fn what_people_type_finds_what_they_mean() {
        for (typed, title) in [
            ("의자", "북유럽 빈티지 의자"),
            ("라이카 m3", "라이카 M3 더블스트로크"),
            ("ㄹㅇㅋ", "라이카 M3"),
            ("ㄹㅇㅋ M3", "라이카 M3"),
            ("라이ㅋ", "라이카 M3"),
            ("ㅂㅌㅈㅇㅈ", "북유럽 빈티지 의자"),
            ("책", "동화책 세트"),
            ("ㄹ", "라이카 M3"),
            ("라운지체어", "빈티지 라운지 체어"),
            ("라운지 체어", "빈티지 라운지체어"),
            ("LEICA", "라이카 M3"),
            ("camera", "필름 카메라"),
            ("쇼파", "2인 패브릭 소파"),
            ("ｌｇ", "LG 트롬 세탁기"),
        ] {
            assert!(finds(typed, title), "{typed} in {title}");
        }
        for (typed, title) in [
            ("의자", "의사 자격증"),
            ("라이카", "라이터"),
            ("ㄹㅇㅋ", "나이키"),
            ("%", "100% 면"),
            ("책상", "책과 상자"),
        ] {
            assert!(!finds(typed, title), "{typed} in {title}");
        }
    }

    #[test]
    fn a_search_is_bounded() {
        assert_eq!(words(&"가 ".repeat(500)).map(|words| words.len()), Some(WORDS_MAX));
        assert_eq!(words("\0 % _ '"), None);
    }
}
