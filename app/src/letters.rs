//! A notice as a letter and a push tell it: in the receiver's language, outside of any page.

use leptos::prelude::{Owner, provide_context};
use market::{
    text::Language,
    view::{Notice, NoticeKind},
};

use crate::{components::notice_words, paths};

/// What is told, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// As in `<html lang>`.
    pub lang: &'static str,
    /// The market's name.
    pub name: &'static str,
    /// What happened.
    pub head: String,
    /// The sum, or what it means.
    pub more: Option<String>,
    /// The auction's title, on one line.
    pub title: String,
    /// Where it leads, on this site.
    pub path: String,
    /// The words of the link there.
    pub open: &'static str,
    /// Why this letter came.
    pub why: &'static str,
    /// The words of the link to the settings.
    pub settings: &'static str,
}

impl Told {
    /// The subject of a letter.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{}: {}", self.head, self.title)
    }

    /// The line below the headline: the title, and what there is to add.
    #[must_use]
    pub fn line(&self) -> String {
        self.more.as_ref().map_or_else(|| self.title.clone(), |more| format!("{} · {more}", self.title))
    }
}

/// The words of a notice in `language`.
#[must_use]
pub fn told(notice: &Notice, language: Language) -> Told {
    in_language(language, || Told {
        lang: crate::language::name(language),
        name: tr!(common.name),
        head: notice_words::head(notice),
        more: notice_words::more(notice),
        title: notice.title.split_whitespace().collect::<Vec<_>>().join(" "),
        path: notice_words::href(notice),
        open: tr!(notices.letter.open),
        why: tr!(notices.letter.why),
        settings: tr!(notices.letter.settings),
    })
}

/// What groups pushes: a later one about the same replaces an earlier one that nobody has looked at.
#[must_use]
pub fn tag(notice: &Notice) -> String {
    format!("{}-{}", notice.kind.as_str(), notice.auction)
}

/// Whether a push is of use for minutes only.
#[must_use]
pub fn is_urgent(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::Outbid | NoticeKind::EndingSoon)
}

/// The page of the settings.
#[must_use]
pub fn settings_path() -> &'static str {
    paths::NOTICE_SETTINGS
}

/// Words are those of the page that is being written: here there is none, so its language is given.
fn in_language<T>(language: Language, words: impl FnOnce() -> T) -> T {
    Owner::new().with(|| {
        provide_context(language);
        words()
    })
}

#[cfg(test)]
mod tests {
    use market::{AuctionId, Instant, Money, NoticeId};

    use super::*;

    fn won() -> Notice {
        Notice {
            id: NoticeId(1),
            kind: NoticeKind::Won,
            auction: AuctionId(7),
            title: "라이카\nM3".to_owned(),
            times: 1,
            amount: Some(Money::won(1_280_000)),
            at: Instant::UNIX_EPOCH,
            read: false,
            seq: 1,
        }
    }

    #[test]
    fn a_letter_speaks_its_readers_language() {
        let (ko, en) = (told(&won(), Language::Ko), told(&won(), Language::En));
        assert_eq!(ko.subject(), "낙찰받았어요: 라이카 M3");
        assert_eq!(ko.line(), "라이카 M3 · 1,280,000원");
        assert_eq!(en.subject(), "You won: 라이카 M3");
        assert_eq!((en.lang, en.line().as_str()), ("en", "라이카 M3 · ₩1,280,000"));
        assert_eq!(ko.path, "/auctions/7#bid");
    }

    #[test]
    fn pushes_about_the_same_have_the_same_tag() {
        assert_eq!(tag(&won()), "won-7");
    }
}
