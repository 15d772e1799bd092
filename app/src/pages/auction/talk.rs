//! Questions and answers as far as this page knows them.

use market::{
    Instant, QuestionId,
    view::{Answer, Question, Questions},
};

/// Newest first, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// What is shown.
    pub shown: Vec<Question>,
    /// Whether there are older ones.
    pub more: bool,
}

impl Talk {
    /// As the page was read.
    #[must_use]
    pub fn of(newest: Questions) -> Self {
        Self { shown: newest.shown, more: newest.more }
    }

    /// The page was read again: its newest questions replace those that are known, and older ones stay behind
    /// them where they join on.
    pub fn take(&mut self, newest: Questions) {
        let Some(last) = newest.shown.last().map(|question| question.id).filter(|_| newest.more) else {
            *self = Self::of(newest);
            return;
        };
        let joins = self.shown.first().is_some_and(|known| known.id >= last);
        let known = std::mem::replace(self, Self::of(newest));
        if joins {
            let older = known.shown.into_iter().filter(|question| question.id < last);
            let before = self.shown.len();
            self.shown.extend(older);
            if self.shown.len() > before {
                self.more = known.more;
            }
        }
    }

    /// The piece behind the last one shown.
    pub fn append(&mut self, older: Questions) {
        let last = self.shown.last().map(|question| question.id);
        let older_ones =
            older.shown.into_iter().filter(|question| last.is_none_or(|last| question.id < last));
        self.shown.extend(older_ones);
        self.more = older.more;
    }

    /// The last one shown, if there are older ones: what to ask for more by.
    #[must_use]
    pub fn more_before(&self) -> Option<QuestionId> {
        self.shown.last().map(|question| question.id).filter(|_| self.more)
    }

    /// The seller has answered one.
    pub fn answered(&mut self, id: QuestionId, text: String, at: Instant) {
        if let Some(question) = self.shown.iter_mut().find(|question| question.id == id) {
            question.answer = Some(Answer { text, at });
        }
    }
}

#[cfg(test)]
mod tests {
    use market::text;

    use super::*;

    fn piece(ids: impl DoubleEndedIterator<Item = i64>, more: bool) -> Questions {
        let question = |id| Question {
            id: QuestionId(id),
            asker: None,
            mine: false,
            text: String::new(),
            asked_at: text::parse_local("2026-11-22T12:00").expect("a time"),
            answer: None,
        };
        Questions { shown: ids.rev().map(question).collect(), more }
    }

    fn ids(talk: &Talk) -> Vec<i64> {
        talk.shown.iter().map(|question| question.id.0).collect()
    }

    #[test]
    fn older_pieces_stay_when_the_page_is_read_again() {
        let mut talk = Talk::of(piece(21..=40, true));
        assert_eq!(talk.more_before(), Some(QuestionId(21)));
        talk.append(piece(1..=20, false));
        talk.take(piece(23..=42, true));
        assert_eq!(ids(&talk), (1..=42).rev().collect::<Vec<_>>());
        assert_eq!(talk.more_before(), None);
        talk.answered(QuestionId(3), "네".to_owned(), text::parse_local("2026-11-22T13:00").expect("a time"));
        assert!(talk.shown.iter().any(|question| question.answer.is_some()));
        assert_eq!(ids(&talk).len(), 42);
    }

    #[test]
    fn a_gap_begins_the_list_anew_and_a_hidden_question_goes() {
        let mut talk = Talk::of(piece(1..=20, false));
        talk.take(piece(31..=50, true));
        assert_eq!(ids(&talk).len(), 20);
        assert_eq!(talk.more_before(), Some(QuestionId(31)));
        talk.take(piece(1..=2, false));
        assert_eq!(ids(&talk), [2, 1]);
        talk.take(piece(1..=1, false));
        assert_eq!(ids(&talk), [1]);
    }
}
