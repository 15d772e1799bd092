//! What people may say to each other and report of each other: forms as typed → what they must be.

use crate::{
    PictureId, Refusal,
    refusal::{FieldFault, Reason},
    text::clean,
    view::{ReportReason, ReportSubject},
};

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 1_000;
/// The longest text of a report, in characters.
pub const REPORT_MAX: usize = 500;

/// A message that can be sent: it says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    text: String,
    picture: Option<PictureId>,
}

impl Say {
    /// A text, a picture, or both.
    ///
    /// # Errors
    /// `fields`: neither of the two, or too long a text.
    pub fn check(text: &str, picture: Option<PictureId>) -> Result<Self, Refusal> {
        let text = clean(text);
        if text.is_empty() && picture.is_none() {
            return Err(Refusal::field("text", Reason::Required));
        }
        if text.chars().count() > MESSAGE_MAX {
            return Err(Refusal::field("text", Reason::TooLong));
        }
        Ok(Self { text, picture })
    }

    /// Its words; empty beside a picture that says enough.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its picture.
    #[must_use]
    pub fn picture(&self) -> Option<&PictureId> {
        self.picture.as_ref()
    }
}

/// A report that can be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    subject: ReportSubject,
    reason: ReportReason,
    text: String,
}

impl Report {
    /// A reason that can be said of the subject; another reason than those offered needs words.
    ///
    /// # Errors
    /// `fields`, every fault at once.
    pub fn check(subject: ReportSubject, reason: &str, text: &str) -> Result<Self, Refusal> {
        let (text, reason) = (clean(text), reason.trim());
        let known = ReportReason::from_name(reason).filter(|reason| reason.fits(subject));
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason| faults.push(FieldFault::new(field, reason));
        match known {
            None if reason.is_empty() => fault("reason", Reason::Required),
            None => fault("reason", Reason::Unknown),
            Some(ReportReason::Other) if text.is_empty() => fault("text", Reason::Required),
            Some(_) => {}
        }
        if text.chars().count() > REPORT_MAX {
            fault("text", Reason::TooLong);
        }
        match known {
            Some(reason) if faults.is_empty() => Ok(Self { subject, reason, text }),
            _ => Err(Refusal::Fields { faults }),
        }
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> ReportSubject {
        self.subject
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> ReportReason {
        self.reason
    }

    /// In the reporter's words; may be empty.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AuctionId;

    fn picture() -> Option<PictureId> {
        "0123456789abcdef".repeat(4).parse().ok()
    }

    #[test]
    fn a_message_is_a_text_or_a_picture_or_both() {
        assert!(Say::check("안녕하세요", None).is_ok());
        assert!(Say::check("  \n", picture()).is_ok_and(|say| say.text().is_empty()));
        for nothing in ["", "   ", "\n\n", "\0\u{1b}"] {
            assert_eq!(
                Say::check(nothing, None),
                Err(Refusal::field("text", Reason::Required)),
                "{nothing:?}"
            );
        }
    }

    #[test]
    fn a_thousand_characters_are_a_message_and_one_more_is_none() {
        assert!(Say::check(&"가".repeat(MESSAGE_MAX), None).is_ok());
        let longer = Say::check(&"가".repeat(MESSAGE_MAX + 1), picture());
        assert_eq!(longer, Err(Refusal::field("text", Reason::TooLong)));
    }

    #[test]
    fn a_report_has_a_reason_that_fits_and_another_one_needs_words() {
        let (auction, message) = (ReportSubject::Auction(AuctionId(1)), ReportSubject::Message(1));
        assert!(Report::check(auction, "counterfeit", "").is_ok());
        let fault = |field, reason| Err(Refusal::field(field, reason));
        assert_eq!(Report::check(message, "counterfeit", ""), fault("reason", Reason::Unknown));
        assert_eq!(Report::check(auction, "dull", "x"), fault("reason", Reason::Unknown));
        assert_eq!(Report::check(auction, "", "x"), fault("reason", Reason::Required));
        assert_eq!(Report::check(auction, "other", "  "), fault("text", Reason::Required));
        let long = "가".repeat(REPORT_MAX + 1);
        assert_eq!(Report::check(auction, "abuse", &long), fault("text", Reason::TooLong));
        let Err(Refusal::Fields { faults }) = Report::check(auction, "", &long) else { panic!("refused") };
        assert_eq!(faults.len(), 2);
    }
}
