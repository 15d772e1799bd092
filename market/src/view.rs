//! What pages show: plain data, read in a fixed number of queries and sent to the browser as it is.

use serde::{Deserialize, Serialize};

use crate::{
    AuctionId, CategoryId, Increment, Instant, Money, NoticeId, Settlement, SoftClose, UserId,
    alias::Alias,
    auction::{self, StatusCode},
    live::{AuctionState, Phase, phase},
    opening::{Condition, Reach, Shipping},
    wallet::LedgerKind,
};

/// Who looks: the signed-in person as the header shows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub id: UserId,
    /// To sign in with.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// Where he lives.
    pub region: Option<Region>,
    /// Whether staff pages are open to him.
    pub is_staff: bool,
}

/// A region, with the names above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The code of a parent is a prefix of its children's.
    pub code: String,
    /// `망원동`.
    pub name: String,
    /// `서울특별시 마포구 망원동`.
    pub full_name: String,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// In URLs.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// The illustration that stands for it, in `/art`.
    pub art: String,
    /// The line icon, in `/icons`.
    pub glyph: String,
}

/// An auction in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Which.
    pub id: AuctionId,
    /// Its number; a live card keeps the newest.
    pub seq: i64,
    /// What is sold.
    pub title: String,
    /// The illustration in `/art`.
    pub art: String,
    /// As stored.
    pub status: StatusCode,
    /// Who is shown it.
    pub reach: Reach,
    /// The region's short name.
    pub region: String,
    /// 0 before the first bid.
    pub price: Money,
    /// Where bids begin.
    pub start_price: Money,
    /// The steps, for the next bid at a price that comes later.
    pub increment: Increment,
    /// The least that is accepted next.
    pub next_bid: Money,
    /// The purchase price.
    pub buy_now: Option<Money>,
    /// From when bids are taken.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// Listed bids.
    pub bid_count: i32,
    /// People who watch it.
    pub watcher_count: i32,
    /// How I stand in it.
    pub standing: Standing,
    /// Whether I watch it.
    pub watching: bool,
}

impl Card {
    /// How it stands at `now`.
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        phase(self.status, self.starts_at, self.ends_at, now)
    }

    /// What a card shows as its price: the start price before the first bid (defect V4).
    #[must_use]
    pub fn shown_price(&self) -> Money {
        if self.price.is_zero() { self.start_price } else { self.price }
    }

    /// The least the next challenger may bid at `price`.
    #[must_use]
    pub fn next_bid_at(&self, price: Money) -> Money {
        auction::next_bid(&self.increment, self.start_price, price)
    }
}

/// How I stand in an auction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// I have nothing to do with it.
    None,
    /// It is mine.
    Seller,
    /// I lead.
    Leading {
        /// My maximum, which is what I hold here.
        maximum: Money,
    },
    /// I bid, and somebody else leads.
    Outbid,
    /// I won or bought it.
    Won {
        /// What I paid.
        paid: Money,
    },
    /// I bid, and it is over without me.
    Lost,
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What ends next first.
    #[default]
    EndingSoon,
    /// What was opened last first.
    New,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// Most bids first.
    MostBids,
}

impl Sort {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::EndingSoon, Self::New, Self::PriceUp, Self::PriceDown, Self::MostBids];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EndingSoon => "ending_soon",
            Self::New => "new",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
            Self::MostBids => "most_bids",
        }
    }
}

/// The status filter of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bids are taken.
    #[default]
    Running,
    /// Will start.
    Scheduled,
    /// Over, whatever came of it.
    Ended,
}

impl Stage {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Running, Self::Scheduled, Self::Ended];

    /// The word in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Scheduled => "scheduled",
            Self::Ended => "ended",
        }
    }
}

/// The list's filters as they stand in the URL, all text; see [`Filter::read`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Words.
    pub q: String,
    /// A region's code, or `all`; empty: the 시/군/구 of the signed-in person.
    pub region: String,
    /// A category's slug.
    pub category: String,
    /// Won.
    pub min_price: String,
    /// Won.
    pub max_price: String,
    /// See [`Condition`].
    pub condition: String,
    /// See [`Reach`].
    pub reach: String,
    /// See [`Stage`].
    pub status: String,
    /// See [`Sort`].
    pub sort: String,
    /// Where the next page begins; opaque.
    pub after: String,
}

/// The filters as understood. What could not be read is left out and named, for the page's hint (defect S1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words, cleaned.
    pub q: Option<String>,
    /// A region's code: its subtree and all national auctions.
    pub region: Option<String>,
    /// A category's slug.
    pub category: Option<String>,
    /// From this price.
    pub min_price: Option<Money>,
    /// Up to this price.
    pub max_price: Option<Money>,
    /// In this state.
    pub condition: Option<Condition>,
    /// With this reach.
    pub reach: Option<Reach>,
    /// In this stage.
    pub stage: Stage,
    /// In this order.
    pub sort: Sort,
    /// After this row.
    pub after: Option<Cursor>,
    /// The fields that could not be read.
    pub ignored: Vec<String>,
}

/// The last row of a page: the sorted value and the id, so that the next page begins behind it whatever was
/// added meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds, won or a count, as the sort goes.
    pub key: i64,
    /// Breaks ties.
    pub id: AuctionId,
}

impl Cursor {
    /// As it stands in the URL.
    #[must_use]
    pub fn encode(self) -> String {
        format!("{}.{}", self.key, self.id)
    }

    /// Back from the URL.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let (key, id) = text.split_once('.')?;
        Some(Self { key: key.parse().ok()?, id: id.parse().ok()? })
    }
}

impl Filter {
    /// Reads the URL's words; what makes no sense is ignored and named.
    #[must_use]
    pub fn read(query: &ListQuery) -> Self {
        let mut ignored = Vec::new();
        let words = crate::text::clean(&query.q);
        let words: String = words.chars().take(100).collect();
        let region = query.region.trim();
        let is_code = |code: &str| code.len() <= 10 && code.chars().all(|c| c.is_ascii_digit());
        let region = match region {
            "" | "all" => None,
            code if is_code(code) => Some(code.to_owned()),
            _ => {
                ignored.push("region".to_owned());
                None
            }
        };
        let price = |text: &str| Money::parse(text).filter(|amount| !amount.is_negative());
        Self {
            q: Some(words).filter(|words| !words.is_empty()),
            region,
            category: Some(crate::text::clean(&query.category)).filter(|slug| !slug.is_empty()),
            min_price: read("min_price", &query.min_price, price, &mut ignored),
            max_price: read("max_price", &query.max_price, price, &mut ignored),
            condition: read("condition", &query.condition, Condition::from_name, &mut ignored),
            reach: read("reach", &query.reach, Reach::from_name, &mut ignored),
            stage: read(
                "status",
                &query.status,
                |name| by_name(Stage::ALL, Stage::as_str, name),
                &mut ignored,
            )
            .unwrap_or_default(),
            sort: read("sort", &query.sort, |name| by_name(Sort::ALL, Sort::as_str, name), &mut ignored)
                .unwrap_or_default(),
            after: read("after", &query.after, Cursor::decode, &mut ignored),
            ignored,
        }
    }
}

fn read<T>(
    field: &str,
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    ignored: &mut Vec<String>,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = parse(text);
    if value.is_none() {
        ignored.push(field.to_owned());
    }
    value
}

fn by_name<T: Copy, const N: usize>(all: [T; N], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.into_iter().find(|&one| name_of(one) == name)
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    /// The cards, in order.
    pub cards: Vec<Card>,
    /// How many match in all, counted up to [`COUNTED_TO`].
    pub count: i64,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The region whose subtree is shown.
    pub region: Option<Region>,
    /// The fields of the URL that could not be read.
    pub ignored: Vec<String>,
    /// The server's time, in which cards count down.
    pub now: Instant,
}

/// The list's count stops here and says "or more".
pub const COUNTED_TO: i64 = 1_000;

/// Everything on an auction's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuctionPage {
    /// What moves.
    pub state: AuctionState,
    /// What does not.
    pub about: About,
    /// How I stand; `None` for visitors.
    pub mine: Option<Mine>,
    /// The price over time: when it changed, to what.
    pub chart: Vec<(Instant, Money)>,
    /// People who watch it.
    pub watcher_count: i32,
    /// The server's time.
    pub now: Instant,
}

/// What an auction sells, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What is sold.
    pub title: String,
    /// Free text.
    pub description: String,
    /// Its category.
    pub category: Category,
    /// Its state.
    pub condition: Condition,
    /// Who pays for shipping.
    pub shipping: Shipping,
    /// The illustration in `/art`.
    pub art: String,
    /// Where it is.
    pub region: Region,
    /// Who is shown it.
    pub reach: Reach,
    /// Where bids begin.
    pub start_price: Money,
    /// The steps.
    pub increment: Increment,
    /// The purchase price.
    pub buy_now: Option<Money>,
    /// How late bids move the end.
    pub soft_close: Option<SoftClose>,
    /// When the seller is paid.
    pub settlement: Settlement,
    /// Who sells.
    pub seller: SellerCard,
}

impl About {
    /// The least the next challenger may bid at `price`.
    #[must_use]
    pub fn next_bid(&self, price: Money) -> Money {
        auction::next_bid(&self.increment, self.start_price, price)
    }
}

/// A seller as others see him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellerCard {
    /// Who.
    pub id: UserId,
    /// His name.
    pub nickname: String,
    /// Sales that have settled.
    pub sold_count: i64,
    /// Auctions running now.
    pub running_count: i64,
    /// Since when he is here.
    pub since: Instant,
}

/// How I stand in an auction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// My alias here, once I have bid.
    pub alias: Option<Alias>,
    /// How I stand.
    pub standing: Standing,
    /// What I can spend besides my hold here.
    pub available: Money,
    /// Whether I watch it.
    pub watching: bool,
}

/// The answer to an accepted bid or purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidReceipt {
    /// What happened.
    #[serde(rename = "ok")]
    pub reply: crate::bidding::Reply,
    /// The whole public state after it.
    pub state: AuctionState,
    /// How I stand now.
    pub mine: Mine,
}

/// Everything on the wallet's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletPage {
    /// Can be spent.
    pub available: Money,
    /// Backs the bids I lead with.
    pub held: Money,
    /// Paid by me and not yet received by sellers.
    pub escrow: Money,
    /// The wallet's number.
    pub seq: i64,
    /// Every hold, with its auction.
    pub holds: Vec<Hold>,
    /// One page of the statement, newest first.
    pub rows: Vec<StatementRow>,
    /// The row behind which the next page begins.
    pub next: Option<i64>,
    /// The server's time.
    pub now: Instant,
}

/// The money behind a bid I lead with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Where.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// The illustration in `/art`.
    pub art: String,
    /// What is held: my maximum.
    pub amount: Money,
    /// The price now.
    pub price: Money,
    /// Until when.
    pub ends_at: Instant,
}

/// A ledger row as its owner reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Why.
    pub kind: LedgerKind,
    /// Of which auction.
    pub auction: Option<(AuctionId, String)>,
    /// The change of what is available.
    pub available: Money,
    /// The change of what is held.
    pub held: Money,
    /// Available afterwards.
    pub available_after: Money,
    /// Held afterwards.
    pub held_after: Money,
}

/// Everything on my page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPage {
    /// The auctions I have to do with, by what comes next.
    pub shelves: Vec<(Shelf, Vec<Card>)>,
    /// Notices, newest first, at most twenty.
    pub notices: Vec<Notice>,
    /// The server's time.
    pub now: Instant,
}

/// A group of my auctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// I lead.
    Leading,
    /// Somebody else leads.
    Outbid,
    /// I won or bought.
    Won,
    /// Over without me.
    Lost,
    /// I watch.
    Watching,
    /// I sell; live or scheduled.
    Selling,
    /// I sold, or tried to.
    Sold,
}

impl Shelf {
    /// All of them, in the page's order.
    pub const ALL: [Self; 7] =
        [Self::Leading, Self::Outbid, Self::Won, Self::Lost, Self::Watching, Self::Selling, Self::Sold];

    /// The word in the books' answer and in URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Outbid => "outbid",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Watching => "watching",
            Self::Selling => "selling",
            Self::Sold => "sold",
        }
    }
}

/// The kinds of notices that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Somebody overtook me.
    Outbid,
    /// My auction has a new bid.
    NewBid,
    /// I won or bought.
    Won,
    /// I bid, and it went to somebody else.
    Lost,
    /// My auction has a buyer.
    Sold,
    /// My auction ended without one.
    Unsold,
    /// I have my money back.
    Refunded,
    /// The sale is settled: I am paid.
    Paid,
    /// The buyer disputes the sale.
    Disputed,
    /// An auction I bid on was cancelled.
    Cancelled,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Outbid,
        Self::NewBid,
        Self::Won,
        Self::Lost,
        Self::Sold,
        Self::Unsold,
        Self::Refunded,
        Self::Paid,
        Self::Disputed,
        Self::Cancelled,
    ];

    /// The word in the books.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outbid => "outbid",
            Self::NewBid => "new_bid",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Sold => "sold",
            Self::Unsold => "unsold",
            Self::Refunded => "refunded",
            Self::Paid => "paid",
            Self::Disputed => "disputed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A notice; an outbid war is one row with a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What happened.
    pub kind: NoticeKind,
    /// Where.
    pub auction: AuctionId,
    /// Its title.
    pub title: String,
    /// How often since I last looked.
    pub times: i32,
    /// The amount it is about, if any.
    pub amount: Option<Money>,
    /// When, the last time.
    pub at: Instant,
    /// Whether I have seen it.
    pub read: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_senseless_filters_are_named_and_ignored() {
        let query = ListQuery {
            q: "\0%".into(),
            region: "abc".into(),
            min_price: "abc".into(),
            max_price: "-1".into(),
            sort: "best".into(),
            after: "x".into(),
            ..ListQuery::default()
        };
        let filter = Filter::read(&query);
        assert_eq!(filter.ignored, ["region", "min_price", "max_price", "sort", "after"]);
        assert_eq!(filter.q.as_deref(), Some("%"));
        assert_eq!((filter.region, filter.min_price, filter.sort), (None, None, Sort::EndingSoon));
    }

    #[test]
    fn cursors_come_back_from_the_url() {
        let cursor = Cursor { key: -5, id: AuctionId(9) };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("1"), None);
    }
}
