//! What staff see: what waits, people, auctions, questions, reports, categories, and what was done.

use serde::{Deserialize, Serialize};

use super::{Category, Neighbour, ReportOutcome, ReportReason, ReportSubject};
use crate::{AuctionId, Instant, Money, QuestionId, auction::StatusCode, staff::ActKind};

/// What waits, and what was done last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffHome {
    /// Reports that nobody has decided.
    pub open_reports: i64,
    /// Disputes that nobody has decided.
    pub open_disputes: i64,
    /// People who are suspended.
    pub suspended: i64,
    /// Auctions that run or are to run.
    pub live_auctions: i64,
    /// Questions that are hidden.
    pub hidden_questions: i64,
    /// The newest acts.
    pub acts: Vec<LogRow>,
}

/// An act, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRow {
    /// Its number.
    pub id: i64,
    /// Who did it.
    pub staff: Neighbour,
    /// What was done.
    pub act: ActKind,
    /// To which auction, with its title.
    pub auction: Option<(AuctionId, String)>,
    /// Whom it concerns.
    pub user: Option<Neighbour>,
    /// To which category, by its Korean and its English name.
    pub category: Option<(String, String)>,
    /// What it was set to, where the act alone does not say it.
    pub detail: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// A page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    /// The acts.
    pub rows: Vec<LogRow>,
    /// Only acts of this sort.
    pub act: Option<ActKind>,
    /// The number behind which the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Somebody, as the staff's list shows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub person: Neighbour,
    /// What he signs in with.
    pub username: String,
    /// Where he lives.
    pub region: String,
    /// Since when he has his account.
    pub since: Instant,
    /// He is of the staff.
    pub is_staff: bool,
    /// Since when he is suspended.
    pub suspended_at: Option<Instant>,
}

/// A page of people, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The people.
    pub rows: Vec<PersonRow>,
    /// The number behind which the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Somebody, with everything that staff need to know before they act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// Who.
    pub row: PersonRow,
    /// What he has in all. How much of it is held would tell his maxima, which are nobody's business.
    pub money: Money,
    /// What he has paid and no seller has received.
    pub escrow: Money,
    /// How many browsers he is signed in with.
    pub devices: i64,
    /// How many auctions he leads.
    pub leading: i64,
    /// His auctions and those he has won, newest first.
    pub auctions: Vec<StaffAuctionRow>,
    /// What others have reported of him, newest first.
    pub reports: Vec<ReportRow>,
    /// What staff have done about him, newest first.
    pub acts: Vec<LogRow>,
    /// The server's time.
    pub now: Instant,
}

/// An auction, as the staff's list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAuctionRow {
    /// Which.
    pub id: AuctionId,
    /// Its title.
    pub title: String,
    /// Whose.
    pub seller: Neighbour,
    /// Who leads, or has won.
    pub bidder: Option<Neighbour>,
    /// How it stands.
    pub status: StatusCode,
    /// The price, or before the first bid the start price.
    pub price: Money,
    /// Listed bids.
    pub bids: i32,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends or ended.
    pub ends_at: Instant,
}

/// A page of auctions, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuctionRows {
    /// The auctions.
    pub rows: Vec<StaffAuctionRow>,
    /// The number behind which the next page begins, if there is one.
    pub next: Option<i64>,
    /// The server's time.
    pub now: Instant,
}

/// An auction, with what was reported of it and done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuctionFacts {
    /// Which, and how it stands.
    pub row: StaffAuctionRow,
    /// It can be taken back: it runs or is to run.
    pub cancellable: bool,
    /// What staff have done about it, newest first.
    pub acts: Vec<LogRow>,
    /// The server's time.
    pub now: Instant,
}

/// What is typed into the list of auctions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffAuctionQuery {
    /// Part of a title or of its seller's name, or the auction's number.
    pub q: String,
    /// A status, or empty for all.
    pub status: String,
    /// The number behind which the page begins.
    pub after: String,
}

/// A question with its answer, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffQuestion {
    /// Which.
    pub id: QuestionId,
    /// About which auction.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// Who asks.
    pub asker: Neighbour,
    /// What.
    pub text: String,
    /// When.
    pub asked_at: Instant,
    /// What the seller answers.
    pub answer: Option<String>,
    /// Since when it is off its page.
    pub hidden_at: Option<Instant>,
}

/// A page of questions, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRows {
    /// The questions.
    pub rows: Vec<StaffQuestion>,
    /// Only those that are hidden.
    pub hidden: bool,
    /// The number behind which the next page begins, if there is one.
    pub next: Option<i64>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Which.
    pub id: i64,
    /// Who reports.
    pub reporter: Neighbour,
    /// What.
    pub subject: ReportSubject,
    /// The title or the words that are reported; empty for a person and for a picture without words.
    pub excerpt: String,
    /// Whose doing it is.
    pub about: Neighbour,
    /// Where it happened.
    pub auction: Option<AuctionId>,
    /// Why.
    pub reason: ReportReason,
    /// In the reporter's words.
    pub text: String,
    /// When.
    pub at: Instant,
    /// How it was decided, once it was.
    pub outcome: Option<ReportOutcome>,
}

/// A page of reports that wait, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQueue {
    /// The reports.
    pub rows: Vec<ReportRow>,
    /// The number behind which the next page begins, if there is one.
    pub next: Option<i64>,
}

/// A category, with how many auctions are filed under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffCategory {
    /// Which.
    pub category: Category,
    /// Since when it takes no new auctions.
    pub retired_at: Option<Instant>,
    /// All auctions filed under it, whatever became of them.
    pub auctions: i64,
}
