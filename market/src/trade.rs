//! After a sale: who does which step, what the two and staff say in a dispute, and what staff decide (rules,
//! *Ending*). What people type is judged here.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    Auction, Instant, PictureId, Refusal, Sale, Status, UserId, closing::HANDOVER_DAYS, refusal::Reason,
    text::clean, typed::written,
};

/// The longest note of a handover, in characters.
pub const NOTE_MAX: usize = 100;
/// The longest text in a dispute, in characters.
pub const TEXT_MAX: usize = 2_000;
/// The longest reason of a decision, in characters.
pub const REASON_MAX: usize = 1_000;
/// So many texts a dispute holds at most.
pub const MESSAGES_MAX: i64 = 200;

/// Who somebody is to a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// He won or bought.
    Buyer,
    /// He sold.
    Seller,
    /// He decides, and is neither.
    Staff,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The buyer's.
    Buyer,
    /// The seller's.
    Seller,
    /// Of both: staff have asked.
    Both,
    /// Of staff: both have spoken.
    Staff,
    /// Nobody's: it is over.
    Nobody,
}

impl Turn {
    /// Whose turn it is in an open dispute, by who has written since staff did last.
    #[must_use]
    pub fn after(buyer_wrote: bool, seller_wrote: bool) -> Self {
        match (buyer_wrote, seller_wrote) {
            (false, false) => Self::Both,
            (true, false) => Self::Seller,
            (false, true) => Self::Buyer,
            (true, true) => Self::Staff,
        }
    }

    /// Whether `side` is meant.
    #[must_use]
    pub fn is_of(self, side: Side) -> bool {
        match self {
            Self::Buyer => side == Side::Buyer,
            Self::Seller => side == Side::Seller,
            Self::Both => side != Side::Staff,
            Self::Staff => side == Side::Staff,
            Self::Nobody => false,
        }
    }
}

/// By what the money left escrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SettledBy {
    /// The buyer's confirmation.
    Buyer,
    /// The 7 days.
    Time,
    /// A decision of staff.
    Staff,
}

/// What the buyer finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// It has not come.
    NotReceived,
    /// It is not what was promised.
    NotAsDescribed,
    /// It is broken.
    Damaged,
    /// The text says it.
    Other,
}

/// How staff decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The seller is paid.
    Settle,
    /// The buyer has his money back.
    Refund,
}

/// Words in the books and in forms.
macro_rules! words {
    ($($name:ident { $($case:ident: $word:literal),+ $(,)? })+) => { $(
        impl $name {
            /// All of them, in the order of forms.
            pub const ALL: &[Self] = &[$(Self::$case),+];

            /// The word in the books and in forms.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$case => $word),+
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == name)
            }
        }
    )+ };
}
pub(crate) use words;

words! {
    SettledBy { Buyer: "buyer", Time: "time", Staff: "staff" }
    Complaint {
        NotReceived: "not_received",
        NotAsDescribed: "not_as_described",
        Damaged: "damaged",
        Other: "other",
    }
    Decision { Settle: "settle", Refund: "refund" }
}

/// What is said in a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// 1–2,000 characters.
    pub text: String,
    /// One that the writer has sent himself.
    pub picture: Option<PictureId>,
}

impl Statement {
    /// From a form as typed.
    ///
    /// # Errors
    /// `fields`: nothing was said, too much, or a picture that is none.
    pub fn read(text: &str, picture: &str) -> Result<Self, Refusal> {
        let text = written("text", text, TEXT_MAX)?;
        let picture = Some(picture.trim()).filter(|picture| !picture.is_empty());
        let picture = picture.map(str::parse).transpose();
        Ok(Self { text, picture: picture.map_err(|_| Refusal::field("picture", Reason::Unknown))? })
    }
}

/// What opens a dispute, from a form as typed.
///
/// # Errors
/// `fields`, with every fault: no complaint, an unknown one, and those of [`Statement::read`].
pub fn claim(complaint: &str, text: &str, picture: &str) -> Result<(Complaint, Statement), Refusal> {
    let complaint = choice("complaint", complaint, Complaint::from_name);
    both(complaint, Statement::read(text, picture))
}

/// A decision with its reason, from a form as typed.
///
/// # Errors
/// `fields`, with every fault: no decision, an unknown one, no reason, or too long a one.
pub fn verdict(decision: &str, reason: &str) -> Result<(Decision, String), Refusal> {
    let decision = choice("decision", decision, Decision::from_name);
    both(decision, written("reason", reason, REASON_MAX))
}

/// Both, or what is wrong with either.
fn both<A, B>(first: Result<A, Refusal>, second: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(Refusal::Fields { mut faults }), Err(Refusal::Fields { faults: more })) => {
            faults.extend(more);
            Err(Refusal::Fields { faults })
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}

/// The note of a handover, as it is stored; it may be left out. One line.
///
/// # Errors
/// `fields`: too long.
pub fn note(typed: &str) -> Result<Option<String>, Refusal> {
    let note = clean(&typed.replace('\n', " "));
    match note.chars().count() {
        0 => Ok(None),
        length if length > NOTE_MAX => Err(Refusal::field("note", Reason::TooLong)),
        _ => Ok(Some(note)),
    }
}

fn choice<T>(field: &str, typed: &str, named: fn(&str) -> Option<T>) -> Result<T, Refusal> {
    match typed.trim() {
        "" => Err(Refusal::field(field, Reason::Required)),
        name => named(name).ok_or_else(|| Refusal::field(field, Reason::Unknown)),
    }
}

/// When a sale that was paid at `paid_at` settles by itself.
#[must_use]
pub fn settles_at(paid_at: Instant) -> Instant {
    paid_at + TimeDelta::days(HANDOVER_DAYS)
}

impl Auction {
    /// Whether `user` may say now that he handed it over; to whom. While the money waits, a dispute or not:
    /// what has not come may still be sent.
    ///
    /// # Errors
    /// `not_yours` unless he is the seller, `not_sold`.
    pub fn may_hand_over(&self, user: UserId) -> Result<Sale, Refusal> {
        self.only_seller(user)?;
        match self.status {
            Status::Sold(sale) | Status::Disputed(sale) => Ok(sale),
            _ => Err(Refusal::NotSold),
        }
    }

    /// Who `user` is to the sale; `staff` says whether he is of the staff. Who is one of the two is never
    /// staff to it.
    ///
    /// # Errors
    /// `not_yours` for everybody else, and while there is no sale.
    pub fn side(&self, user: UserId, staff: bool) -> Result<Side, Refusal> {
        let sale = self.status.sale().ok_or(Refusal::NotYours)?;
        match user {
            user if user == sale.winner => Ok(Side::Buyer),
            user if user == self.seller => Ok(Side::Seller),
            _ if staff => Ok(Side::Staff),
            _ => Err(Refusal::NotYours),
        }
    }

    /// Nothing but that `user` sells it.
    ///
    /// # Errors
    /// `not_yours`.
    pub fn only_seller(&self, user: UserId) -> Result<(), Refusal> {
        if self.seller == user { Ok(()) } else { Err(Refusal::NotYours) }
    }

    /// Nothing but that `user` bought it.
    ///
    /// # Errors
    /// `not_yours`.
    pub fn only_buyer(&self, user: UserId) -> Result<(), Refusal> {
        match self.status.sale() {
            Some(sale) if sale.winner == user => Ok(()),
            _ => Err(Refusal::NotYours),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(field: &str, reason: Reason) -> Refusal {
        Refusal::field(field, reason)
    }

    #[test]
    fn what_is_typed_is_cleaned_and_has_its_limits() {
        assert_eq!(note(" 우체국\n6-1234 "), Ok(Some("우체국 6-1234".to_owned())));
        assert_eq!(note("  \n"), Ok(None));
        assert_eq!(note(&"가".repeat(100)), Ok(Some("가".repeat(100))));
        assert_eq!(note(&"가".repeat(101)), Err(fault("note", Reason::TooLong)));
        assert_eq!(verdict("settle", " \0 "), Err(fault("reason", Reason::Required)));
        assert_eq!(verdict("refund", &"a".repeat(1_001)), Err(fault("reason", Reason::TooLong)));
        assert_eq!(verdict("both", "…"), Err(fault("decision", Reason::Unknown)));
        assert_eq!(claim("", "…", ""), Err(fault("complaint", Reason::Required)));
        assert_eq!(claim("damaged", "…", "").map(|claim| claim.0), Ok(Complaint::Damaged));
        let Err(Refusal::Fields { faults }) = claim("", "", "") else { panic!("two faults") };
        assert_eq!(
            faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(),
            ["complaint", "text"]
        );
        let said = Statement::read(" 상자가 비었어요\n", "").expect("sound");
        assert_eq!(said, Statement { text: "상자가 비었어요".to_owned(), picture: None });
        assert_eq!(Statement::read("", ""), Err(fault("text", Reason::Required)));
        assert_eq!(Statement::read(&"a".repeat(2_001), ""), Err(fault("text", Reason::TooLong)));
        assert_eq!(Statement::read("a", "../etc"), Err(fault("picture", Reason::Unknown)));
    }

    #[test]
    fn a_dispute_goes_to_the_seller_and_then_to_staff() {
        assert_eq!(Turn::after(true, false), Turn::Seller);
        assert_eq!(Turn::after(true, true), Turn::Staff);
        assert_eq!(Turn::after(false, false), Turn::Both);
        assert_eq!(Turn::after(false, true), Turn::Buyer);
        assert!(Turn::Both.is_of(Side::Buyer) && Turn::Both.is_of(Side::Seller));
        assert!(!Turn::Both.is_of(Side::Staff) && !Turn::Nobody.is_of(Side::Staff));
    }

    #[test]
    fn words_come_back() {
        for complaint in Complaint::ALL {
            assert_eq!(Complaint::from_name(complaint.as_str()), Some(*complaint));
        }
        assert_eq!(SettledBy::from_name("robot"), None);
        assert_eq!(Decision::from_name("refund"), Some(Decision::Refund));
    }
}
