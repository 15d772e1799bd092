//! What staff do, always for a reason, and what a category may be called. What they type is judged here.

use serde::{Deserialize, Serialize};

use crate::{
    CategoryId, Refusal,
    refusal::{FieldFault, Reason},
    typed::bounded,
};

pub use crate::trade::REASON_MAX;

/// The longest name of a category, in characters.
pub const CATEGORY_MAX: usize = 30;

/// Something that staff did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// A sale's money went to the seller.
    Settle,
    /// A sale's money went back to the buyer.
    Refund,
    /// An auction was taken back, with everything that was held for it.
    CancelAuction,
    /// Somebody may bid on nothing, buy nothing and open nothing any more.
    Suspend,
    /// Somebody may again.
    Unsuspend,
    /// Somebody was signed out wherever he was signed in.
    ResetDevices,
    /// A question was taken off its page, with its answer.
    HideQuestion,
    /// A question was put back on its page.
    ShowQuestion,
    /// A report was right.
    UpholdReport,
    /// There was nothing in a report.
    DismissReport,
    /// There is one more category.
    AddCategory,
    /// A category is called otherwise.
    RenameCategory,
    /// A category stands elsewhere in the menu.
    MoveCategory,
    /// A category takes no new auctions.
    RetireCategory,
    /// A category takes new auctions again.
    RestoreCategory,
}

crate::trade::words! {
    ActKind {
        Settle: "settle",
        Refund: "refund",
        CancelAuction: "cancel_auction",
        Suspend: "suspend",
        Unsuspend: "unsuspend",
        ResetDevices: "reset_devices",
        HideQuestion: "hide_question",
        ShowQuestion: "show_question",
        UpholdReport: "uphold_report",
        DismissReport: "dismiss_report",
        AddCategory: "add_category",
        RenameCategory: "rename_category",
        MoveCategory: "move_category",
        RetireCategory: "retire_category",
        RestoreCategory: "restore_category",
    }
}

/// The reason of an act, as it stands in the log: 1 to [`REASON_MAX`] characters.
///
/// # Errors
/// `fields`: none, or too long a one.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    bounded(typed, 1, REASON_MAX).map_err(|fault| Refusal::field("reason", fault))
}

/// What a category is called in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryNames {
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

impl CategoryNames {
    /// The names, from a form as typed.
    ///
    /// # Errors
    /// `fields`, with every fault: a name that is missing or longer than [`CATEGORY_MAX`].
    pub fn check(ko: &str, en: &str) -> Result<Self, Refusal> {
        let name = |field: &str, typed: &str| {
            let name = bounded(&typed.replace('\n', " "), 1, CATEGORY_MAX);
            name.map_err(|reason| FieldFault::new(field, reason))
        };
        match (name("name_ko", ko), name("name_en", en)) {
            (Ok(ko), Ok(_)) if slug(&ko).is_empty() => Err(Refusal::field("name_ko", Reason::Malformed)),
            (Ok(ko), Ok(en)) => Ok(Self { ko, en }),
            (ko, en) => Err(Refusal::Fields { faults: [ko.err(), en.err()].into_iter().flatten().collect() }),
        }
    }

    /// What stands in addresses: the Korean name in small letters, all but letters and digits as dashes.
    #[must_use]
    pub fn slug(&self) -> String {
        slug(&self.ko)
    }

    /// Both, for the log.
    #[must_use]
    pub fn both(&self) -> String {
        format!("{} / {}", self.ko, self.en)
    }
}

fn slug(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let dashed: String = name.to_lowercase().chars().map(plain).collect();
    dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// What is to be done about a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CategoryAct {
    /// One more, at the end of the menu, with the illustration of that name.
    Add(CategoryNames, String),
    /// Another name; what stands in addresses stays.
    Rename(CategoryId, CategoryNames),
    /// One place up in the menu, or down.
    Move(CategoryId, bool),
    /// No new auctions, or new ones again.
    Retire(CategoryId, bool),
}

impl CategoryAct {
    /// What a form of one button wants: `up`, `down`, `retire` or `restore`.
    ///
    /// # Errors
    /// `malformed`: something else.
    pub fn of(category: CategoryId, change: &str) -> Result<Self, Refusal> {
        Ok(match change.trim() {
            "up" => Self::Move(category, true),
            "down" => Self::Move(category, false),
            "retire" => Self::Retire(category, true),
            "restore" => Self::Retire(category, false),
            _ => return Err(Refusal::Malformed),
        })
    }

    /// As the log calls it.
    #[must_use]
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Add(..) => ActKind::AddCategory,
            Self::Rename(..) => ActKind::RenameCategory,
            Self::Move(..) => ActKind::MoveCategory,
            Self::Retire(_, true) => ActKind::RetireCategory,
            Self::Retire(_, false) => ActKind::RestoreCategory,
        }
    }

    /// Which, unless it is to come.
    #[must_use]
    pub fn category(&self) -> Option<CategoryId> {
        match self {
            Self::Add(..) => None,
            Self::Rename(id, _) | Self::Move(id, _) | Self::Retire(id, _) => Some(*id),
        }
    }

    /// What it is set to, for the log.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Add(names, _) | Self::Rename(_, names) => names.both(),
            Self::Move(_, up) => if *up { "up" } else { "down" }.to_owned(),
            Self::Retire(..) => String::new(),
        }
    }
}

/// The pictures that a category may have: the illustration's name, and that of the line icon beside it.
pub const CATEGORY_PICTURES: [(&str, &str); 15] = [
    ("digital", "phone"),
    ("audio", "speaker"),
    ("furniture", "sofa"),
    ("fashion", "shirt"),
    ("hobby", "guitar"),
    ("sports", "ball"),
    ("appliances", "washer"),
    ("kitchen", "pot"),
    ("books", "book"),
    ("kids", "bear"),
    ("antiques", "vase"),
    ("games", "gamepad"),
    ("plants", "leaf"),
    ("collectibles", "medal"),
    ("misc", "box"),
];

/// The illustration and the icon of that name.
///
/// # Errors
/// `fields`: `art`.
pub fn category_picture(art: &str) -> Result<(&'static str, &'static str), Refusal> {
    let known = CATEGORY_PICTURES.into_iter().find(|(name, _)| *name == art.trim());
    known.ok_or_else(|| Refusal::field("art", Reason::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_reason_and_no_novel() {
        assert_eq!(reason("  사기 신고가 세 번  "), Ok("사기 신고가 세 번".to_owned()));
        for nothing in ["", " \n ", "\0"] {
            assert_eq!(reason(nothing), Err(Refusal::field("reason", Reason::Required)));
        }
        assert!(reason(&"가".repeat(REASON_MAX)).is_ok());
        assert_eq!(reason(&"가".repeat(REASON_MAX + 1)), Err(Refusal::field("reason", Reason::TooLong)));
    }

    #[test]
    fn a_category_is_called_something_in_both_languages() {
        let names = CategoryNames::check(" 음향·음반 ", "Audio & records").expect("sound");
        assert_eq!(
            (names.slug().as_str(), names.both().as_str()),
            ("음향-음반", "음향·음반 / Audio & records")
        );
        let Err(Refusal::Fields { faults }) = CategoryNames::check("", &"x".repeat(31)) else {
            panic!("two faults");
        };
        let faults: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.reason)).collect();
        assert_eq!(faults, [("name_ko", Reason::Required), ("name_en", Reason::TooLong)]);
        let signs = CategoryNames::check("···", "Dots");
        assert_eq!(signs, Err(Refusal::field("name_ko", Reason::Malformed)));
        assert_eq!(category_picture("kids"), Ok(("kids", "bear")));
        assert_eq!(category_picture("../kids"), Err(Refusal::field("art", Reason::Unknown)));
    }
}
