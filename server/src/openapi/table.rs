//! The table: each operation with the scope that it takes.

use app::api;
use axum::http::Method;
use market::{access::Scope, view::Picture};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use server_fn::{Protocol, ServerFn};

/// Under which heading an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What everybody sees.
    Market,
    /// Bids and what leads to them.
    Bidding,
    /// The seller's side.
    Selling,
    /// What I have here.
    Mine,
}

impl Group {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Market, Self::Bidding, Self::Selling, Self::Mine];

    /// Its tag.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Market => "market",
            Self::Bidding => "bidding",
            Self::Selling => "selling",
            Self::Mine => "mine",
        }
    }

    pub(super) fn described(self) -> Value {
        let (korean, english) = match self {
            Self::Market => ("둘러보기", "Looking around"),
            Self::Bidding => ("입찰하기", "Bidding"),
            Self::Selling => ("판매하기", "Selling"),
            Self::Mine => ("내 것 보기", "What is mine"),
        };
        json!({ "name": self.name(), "description": english, "x-description-ko": korean })
    }
}

/// How its arguments travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// In the address.
    Query,
    /// As a form.
    Form,
    /// As a form with a file.
    File,
}

/// What a program may ask.
pub struct Operation {
    /// `/api/place_bid`
    pub path: &'static str,
    /// GET reads, POST changes.
    pub method: Method,
    /// How its arguments travel.
    pub wire: Wire,
    /// What a token must be allowed.
    pub scope: Scope,
    /// Under which heading it stands.
    pub group: Group,
    /// What it does, in Korean and in English.
    pub says: [&'static str; 2],
    /// Whether visitors are refused.
    pub needs_user: bool,
    /// It is about one thing, which may not exist, or be somebody else's.
    pub may_miss: bool,
    /// A rule may say no.
    pub has_rules: bool,
    /// The arguments' names, as they travel.
    pub fields: fn() -> Vec<String>,
    /// What is answered.
    pub answer: fn(&mut SchemaGenerator) -> Schema,
}

impl Operation {
    /// `place_bid`
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    fn open(self) -> Self {
        Self { needs_user: false, ..self }
    }

    fn of_one(self) -> Self {
        Self { may_miss: true, ..self }
    }

    fn by_rules(self) -> Self {
        Self { has_rules: true, may_miss: true, ..self }
    }
}

/// The operation that a server function is.
fn of<F>(scope: Scope, group: Group, says: [&'static str; 2]) -> Operation
where
    F: ServerFn + Serialize + DeserializeOwned,
    F::Output: JsonSchema,
{
    let method = F::Protocol::METHOD;
    let wire = if method == Method::GET { Wire::Query } else { Wire::Form };
    Operation {
        path: F::PATH,
        method,
        wire,
        scope,
        group,
        says,
        needs_user: true,
        may_miss: false,
        has_rules: false,
        fields: fields::<F>,
        answer: SchemaGenerator::subschema_for::<F::Output>,
    }
}

/// Every argument can be left out, so what nothing makes has all their names.
fn fields<F: Serialize + DeserializeOwned>() -> Vec<String> {
    let empty = serde_json::from_value::<F>(json!({})).ok();
    let value = empty.and_then(|empty| serde_json::to_value(empty).ok());
    let Some(Value::Object(fields)) = value else { return Vec::new() };
    let names = fields.into_iter().flat_map(|(name, value)| match value {
        Value::Object(inner) => inner.into_iter().map(|(field, _)| format!("{name}[{field}]")).collect(),
        _ => vec![name],
    });
    names.collect()
}

/// Every operation that a program may use; see [`super::PAGE_ONLY`] for the others.
pub(super) fn all() -> Vec<Operation> {
    [looking(), bidding(), selling(), mine()].into_iter().flatten().collect()
}

fn looking() -> Vec<Operation> {
    let of_all = |operation: Operation| operation.open();
    vec![
        of_all(read::<api::List>(["경매 목록을 한 쪽씩 봐요.", "One page of the list of auctions."])),
        of_all(read::<api::Auction>(["경매 하나의 모든 것을 봐요.", "Everything on an auction's page."]))
            .of_one(),
        of_all(read::<api::BidsBefore>([
            "어떤 입찰보다 먼저 나온 입찰을 봐요.",
            "The listed bids before one.",
        ]))
        .of_one(),
        of_all(read::<api::Additions>(["판매자가 덧붙인 내용을 봐요.", "What the seller has added."]))
            .of_one(),
        of_all(read::<api::QuestionsBefore>(["더 오래된 질문을 봐요.", "The questions asked before one."]))
            .of_one(),
        of_all(read::<api::Featured>(["첫 화면에 크게 나오는 경매예요.", "The auction that stands large."])),
        of_all(read::<api::Shelves>(["첫 화면의 모음들이에요.", "The shelves of the first page."])),
        of_all(read::<api::PersonPage>(["이웃의 판매와 후기를 봐요.", "A person's auctions and reviews."]))
            .of_one(),
        of_all(read::<api::ReviewsOfTrade>(["거래의 후기를 봐요.", "The reviews of a trade of mine."]))
            .of_one(),
        of_all(read::<api::Categories>(["모든 분류예요.", "All categories."])),
        of_all(read::<api::FindRegions>(["지역을 이름으로 찾아요.", "Regions by their name."])),
    ]
}

fn read<F>(says: [&'static str; 2]) -> Operation
where
    F: ServerFn + Serialize + DeserializeOwned,
    F::Output: JsonSchema,
{
    of::<F>(Scope::Read, Group::Market, says)
}

fn bidding() -> Vec<Operation> {
    fn bid<F>(says: [&'static str; 2]) -> Operation
    where
        F: ServerFn + Serialize + DeserializeOwned,
        F::Output: JsonSchema,
    {
        of::<F>(Scope::Bid, Group::Bidding, says)
    }
    vec![
        bid::<api::PlaceBid>(["입찰해요.", "Places a bid, or changes a maximum."]).by_rules(),
        bid::<api::BuyNow>(["바로 구매해요.", "Buys at the buy-now price."]).by_rules(),
        bid::<api::ToggleWatch>(["관심을 켜거나 꺼요.", "Watches an auction, or no longer."]).of_one(),
        bid::<api::SaveSearch>(["검색을 저장해요.", "Keeps a search and tells of what fits it."]).by_rules(),
        bid::<api::DropSearch>(["저장한 검색을 지워요.", "Forgets a search of mine."]).of_one(),
    ]
}

fn selling() -> Vec<Operation> {
    fn sell<F>(says: [&'static str; 2]) -> Operation
    where
        F: ServerFn + Serialize + DeserializeOwned,
        F::Output: JsonSchema,
    {
        of::<F>(Scope::Sell, Group::Selling, says).by_rules()
    }
    vec![
        sell::<api::OpenAuction>(["경매를 열어요.", "Opens an auction."]),
        sell::<api::EditAuction>(["입찰이 없는 경매를 고쳐요.", "Changes an auction that has no bids."]),
        sell::<api::AddToAuction>(["설명이나 사진을 덧붙여요.", "Adds a note or pictures to an auction."]),
        sell::<api::Relist>(["끝난 경매를 다시 열어요.", "Opens an auction of mine once more."]),
        sell::<api::CallLastBids>(["마지막 입찰을 알려요.", "Calls last bids."]),
        sell::<api::CancelAuction>(["입찰이 없는 경매를 거둬요.", "Takes an auction back that has no bids."]),
        sell::<api::MakeNational>(["동네 경매를 전국에 보여요.", "Shows an auction to the whole country."]),
        sell::<api::AnswerQuestion>(["질문에 답해요.", "Answers a question."]),
        sell::<api::HandOver>(["물건을 건넸다고 알려요.", "Says that the thing was handed over or sent."]),
        upload(),
        Operation { group: Group::Selling, ..read::<api::SellForm>(SELL_FORM) }.of_one(),
        Operation { group: Group::Selling, ..read::<api::EditForm>(EDIT_FORM) }.by_rules(),
    ]
}

const SELL_FORM: [&str; 2] = ["판매 양식의 첫 내용이에요.", "What the form of selling starts from."];
const EDIT_FORM: [&str; 2] = ["고치기 양식의 첫 내용이에요.", "What the form of editing starts from."];

/// Not a server function: it takes a file.
fn upload() -> Operation {
    Operation {
        path: app::paths::UPLOAD,
        method: Method::POST,
        wire: Wire::File,
        scope: Scope::Sell,
        group: Group::Selling,
        says: ["사진을 올려요.", "Sends a picture, to be named in other requests."],
        needs_user: true,
        may_miss: false,
        has_rules: false,
        fields: || vec!["picture".to_owned()],
        answer: SchemaGenerator::subschema_for::<Picture>,
    }
}

fn mine() -> Vec<Operation> {
    fn mine<F>(says: [&'static str; 2]) -> Operation
    where
        F: ServerFn + Serialize + DeserializeOwned,
        F::Output: JsonSchema,
    {
        of::<F>(Scope::Read, Group::Mine, says)
    }
    vec![
        mine::<api::WhoAmI>(["내가 누구인지와 지갑을 봐요.", "Who I am, and what moves."]).open(),
        mine::<api::Mine>(["내 경매를 봐요.", "My auctions, one shelf of them."]),
        mine::<api::MyWallet>(["내 지갑과 내역을 봐요.", "My wallet, with one page of the statement."]),
        mine::<api::Inbox>(["내 소식을 봐요.", "My notices."]),
        mine::<api::SavedSearches>(["저장한 검색을 봐요.", "The searches that I keep."]).open(),
    ]
}
