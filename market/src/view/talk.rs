//! Conversations between the seller and the winner of a sale, and what protects people from each other.

use serde::{Deserialize, Serialize};

use super::Neighbour;
use crate::{
    AuctionId, Instant, Money, PictureId, UserId,
    auction::StatusCode,
    live::{ChatMessage, ChatState, Party},
};

/// My conversations, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatList {
    /// Newest first.
    pub conversations: Vec<Conversation>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// A conversation as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// What it is about.
    pub sale: ChatSale,
    /// With whom.
    pub other: Neighbour,
    /// What was said last.
    pub last: Option<ChatMessage>,
    /// Who I am in it.
    pub me: Party,
    /// How many messages I have not read.
    pub unread: i32,
    /// When something was said last, else when it was opened.
    pub at: Instant,
}

/// The sale that a conversation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatSale {
    /// Which; the conversation's id, too.
    pub id: AuctionId,
    /// Its title.
    pub title: String,
    /// The illustration that stands for it.
    pub art: String,
    /// Its first picture, if it has one.
    pub picture: Option<PictureId>,
    /// How it stands.
    pub status: StatusCode,
    /// What the winner paid.
    pub price_paid: Money,
}

/// Everything on a conversation's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatPage {
    /// What it is about.
    pub sale: ChatSale,
    /// Who sells.
    pub seller: Neighbour,
    /// Who won.
    pub winner: Neighbour,
    /// Who I am in it; `None` for staff, who only read.
    pub me: Option<Party>,
    /// How it stands, with its newest messages.
    pub state: ChatState,
    /// The messages that the page shows, oldest first: the newest, or those before the number asked for.
    pub messages: Vec<ChatMessage>,
    /// Whether I have blocked the other.
    pub i_block: bool,
    /// Whether one of the two has blocked the other: nothing can be sent.
    pub blocked: bool,
    /// The server's time.
    pub now: Instant,
}

impl ChatPage {
    /// With whom I talk.
    #[must_use]
    pub fn other(&self) -> Option<&Neighbour> {
        match self.me? {
            Party::Seller => Some(&self.winner),
            Party::Winner => Some(&self.seller),
        }
    }
}

/// Somebody I have blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedPerson {
    /// Who.
    pub person: Neighbour,
    /// Since when.
    pub at: Instant,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum ReportSubject {
    /// An auction.
    Auction(AuctionId),
    /// A question about one, with its answer.
    Question(i64),
    /// A message of a conversation.
    Message(i64),
    /// A person.
    User(UserId),
    /// A review.
    Review(i64),
}

impl ReportSubject {
    /// The word of its kind, in the books and in addresses.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Auction(_) => "auction",
            Self::Question(_) => "question",
            Self::Message(_) => "message",
            Self::User(_) => "user",
            Self::Review(_) => "review",
        }
    }

    /// Its id among those of its kind.
    #[must_use]
    pub fn id(self) -> i64 {
        match self {
            Self::Auction(id) => id.0,
            Self::User(id) => id.0,
            Self::Question(id) | Self::Message(id) | Self::Review(id) => id,
        }
    }

    /// The subject of that kind and id.
    #[must_use]
    pub fn of(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "auction" => Some(Self::Auction(AuctionId(id))),
            "question" => Some(Self::Question(id)),
            "message" => Some(Self::Message(id)),
            "user" => Some(Self::User(UserId(id))),
            "review" => Some(Self::Review(id)),
            _ => None,
        }
    }
}

/// Why something is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// It looks like a swindle.
    Fraud,
    /// It must not be sold.
    ForbiddenGoods,
    /// It is not what it pretends to be.
    Counterfeit,
    /// It insults or threatens.
    Abuse,
    /// It gives away what belongs to a person.
    PersonalData,
    /// It is advertising.
    Spam,
    /// The text says it.
    Other,
}

impl ReportReason {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Fraud,
        Self::ForbiddenGoods,
        Self::Counterfeit,
        Self::Abuse,
        Self::PersonalData,
        Self::Spam,
        Self::Other,
    ];

    /// The word in the books and in the form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fraud => "fraud",
            Self::ForbiddenGoods => "forbidden_goods",
            Self::Counterfeit => "counterfeit",
            Self::Abuse => "abuse",
            Self::PersonalData => "personal_data",
            Self::Spam => "spam",
            Self::Other => "other",
        }
    }

    /// The reason of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }

    /// Whether it can be said of such a subject: people and talk are no goods.
    #[must_use]
    pub fn fits(self, subject: ReportSubject) -> bool {
        let goods = matches!(subject, ReportSubject::Auction(_) | ReportSubject::User(_));
        goods || !matches!(self, Self::ForbiddenGoods | Self::Counterfeit)
    }
}

/// What the form of a report shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// What is reported.
    pub subject: ReportSubject,
    /// Whose doing it is.
    pub about: Neighbour,
    /// A title or what was written; empty for a person and for a picture without words.
    pub excerpt: String,
    /// Where it happened.
    pub auction: Option<AuctionId>,
    /// I have reported it already.
    pub reported: bool,
    /// I have blocked the person.
    pub i_block: bool,
}

/// How staff decide a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportOutcome {
    /// It is right.
    Upheld,
    /// There is nothing in it.
    Dismissed,
}

impl ReportOutcome {
    /// The word in the books and in the form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }

    /// The outcome of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Upheld, Self::Dismissed].into_iter().find(|outcome| outcome.as_str() == name)
    }
}
